//! Reading an OpenAPI document: from bytes to a value whose every node can be traced to a line.
//!
//! [`Description::load`] is the one loader, for the built-in documents, for files named at run
//! time and for the build script. It knows nothing of HTTP or of validation.

mod access;
mod dialect;
mod documents;
mod finding;
mod grammar;
mod link;
mod node;
mod overlay;
mod pointer;
mod reach;
mod scalar;
mod source;
mod upgrade;
mod yaml;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use access::{Access, Fetch, FetchFault};
pub use finding::{Finding, FindingCode, Location, Severity};
pub use pointer::{escape_token, join, tokens};
pub(crate) use pointer::{fragment, percent_decode};
use serde_json::Value;
pub use source::Source;

use dialect::Dialect;
use documents::{Document, Documents, Parts};
use node::{Node, Place};
use reach::Reach;
use upgrade::Object;

/// One OpenAPI description: a document and all that it refers to, raised to the 3.1 dialect.
///
/// Pointers (RFC 6901) into [`Description::root`] are those of the source text wherever the dialects
/// agree, and each can be traced back with [`Description::locate`].
#[derive(Debug)]
pub struct Description {
    sources: Vec<Source>,
    files: Vec<PathBuf>,
    tree: Node,
    root: Value,
    /// Pointers to the schemas that stand in no other.
    schemas: Vec<String>,
    findings: Vec<Finding>,
    overlay_findings: Vec<Finding>,
}

impl Description {
    /// Reads a document from memory, as YAML or JSON by its content.
    ///
    /// # Errors
    /// A [`Finding`] with line and column: text that is not YAML, a document that is not an OpenAPI
    /// description, or a version that Mynah does not read. Faults in its references are
    /// [`Description::findings`].
    ///
    /// ```
    /// use mynah::{Description, Source};
    ///
    /// let text = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n";
    /// let description = Description::load(Source::new("pets.yaml", text)).unwrap();
    /// assert_eq!(description.root()["info"]["title"], "Pets");
    /// assert_eq!(description.locate("/paths").to_string(), "pets.yaml:3:8");
    /// ```
    pub fn load(source: Source) -> Result<Self, Finding> {
        Self::load_with(source, &[])
    }

    /// The same with overlays, which change the document in their order (Overlay Specification).
    ///
    /// # Errors
    /// As [`Description::load`], also for an overlay that is not YAML.
    ///
    /// ```
    /// use mynah::{Description, Source};
    ///
    /// let pets = Source::new("pets.yaml", "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n");
    /// let overlay = "overlay: 1.0.0\ninfo: {title: O, version: '1'}\n\
    ///     actions: [{target: $.info, update: {title: Cats}}]\n";
    /// let overlay = Source::new("cats.overlay.yaml", overlay);
    /// let description = Description::load_with(pets, &[overlay]).unwrap();
    /// assert_eq!(description.root()["info"]["title"], "Cats");
    /// assert_eq!(description.locate("/info/title").to_string(), "cats.overlay.yaml:3:44");
    /// ```
    pub fn load_with(source: Source, overlays: &[Source]) -> Result<Self, Finding> {
        Self::load_from(source, Access::default(), overlays)
    }

    /// The same with the documents that it refers to, as far as `access` lets it. A document whose name
    /// is an `http:` or `https:` URL is taken to be from there: what is relative in it is relative to
    /// that. One of another name has nothing beside it.
    ///
    /// # Errors
    /// As [`Description::load_with`].
    pub fn load_from(source: Source, access: Access, overlays: &[Source]) -> Result<Self, Finding> {
        Self::read(Documents::in_memory(source, access)?, overlays)
    }

    /// Reads a file, and the documents that it refers to as far as `access` lets it.
    ///
    /// # Errors
    /// As [`Description::load`], and a file that cannot be read.
    pub fn open(path: &Path, access: Access) -> Result<Self, Finding> {
        Self::open_with(path, access, &[])
    }

