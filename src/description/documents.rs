//! The documents of one description, each read once, from where their references lead.

mod folder;
mod texts;
mod uri;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Source,
    access::{Access, Fetch},
    finding::{Finding, FindingCode, Location},
    node::{Node, Place},
    overlay, yaml,
};
use folder::Folder;
use texts::Texts;
pub(super) use uri::{Side, absolute};

/// One document.
pub(super) struct Document {
    /// Its absolute URI: where it was found.
    pub uri: Arc<str>,
    /// On which side of the network whoever wrote it is.
    pub side: Side,
    pub source: Source,
    /// Boxed, so that no node moves when more documents are read.
    pub tree: Box<Node>,
}

impl Document {
    /// A place in it, by its name.
    pub(super) fn location(&self, place: Place) -> Location {
        location(
            std::slice::from_ref(&self.source),
            Place {
                document: 0,
                ..place
            },
        )
    }
}

/// A place in one of some texts, by its name.
pub(super) fn location(sources: &[Source], place: Place) -> Location {
    let source = sources.get(usize::from(place.document));
    Location {
        file: source.map_or_else(|| "".into(), |source| Arc::clone(&source.name)),
        line: place.line as usize,
        column: place.column as usize,
    }
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
    texts: Texts,
    list: Vec<Document>,
    /// Whether one of them is from another machine.
    has_remote: bool,
    /// What became of each URI that was opened.
    by_uri: HashMap<Arc<str>, Result<u16, Fault>>,
    /// Texts that should be documents and are none, to be shown with what is wrong with them.
    unread: Vec<Source>,
}

impl Documents {
    /// A document held in memory. It has neighbours only where its name is a URL.
    pub(super) fn in_memory(source: Source, access: Access) -> Result<Self, Finding> {
        let mut documents = Self::new(Texts::new(access, None));
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
        let source = texts::read(&known, &name).map_err(&fault)?;
        let mut documents = Self::new(Texts::new(access, Some(Folder::of(path, &known))));
        documents.add(uri::of_file(&known), source)?;
        documents.texts.files.push(known);
        Ok(documents)
    }

    /// A file of a function that gives files by their paths.
    pub(super) fn among(path: &str, files: Fetch, access: Access) -> Result<Self, Finding> {
        let uri = uri::of_path(path);
        let fault = |fault: Fault| match fault {
            Fault::There(finding) => finding,
            Fault::Here(_, message) => {
                let place = Location {
                    file: path.into(),
                    line: 1,
                    column: 1,
                };
                Finding::error(FindingCode::Unreadable, place, message)
            }
        };
        let mut texts = Texts::new(access, None);
        texts.files_of = Some(texts::Beside::new(path, files));
        let source = texts.read(&uri).map_err(fault)?;
        let mut documents = Self::new(texts);
        documents.add(uri, source)?;
        Ok(documents)
    }

    /// Changes the first document by overlays, in their order. Gives what is wrong with them.
    ///
    /// # Errors
    /// An overlay that cannot be read.
    pub(super) fn lay_over(&mut self, overlays: &[Source]) -> Result<Vec<overlay::Fault>, Finding> {
        let mut faults = Vec::new();
        let mut budget = overlay::Budget::default();
        for (index, source) in overlays.iter().enumerate() {
            let number = self.add(format!("overlay:///{index}").into(), source.clone())?;
            // Its source stays for the places in it; it is no part of the description.
            let actions = std::mem::take(&mut *self.get_mut(number).tree);
            faults.extend(overlay::apply(
                &mut self.get_mut(0).tree,
                &actions,
                &mut budget,
            ));
        }
        Ok(faults)
    }

    fn new(texts: Texts) -> Self {
        Self {
            texts,
            list: Vec::new(),
            has_remote: false,
            by_uri: HashMap::new(),
            unread: Vec::new(),
        }
    }

    fn add(&mut self, uri: Arc<str>, source: Source) -> Result<u16, Finding> {
        let number = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        let tree = parse(&source, number).inspect_err(|_| self.unread.push(source.clone()))?;
        self.by_uri.insert(Arc::clone(&uri), Ok(number));
        // An overlay is in the place of what it changes, and written where its name says.
        let side = match Side::of(&uri) {
            Side::Remote => Side::Remote,
            _ => Side::of(&uri::of_name(&source.name)),
        };
        self.has_remote |= side == Side::Remote;
        self.list.push(Document {
            uri,
            side,
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

    /// What stands at a pointer into a document.
    pub(super) fn node(&self, (document, pointer): &(u16, String)) -> Option<&Node> {
        self.get(*document).tree.get(pointer)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether one is from another machine.
    pub(super) fn has_remote(&self) -> bool {
        self.has_remote
    }

    /// The documents in the order in which they were read.
    pub(super) fn into_parts(self) -> Parts {
        Parts {
            list: self.list,
            unread: self.unread,
            files: self.texts.files,
        }
    }

    /// The document of an absolute URI that is written in another, read when it was not yet.
    pub(super) fn open(&mut self, uri: &Arc<str>, from: u16) -> Result<u16, Fault> {
        self.allow(uri, from)?;
        if let Some(opened) = self.by_uri.get(uri) {
            return opened.clone();
        }
        let opened = self.open_new(uri);
        self.by_uri.insert(Arc::clone(uri), opened.clone());
        opened
    }

    fn open_new(&mut self, uri: &Arc<str>) -> Result<u16, Fault> {
        let source = self.texts.read(uri)?;
        // Where redirections led in the end, it may have been read already.
        let named = uri::of_name(&source.name);
        let found = match (Side::of(uri), Side::of(&named)) {
            (Side::Remote, Side::Remote) => named,
            _ => Arc::clone(uri),
        };
        if let Some(opened) = self.by_uri.get(&found) {
            return opened.clone();
        }
        if self.list.len() >= usize::from(u16::MAX) {
            let message = "the description has too many documents".to_owned();
            return Err(texts::forbidden(message));
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
        self.allow(uri, from)?;
        Ok(Node::string(&*self.texts.read(uri)?.text, place))
    }

    /// Refuses a reference out of a document on another machine into this one: who wrote it is not
    /// to choose what is read here, not even among the files of the description.
    fn allow(&self, uri: &str, from: u16) -> Result<(), Fault> {
        if self.get(from).side != Side::Remote || Side::of(uri) != Side::Local {
            return Ok(());
        }
        Err(texts::forbidden(format!(
            "`{uri}` is on this machine, and a document on another one does not lead there"
        )))
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
