//! The documents of one description, each read once, from where their references lead.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use fluent_uri::{Uri, UriRef};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::{
    Source,
    finding::{Finding, FindingCode, Location},
    node::{Node, Place},
    overlay, yaml,
};

/// What the references of a description may lead to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Access {
    /// Files outside of the folder that the description stands in.
    pub outside: bool,
    /// Documents on other machines, by this function. `None` refuses them.
    pub fetch: Option<Fetch>,
}

/// From a URL to the text there, or to the reason why there is none.
pub type Fetch = fn(&str) -> Result<String, String>;

/// One document.
pub(super) struct Document {
    /// Its absolute URI.
    pub uri: Arc<str>,
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
#[derive(Debug)]
pub(super) enum Fault {
    /// What it leads to has a fault of its own.
    There(Finding),
    /// It leads to nothing that may be read.
    Here(FindingCode, String),
}

/// The documents read so far; the first is the one that was named.
pub(super) struct Documents {
    access: Access,
    /// The folder of the first document, when it is a file: as given, and as the system knows it.
    folder: Option<(PathBuf, PathBuf)>,
    list: Vec<Document>,
    by_uri: HashMap<Arc<str>, u16>,
    files: Vec<PathBuf>,
}

/// What a URI cannot hold and people write all the same.
const ILLEGAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl Documents {
    /// A document held in memory. It has no neighbours.
    pub(super) fn in_memory(source: Source, access: Access) -> Result<Self, Finding> {
        let name = utf8_percent_encode(&source.name, ILLEGAL).to_string();
        let mut documents = Self::empty(access, None);
        let uri = format!("memory:///{}", name.trim_start_matches('/'));
        documents.add(uri.into(), source)?;
        Ok(documents)
    }

    /// A file, whose references to its neighbours can be followed.
    pub(super) fn at(path: &Path, access: Access) -> Result<Self, Finding> {
        let name: Arc<str> = path.to_string_lossy().into();
        let fault = |message: String| {
            Finding::error(
                FindingCode::Unreadable,
                Location {
                    file: Arc::clone(&name),
                    line: 1,
                    column: 1,
                },
                message,
            )
        };
        let known = path
            .canonicalize()
            .map_err(|error| fault(error.to_string()))?;
        let text = read(&known).map_err(&fault)?;
        let parent = |path: &Path| path.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut documents = Self::empty(access, Some((parent(path), parent(&known))));
        let source = Source::new(Arc::clone(&name), text);
        documents.add(file_uri(&known), source)?;
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

    fn empty(access: Access, folder: Option<(PathBuf, PathBuf)>) -> Self {
        Self {
            access,
            folder,
            list: Vec::new(),
            by_uri: HashMap::new(),
            files: Vec::new(),
        }
    }

    fn add(&mut self, uri: Arc<str>, source: Source) -> Result<u16, Finding> {
        let number = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        let tree = Box::new(yaml::parse(&source, number)?);
        Ok(self.push(Document { uri, source, tree }))
    }

    fn push(&mut self, document: Document) -> u16 {
        let number = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        self.by_uri.insert(Arc::clone(&document.uri), number);
        self.list.push(document);
        number
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

    /// The documents in the order in which they were read, and the files among them.
    pub(super) fn into_parts(self) -> (Vec<Document>, Vec<PathBuf>) {
        (self.list, self.files)
    }

    /// The document of an absolute URI, read when it was not yet.
    pub(super) fn open(&mut self, uri: &str) -> Result<u16, Fault> {
        if let Some(number) = self.by_uri.get(uri) {
            return Ok(*number);
        }
        let source = self.source(uri)?;
        if self.list.len() >= usize::from(u16::MAX) {
            let message = "the description has too many documents".to_owned();
            return Err(Fault::Here(FindingCode::ReferenceForbidden, message));
        }
        self.add(uri.into(), source).map_err(Fault::There)
    }

    /// What a URI leads to as a value: JSON or YAML by its ending, else one text.
    pub(super) fn external_value(&mut self, uri: &str, place: Place) -> Result<Node, Fault> {
        let path = uri.split(['?', '#']).next().unwrap_or(uri);
        if [".json", ".yaml", ".yml"]
            .iter()
            .any(|ending| path.ends_with(ending))
        {
            let number = self.open(uri)?;
            return Ok(Node::clone(&self.get(number).tree));
        }
        Ok(Node::string(&*self.source(uri)?.text, place))
    }

    fn source(&mut self, uri: &str) -> Result<Source, Fault> {
        if let Some(path) = uri.strip_prefix("file://") {
            let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
            return self.file(Path::new(&path));
        }
        let refused = |message: String| Fault::Here(FindingCode::ReferenceForbidden, message);
        if uri.starts_with("memory:") {
            let message =
                "this description was not read from a file, so there is nothing beside it";
            return Err(refused(message.to_owned()));
        }
        let Some(fetch) = self.access.fetch else {
            let message =
                format!("`{uri}` is on another machine, and documents there are not read");
            return Err(refused(message));
        };
        let text = fetch(uri).map_err(|reason| {
            Fault::Here(
                FindingCode::ReferenceUnresolved,
                format!("`{uri}` cannot be fetched: {reason}"),
            )
        })?;
        Ok(Source::new(uri, text))
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
            .is_some_and(|(_, folder)| known.starts_with(folder));
        if !is_inside && !self.access.outside {
            let message = format!(
                "`{shown}` is outside of the description's folder; that has to be allowed (`--allow-outside`)"
            );
            return Err(Fault::Here(FindingCode::ReferenceForbidden, message));
        }
        let text = read(&known).map_err(unresolved)?;
        self.files.push(known);
        Ok(Source::new(shown, text))
    }

    /// A path as the user would write it from where the first was named.
    fn shown(&self, path: &Path) -> String {
        let inside = self
            .folder
            .as_ref()
            .and_then(|(given, known)| Some(given.join(path.strip_prefix(known).ok()?)));
        inside
            .as_deref()
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    }
}

/// A file as text, without a byte order mark.
fn read(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("byte {} is not UTF-8", error.utf8_error().valid_up_to() + 1))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn file_uri(path: &Path) -> Arc<str> {
    const RESERVED: &AsciiSet = &ILLEGAL.add(b'%').add(b'#').add(b'?');
    let path = path.to_string_lossy();
    format!("file://{}", utf8_percent_encode(&path, RESERVED)).into()
}

/// A reference made absolute, without its fragment (RFC 3986 section 5).
pub(super) fn absolute(base: &str, reference: &str) -> Option<Arc<str>> {
    let reference = utf8_percent_encode(reference, ILLEGAL).to_string();
    let reference = UriRef::parse(reference).ok()?;
    let base = Uri::parse(base).ok()?;
    let resolved = reference.resolve_against(&base.strip_fragment()).ok()?;
    Some(resolved.normalize().strip_fragment().as_str().into())
}