    /// The same with overlays, as [`Description::load_with`] has them.
    ///
    /// # Errors
    /// As [`Description::open`], also for an overlay that is not YAML.
    pub fn open_with(path: &Path, access: Access, overlays: &[Source]) -> Result<Self, Finding> {
        Self::read(Documents::at(path, access)?, overlays)
    }

    fn read(mut documents: Documents, overlays: &[Source]) -> Result<Self, Finding> {
        let overlay_faults = documents.lay_over(overlays)?;
        let dialect = dialect_of_root(documents.get(0))?;
        let (starts, mut findings) = link::link(&mut documents, dialect.root());
        let objects: Vec<Object> = starts
            .into_iter()
            .map(|start| Object {
                dialect: match Dialect::of(&documents.get(start.document).tree) {
                    Some(Ok(own)) => own,
                    _ => dialect,
                },
                pointer: link::combined(&documents, start.document, &start.pointer),
                kind: start.kind,
            })
            .collect();
        let Parts {
            list,
            unread,
            files,
        } = documents.into_parts();
        let (mut sources, trees): (Vec<_>, Vec<_>) = list
            .into_iter()
            .map(|document| (document.source, *document.tree))
            .unzip();
        let named = sources.iter().map(|source| Arc::clone(&source.name));
        let mut tree = link::combine(named.zip(trees)).unwrap_or_default();
        let overlay_findings = overlay_faults.into_iter().map(|fault| Finding {
            severity: match fault.is_harmless {
                true => Severity::Warning,
                false => Severity::Error,
            },
            ..Finding::error(fault.code, location(&sources, fault.place), fault.message)
        });
        let overlay_findings = overlay_findings.collect();
        let left_out = upgrade::raise(&mut tree, &objects);
        findings.extend(left_out.into_iter().map(|left_out| {
            let location = location(&sources, left_out.place);
            Finding::warning(FindingCode::Shape, location, left_out.message)
        }));
        // Behind the documents, which are known by their numbers.
        sources.extend(unread);
        Ok(Self {
            root: tree.to_value(),
            sources,
            files,
            schemas: upgrade::schemas(&tree, &objects),
            tree,
            findings,
            overlay_findings,
        })
    }

    /// The text that was named, and its name.
    pub fn source(&self) -> &Source {
        &self.sources[0]
    }

    /// All texts that were read, in the order in which references led to them; last those that are
    /// no documents.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The files that were read.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Faults in the references, and what was left out since it means nothing.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Faults in the overlays themselves. One that is an error leaves the whole description other than
    /// it was meant.
    pub fn overlay_findings(&self) -> &[Finding] {
        &self.overlay_findings
    }

