//! The documents of one description, each read once, from where their references lead.

mod folder;
mod uri;

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use percent_encoding::percent_decode_str;

use super::{
    Source,
    access::{Access, FetchFault},
    finding::{Finding, FindingCode, Location},
    node::{Node, Place},
    overlay, yaml,
};
use folder::Folder;
pub(super) use uri::{Side, absolute};

/// One document.
pub(super) struct Document {
    /// Its absolute URI: where it was found.
    pub uri: Arc<str>,
    pub source: Source,
    /// Boxed, so that no node moves when more documents are read.
    pub tree: Box<Node>,
}

/// Why a reference cannot be followed.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// What it leads to has a fault of its own.
    There(Finding),
    /// It leads to nothing that may be read.
    Here(FindingCode, String),
}

/// The documents read so far; the first is the one that was named.
pub(super) struct Documents {
    access: Access,
    /// The folder of the first document, when it is a file.
    folder: Option<Folder>,
    list: Vec<Document>,
    /// What became of each URI that was opened.
    by_uri: HashMap<Arc<str>, Result<u16, Fault>>,
    /// What became of each URI that was read, also of those that are no documents.
    texts: HashMap<Arc<str>, Result<Source, Fault>>,
    /// Texts that should be documents and are none, to be shown with what is wrong with them.
    unread: Vec<Source>,
    files: Vec<PathBuf>,
}

impl Documents {
    /// A document held in memory. It has neighbours only where its name is a URL.
    pub(super) fn in_memory(source: Source, access: Access) -> Result<Self, Finding> {
        let mut documents = Self::empty(access, None);
        documents.add(uri::of_name(&source.name), source)?;
        Ok(documents)
    }

    /// A file, whose references to its neighbours can be followed.
    pub(super) fn at(path: &Path, access: Access) -> Result<Self, Finding> {
        let name: Arc<str> = path.to_string_lossy().into();
        let fault = |message: String| {
            let place = Location {
                file: Arc::clone(&name),
                line: 1,
                column: 1,
            };
            Finding::error(FindingCode::Unreadable, place, message)
        };
        let known = path
            .canonicalize()
            .map_err(|error| fault(error.to_string()))?;
        let source = read(&known, &name).map_err(&fault)?;
        let mut documents = Self::empty(access, Some(Folder::of(path, &known)));
        documents.add(uri::of_file(&known), source)?;
        documents.files.push(known);
        Ok(documents)
    }

    /// Changes the first document by overlays, in their order. Gives what is wrong with them.
    ///
    /// # Errors
    /// An overlay that cannot be read.
    pub(super) fn lay_over(&mut self, overlays: &[Source]) -> Result<Vec<overlay::Fault>, Finding> {
        let mut faults = Vec::new();
        for (index, source) in overlays.iter().enumerate() {
            let number = self.add(format!("overlay:///{index}").into(), source.clone())?;
            // Its source stays for the places in it; it is no part of the description.
            let actions = std::mem::take(&mut *self.get_mut(number).tree);
            faults.extend(overlay::apply(&mut self.get_mut(0).tree, &actions));
        }
        Ok(faults)
    }

    fn empty(access: Access, folder: Option<Folder>) -> Self {
        Self {
            access,
            folder,
            list: Vec::new(),
            by_uri: HashMap::new(),
            texts: HashMap::new(),
            unread: Vec::new(),
            files: Vec::new(),
        }
    }

    fn add(&mut self, uri: Arc<str>, source: Source) -> Result<u16, Finding> {
        let number = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        let tree = parse(&source, number).inspect_err(|_| self.unread.push(source.clone()))?;
        self.by_uri.insert(Arc::clone(&uri), Ok(number));
        self.list.push(Document {
            uri,
            source,
            tree: Box::new(tree),
        });
        Ok(number)
    }

    pub(super) fn get(&self, number: u16) -> &Document {
        &self.list[usize::from(number)]
    }

