//! A file of a git revision: `main:specs/api.yaml`.

use std::{path::Path, process::Command, sync::Arc};

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
        let revision = self.revision.clone();
        // Found before anything is said of what it refers to.
        blob(&revision, &path).map_err(fault)?;
        let files = Fetch::new(move |path| {
            let bytes = blob(&revision, path).map_err(FetchFault::Failed)?;
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
            true => String::from_utf8_lossy(&git(&["rev-parse", "--show-prefix"])?)
                .trim()
                .to_owned(),
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

/// What a revision has in a file.
fn blob(revision: &str, path: &str) -> Result<Vec<u8>, String> {
    git(&["cat-file", "blob", &format!("{revision}:{path}")])
}

/// What git writes; or what it says, in a line.
fn git(args: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").args(args).output();
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
