//! A file of a git revision: `main:specs/api.yaml`.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use super::{
    choices::Choices,
    descriptions::{self, Document, Overlays},
    error::CliError,
    target::Target,
};
use crate::{
    Description, Source,
    description::{Fetch, FetchFault},
};

/// A file of a revision, as git names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Revision {
    name: String,
    /// The revision.
    revision: String,
    /// The file, from the folder of the repository on; from the current one with `./` before it.
    path: String,
    /// A folder of the repository.
    folder: PathBuf,
}

impl Revision {
    /// What a name means, where it is no file and no address, and has a colon.
    pub(super) fn of(name: &str) -> Option<Self> {
        let (revision, path) = name.split_once(':')?;
        let is_revision = !revision.is_empty() && !revision.starts_with('-') && !path.is_empty();
        let is_other = Target::is_url(name) || Path::new(name).exists();
        (is_revision && !is_other).then(|| Self {
            name: name.to_owned(),
            revision: revision.to_owned(),
            path: path.to_owned(),
            folder: PathBuf::from("."),
        })
    }

    /// What a file was in a revision; `None` where it is in no work tree.
    pub(super) fn of_file(revision: &str, file: &Path) -> Option<Self> {
        let folder = file.parent().filter(|folder| *folder != Path::new(""));
        let folder = folder.unwrap_or(Path::new("."));
        let prefix = prefix(folder).ok()?;
        let path = format!("{prefix}{}", file.file_name()?.to_str()?);
        Some(Self {
            name: format!("{revision}:{path}"),
            revision: revision.to_owned(),
            path,
            folder: folder.to_owned(),
        })
    }

    /// The description, with what it refers to in the same revision.
    ///
    /// # Errors
    /// There is no such revision, or no such file in it. A description with faults is no error here.
    pub(super) fn read(
        &self,
        choices: &Choices,
        overlays: &Overlays,
    ) -> Result<Document, CliError> {
        let fault = |why| CliError::NoRevision {
            name: self.name.clone(),
            why,
        };
        let path = self.path_in_repository().map_err(fault)?;
        let (folder, revision) = (self.folder.clone(), self.revision.clone());
        // Found before anything is said of what it refers to.
        blob(&folder, &revision, &path).map_err(fault)?;
        let files = Fetch::new(move |path| {
            let bytes = blob(&folder, &revision, path).map_err(FetchFault::Failed)?;
            Source::from_bytes(format!("{revision}:{path}"), bytes).map_err(FetchFault::Failed)
        });
        let access = descriptions::access(choices, &Arc::new(descriptions::fetcher(choices)));
        let description = Description::open_among(&path, files, access, &overlays.sources);
        Ok(Document {
            name: self.name.clone(),
            source: None,
            files: Vec::new(),
            description,
        })
    }

    /// The file from the folder of the repository on.
    fn path_in_repository(&self) -> Result<String, String> {
        let is_relative = self.path.starts_with("./") || self.path.starts_with("../");
        let prefix = match is_relative {
            true => prefix(&self.folder)?,
            false => String::new(),
        };
        let whole = format!("{prefix}{}", self.path);
        let mut steps: Vec<&str> = Vec::new();
        for step in whole.split('/') {
            match step {
                "" | "." => {}
                ".." if steps.pop().is_some() => {}
                ".." => return Err("that is outside of the repository".to_owned()),
                step => steps.push(step),
            }
        }
        Ok(steps.join("/"))
    }
}

/// A folder from that of its repository on, with a `/` at its end; nothing where it is that one.
fn prefix(folder: &Path) -> Result<String, String> {
    let told = git(folder, &["rev-parse", "--show-prefix"])?;
    Ok(String::from_utf8_lossy(&told).trim_end().to_owned())
}

/// What a revision has in a file.
fn blob(folder: &Path, revision: &str, path: &str) -> Result<Vec<u8>, String> {
    git(folder, &["cat-file", "blob", &format!("{revision}:{path}")])
}

/// What git writes, asked in a folder; or what it says, in a line.
fn git(folder: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").current_dir(folder).args(args).output();
    let output = output.map_err(|error| format!("git cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().next().unwrap_or("it says nothing");
    Err(line.trim_start_matches("fatal: ").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_no_file_and_no_address() {
        for (name, want) in [
            ("main:api.yaml", Some(("main", "api.yaml"))),
            (
                "origin/main:specs/api.yaml",
                Some(("origin/main", "specs/api.yaml")),
            ),
            ("HEAD~2:./api.yaml", Some(("HEAD~2", "./api.yaml"))),
            ("https://example.com/api.yaml", None),
            ("api.yaml", None),
            (":api.yaml", None),
            ("main:", None),
            ("--help:x", None),
        ] {
            let revision = Revision::of(name);
            let found = revision.as_ref().map(|it| (&*it.revision, &*it.path));
            assert_eq!(found, want, "{name}");
        }
    }
}
