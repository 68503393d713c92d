//! The texts that URIs lead to, as far as they may be read.

use std::{
    collections::HashMap,
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use percent_encoding::percent_decode_str;

use super::{Fault, folder::Folder, uri::Side};
use crate::description::{
    Source,
    access::{Access, Fetch, FetchFault},
    finding::FindingCode,
};

/// Texts by their absolute URIs, each read once whether it is there or not.
pub(super) struct Texts {
    access: Access,
    /// The folder of the first document, when it is a file.
    folder: Option<Folder>,
    known: HashMap<Arc<str>, Result<Source, Fault>>,
    /// The files that were read.
    pub files: Vec<PathBuf>,
    /// What gives files by their paths, when the first document is of it.
    pub files_of: Option<Beside>,
}

/// What gives files by their paths, in the place of this machine.
pub(super) struct Beside {
    files: Fetch,
    /// The folder of the first document, with `/` at its end; empty where it is in none.
    folder: String,
}

impl Beside {
    pub(super) fn new(path: &str, files: Fetch) -> Self {
        let folder = path
            .rsplit_once('/')
            .map(|(folder, _)| format!("{folder}/"));
        Self {
            files,
            folder: folder.unwrap_or_default(),
        }
    }
}

impl Texts {
    pub(super) fn new(access: Access, folder: Option<Folder>) -> Self {
        Self {
            access,
            folder,
            known: HashMap::new(),
            files: Vec::new(),
            files_of: None,
        }
    }

    /// The text at a URI.
    pub(super) fn read(&mut self, uri: &Arc<str>) -> Result<Source, Fault> {
        if let Some(read) = self.known.get(uri) {
            return read.clone();
        }
        let read = match Side::of(uri) {
            Side::Local => self.local(uri),
            Side::Remote => self.fetch(uri),
            Side::Nowhere => Err(Fault::Here(
                FindingCode::ReferenceUnresolved,
                format!("`{uri}` is the name of nothing here, and no address where to look"),
            )),
        };
        self.known.insert(Arc::clone(uri), read.clone());
        read
    }

    fn local(&mut self, uri: &str) -> Result<Source, Fault> {
        if let (Some(beside), Some(path)) = (&self.files_of, uri.strip_prefix("memory:///")) {
            let path = percent_decode_str(path).decode_utf8_lossy();
            return self.beside(beside, &path);
        }
        let Some(path) = uri.strip_prefix("file:") else {
            let message =
                "this description was not read from a file, so there is nothing beside it";
            return Err(forbidden(message.to_owned()));
        };
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        self.file(Path::new(&path))
    }

    fn beside(&self, beside: &Beside, path: &str) -> Result<Source, Fault> {
        if !path.starts_with(&beside.folder) && !self.access.outside {
            return Err(outside(path));
        }
        beside.files.call(path).map_err(|fault| match fault {
            FetchFault::Forbidden(reason) => {
                forbidden(format!("`{path}` cannot be read: {reason}"))
            }
            FetchFault::Failed(reason) => unresolved(path, &reason),
        })
    }

    fn file(&mut self, path: &Path) -> Result<Source, Fault> {
        let shown = self.shown(path);
        let unresolved = |reason: String| unresolved(&shown, &reason);
        let known = path
            .canonicalize()
            .map_err(|error| unresolved(error.to_string()))?;
        let folder = self.folder.as_ref();
        if !folder.is_some_and(|folder| folder.holds(&known)) && !self.access.outside {
            return Err(outside(&shown));
        }
        if !known.is_file() {
            return Err(unresolved("it is no file".to_owned()));
        }
        let source = read(&known, &shown).map_err(unresolved)?;
        self.files.push(known);
        Ok(source)
    }

    /// A path as the user would write it from where the first document was named.
    fn shown(&self, path: &Path) -> String {
        let inside = self.folder.as_ref().and_then(|folder| folder.shown(path));
        inside
            .as_deref()
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    }

    fn fetch(&self, url: &str) -> Result<Source, Fault> {
        let Some(fetch) = &self.access.fetch else {
            return Err(forbidden(format!(
                "`{url}` is on another machine; that has to be allowed (`--allow-remote`)"
            )));
        };
        fetch.call(url).map_err(|fault| match fault {
            FetchFault::Forbidden(reason) => forbidden(format!("`{url}` cannot be read: {reason}")),
            FetchFault::Failed(reason) => unresolved(url, &reason),
        })
    }
}

/// A file as text, under the name that messages have for it. The one that was named may be a pipe.
pub(super) fn read(path: &Path, shown: &str) -> Result<Source, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    Source::from_reader(shown, file).map_err(|error| error.to_string())
}

fn outside(shown: &str) -> Fault {
    forbidden(format!(
        "`{shown}` is outside of the description's folder; that has to be allowed (`--allow-outside`)"
    ))
}

pub(super) fn forbidden(message: String) -> Fault {
    Fault::Here(FindingCode::ReferenceForbidden, message)
}

fn unresolved(what: &str, reason: &str) -> Fault {
    let message = format!("`{what}` cannot be read: {reason}");
    Fault::Here(FindingCode::ReferenceUnresolved, message)
}