    pub(super) fn get_mut(&mut self, number: u16) -> &mut Document {
        &mut self.list[usize::from(number)]
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The documents in the order in which they were read.
    pub(super) fn into_parts(self) -> Parts {
        Parts {
            list: self.list,
            unread: self.unread,
            files: self.files,
        }
    }

    /// On which side of the network a document was found.
    pub(super) fn side(&self, number: u16) -> Side {
        Side::of(&self.get(number).uri)
    }

    /// The document of an absolute URI that another refers to, read when it was not yet.
    pub(super) fn open(&mut self, uri: &Arc<str>, from: u16) -> Result<u16, Fault> {
        self.allow(uri, from)?;
        if let Some(opened) = self.by_uri.get(uri) {
            return opened.clone();
        }
        let opened = self.open_new(uri, from);
        self.by_uri.insert(Arc::clone(uri), opened.clone());
        opened
    }

    fn open_new(&mut self, uri: &Arc<str>, from: u16) -> Result<u16, Fault> {
        let source = self.source(uri, from)?;
        // Where redirections led in the end, it may have been read already.
        let found = match Side::of(uri) {
            Side::Remote => uri::of_name(&source.name),
            _ => Arc::clone(uri),
        };
        if let Some(opened) = self.by_uri.get(&found) {
            return opened.clone();
        }
        if self.list.len() >= usize::from(u16::MAX) {
            let message = "the description has too many documents".to_owned();
            return Err(Fault::Here(FindingCode::ReferenceForbidden, message));
        }
        self.add(found, source).map_err(Fault::There)
    }

    /// What a URI leads to as a value: JSON or YAML by its ending, else one text.
    pub(super) fn external_value(
        &mut self,
        uri: &Arc<str>,
        from: u16,
        place: Place,
    ) -> Result<Node, Fault> {
        let path = uri.split(['?', '#']).next().unwrap_or(uri);
        if [".json", ".yaml", ".yml"]
            .iter()
            .any(|ending| path.ends_with(ending))
        {
            let number = self.open(uri, from)?;
            return Ok(Node::clone(&self.get(number).tree));
        }
        Ok(Node::string(&*self.source(uri, from)?.text, place))
    }

    /// Refuses a reference out of a document on another machine into this one: who wrote it is not
    /// to choose what is read here, not even among the files of the description.
    fn allow(&self, uri: &str, from: u16) -> Result<(), Fault> {
        if self.side(from) != Side::Remote || Side::of(uri) != Side::Local {
            return Ok(());
        }
        let message = format!(
            "`{uri}` is on this machine, and a document on another one does not lead there"
        );
        Err(Fault::Here(FindingCode::ReferenceForbidden, message))
    }

    /// The text at a URI, read once.
    fn source(&mut self, uri: &Arc<str>, from: u16) -> Result<Source, Fault> {
        self.allow(uri, from)?;
        if let Some(read) = self.texts.get(uri) {
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
        self.texts.insert(Arc::clone(uri), read.clone());
        read
    }

    fn local(&mut self, uri: &str) -> Result<Source, Fault> {
        let Some(path) = uri.strip_prefix("file:") else {
            let message =
                "this description was not read from a file, so there is nothing beside it";
            return Err(Fault::Here(
                FindingCode::ReferenceForbidden,
                message.to_owned(),
            ));
        };
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        self.file(Path::new(&path))
    }

    fn fetch(&self, url: &str) -> Result<Source, Fault> {
        let Some(fetch) = &self.access.fetch else {
            let message =
                format!("`{url}` is on another machine; that has to be allowed (`--allow-remote`)");
            return Err(Fault::Here(FindingCode::ReferenceForbidden, message));
        };
        fetch.call(url).map_err(|fault| {
            let (code, reason) = match fault {
                FetchFault::Forbidden(reason) => (FindingCode::ReferenceForbidden, reason),
                FetchFault::Failed(reason) => (FindingCode::ReferenceUnresolved, reason),
            };
            Fault::Here(code, format!("`{url}` cannot be read: {reason}"))
        })
    }

    fn file(&mut self, path: &Path) -> Result<Source, Fault> {
        let shown = self.shown(path);
        let unresolved = |reason: String| {
            Fault::Here(
                FindingCode::ReferenceUnresolved,
                format!("`{shown}` cannot be read: {reason}"),
            )
        };
        let known = path
            .canonicalize()
            .map_err(|error| unresolved(error.to_string()))?;
        let is_inside = self
            .folder
            .as_ref()
            .is_some_and(|folder| folder.holds(&known));
        if !is_inside && !self.access.outside {
            let message = format!(
                "`{shown}` is outside of the description's folder; that has to be allowed (`--allow-outside`)"
            );
            return Err(Fault::Here(FindingCode::ReferenceForbidden, message));
        }
        let source = read(&known, &shown).map_err(unresolved)?;
        self.files.push(known);
        Ok(source)
    }

    /// A path as the user would write it from where the first was named.
    fn shown(&self, path: &Path) -> String {
        let inside = self.folder.as_ref().and_then(|folder| folder.shown(path));
        inside
            .as_deref()
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    }
}

/// What the documents were.
pub(super) struct Parts {
    pub list: Vec<Document>,
    /// What should have been documents and are none.
    pub unread: Vec<Source>,
    pub files: Vec<PathBuf>,
}

/// The nodes of a document.
fn parse(source: &Source, number: u16) -> Result<Node, Finding> {
    if is_markup(&source.text) {
        let place = Location {
            file: Arc::clone(&source.name),
            line: 1,
            column: 1,
        };
        let message = "this is HTML or XML, and a description is YAML or JSON; of a page that shows \
                       a file, take the address of the file itself";
        return Err(Finding::error(FindingCode::Syntax, place, message));
    }
    yaml::parse(source, number)
}

/// Whether a text begins as HTML and XML do: with a tag, a declaration or a comment.
fn is_markup(text: &str) -> bool {
    let tag = text.trim_start().strip_prefix('<');
    tag.is_some_and(|tag| {
        tag.starts_with(|c: char| c == '!' || c == '?' || c.is_ascii_alphabetic())
    })
}

/// A file as text, under the name that messages have for it.
fn read(path: &Path, shown: &str) -> Result<Source, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    Source::from_bytes(shown, bytes)
}