    /// The document in the 3.1 dialect.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The node at a pointer of the document in the 3.1 dialect.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        pointer::lookup(&self.root, pointer)
    }

    /// Pointers to the schemas that stand in no other schema, each once.
    pub fn schemas(&self) -> &[String] {
        &self.schemas
    }

    /// Where a pointer stands in the source; its nearest ancestor's place when the source lacks it.
    pub fn locate(&self, pointer: &str) -> Location {
        location(&self.sources, self.tree.place_at(pointer))
    }

    /// The JSON text of the value at a pointer, compact, with keys in the source's order and each
    /// number in the source's own digits.
    pub fn json_text(&self, pointer: &str) -> Option<String> {
        self.tree.get(pointer).map(Node::to_json_text)
    }

    /// Follows `$ref` from `pointer` within the document until something else stands there.
    ///
    /// # Errors
    /// A [`Finding`] when a reference leaves the document, leads nowhere, or leads to itself.
    pub fn resolve(&self, pointer: &str) -> Result<String, Finding> {
        self.follow(pointer, |_| true)
    }

    /// The same from a schema, but not past one that asks for more beside its `$ref`
    /// (JSON Schema 2020-12, section 8.2.3.1).
    ///
    /// # Errors
    /// As [`Description::resolve`].
    pub fn resolve_schema(&self, pointer: &str) -> Result<String, Finding> {
        self.follow(pointer, is_bare_reference)
    }

    fn follow(&self, pointer: &str, goes_on: fn(&Value) -> bool) -> Result<String, Finding> {
        let mut current = pointer.to_owned();
        for _ in 0..64 {
            let Some(node) = self.at(&current) else {
                return Err(self.finding(
                    FindingCode::ReferenceUnresolved,
                    &current,
                    format!("nothing stands at `#{current}`"),
                ));
            };
            let reference = node.get("$ref").and_then(Value::as_str);
            let Some(reference) = reference.filter(|_| goes_on(node)) else {
                return Ok(current);
            };
            let place = join(&current, "$ref");
            let Some(fragment) = reference.strip_prefix('#') else {
                return Err(self.finding(
                    FindingCode::ReferenceUnresolved,
                    &place,
                    format!("`{reference}` cannot be followed"),
                ));
            };
            let target = pointer::percent_decode(fragment);
            if self.at(&target).is_none() {
                return Err(self.finding(
                    FindingCode::ReferenceUnresolved,
                    &place,
                    format!("`{reference}` leads nowhere"),
                ));
            }
            current = target;
        }
        Err(self.finding(
            FindingCode::ReferenceUnresolved,
            pointer,
            "this reference leads back to itself".to_owned(),
        ))
    }

    /// Of some findings, those about what the answers of an operation depend on: what stands below it
    /// and its path item's parameters, also after references, but not its callbacks and links.
    pub fn reached(&self, operation: &str, path_item: &str, findings: &[Finding]) -> Vec<Finding> {
        if findings.is_empty() {
            return Vec::new();
        }
        let reach = Reach::new(&self.tree).with_operation(operation, path_item);
        let is_reached = |finding: &&Finding| {
            self.place(&finding.location)
                .is_some_and(|place| reach.has(place))
        };
        findings.iter().filter(is_reached).cloned().collect()
    }

    /// The place of a location.
    fn place(&self, location: &Location) -> Option<Place> {
        let is_named = |source: &Source| source.name == location.file;
        Some(Place {
            document: u16::try_from(self.sources.iter().position(is_named)?).ok()?,
            line: u32::try_from(location.line).ok()?,
            column: u32::try_from(location.column).ok()?,
        })
    }

    /// A finding of severity error at a pointer.
    pub fn finding(&self, code: FindingCode, pointer: &str, message: String) -> Finding {
        Finding::error(code, self.locate(pointer), message)
    }
}

/// Whether a schema is no more than what it refers to: all else in it are annotations.
fn is_bare_reference(schema: &Value) -> bool {
    const ANNOTATIONS: [&str; 11] = [
        "$ref",
        "title",
        "description",
        "summary",
        "$comment",
        "default",
        "deprecated",
        "example",
        "examples",
        "externalDocs",
        "xml",
    ];
    let mut keywords = schema
        .as_object()
        .into_iter()
        .flatten()
        .map(|(keyword, _)| keyword);
    keywords.all(|keyword| ANNOTATIONS.contains(&&**keyword) || keyword.starts_with("x-"))
}

fn dialect_of_root(document: &Document) -> Result<Dialect, Finding> {
    let fault = |pointer: &str, message: String| {
        let place = document.tree.place_at(pointer);
        let location = location(std::slice::from_ref(&document.source), place);
        Err(Finding::error(FindingCode::Version, location, message))
    };
    match Dialect::of(&document.tree) {
        Some(Ok(dialect)) => Ok(dialect),
        Some(Err((pointer, message))) => fault(pointer, message),
        None => {
            let message = "this is not an OpenAPI description: neither `openapi: 3.x.y` nor `swagger: '2.0'` at its top";
            fault("", message.to_owned())
        }
    }
}

fn location(sources: &[Source], place: Place) -> Location {
    let source = sources.get(usize::from(place.document));
    Location {
        file: source.map_or_else(|| "".into(), |source| Arc::clone(&source.name)),
        line: place.line as usize,
        column: place.column as usize,
    }
}
