//! Reading an OpenAPI document: from bytes to a value whose every node can be traced to a line.
//!
//! [`Description::load`] is the one loader, for the built-in documents, for files named at run
//! time and for the build script. It knows nothing of HTTP or of validation.

mod access;
mod dialect;
mod documents;
mod draft;
mod finding;
mod grammar;
mod keyword;
mod link;
mod load;
mod node;
mod overlay;
mod pointer;
mod position;
mod reach;
mod resolve;
mod scalar;
mod source;
mod upgrade;
mod yaml;

use std::path::{Path, PathBuf};

pub use access::{Access, Fetch, FetchFault};
pub use finding::{Finding, FindingCode, Location, Severity};
pub(crate) use keyword::{is_annotation, subschemas, subschemas_mut};
pub use pointer::{escape_token, join, tokens};
pub(crate) use pointer::{fragment, percent_decode};
use serde_json::Value;
pub use source::Source;

use documents::{Documents, location};
use node::{Node, Place};
use reach::Reach;

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
        load::load(Documents::in_memory(source, access)?, overlays)
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
        load::load(Documents::at(path, access)?, overlays)
    }

    /// Reads a file that is in no folder, such as one of a revision of a repository: `files` gives the text of
    /// a path, which is relative to where the paths begin, and what messages call it. References to other
    /// files are followed by the same function.
    ///
    /// # Errors
    /// As [`Description::open_with`].
    ///
    /// ```
    /// use mynah::{Description, Source, description::{Access, Fetch, FetchFault}};
    ///
    /// let files = Fetch::new(|path| match path {
    ///     "specs/api.yaml" => Ok("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n\
    ///         components: {schemas: {Pet: {$ref: 'pet.yaml'}}}"),
    ///     "specs/pet.yaml" => Ok("type: object"),
    ///     _ => Err(FetchFault::Failed("nothing is there".to_owned())),
    /// }
    /// .map(|text| Source::new(format!("main:{path}"), text)));
    /// let description = Description::open_among("specs/api.yaml", files, Access::default(), &[]).unwrap();
    /// let pet = description.resolve("/components/schemas/Pet").unwrap();
    /// assert_eq!(description.locate(&pet).to_string(), "main:specs/pet.yaml:1:1");
    /// ```
    pub fn open_among(
        path: &str,
        files: Fetch,
        access: Access,
        overlays: &[Source],
    ) -> Result<Self, Finding> {
        load::load(Documents::among(path, files, access)?, overlays)
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

    /// Of some findings, those about what the answers of an operation depend on: what stands below it
    /// and its path item's parameters, also after references, but not its callbacks and links.
    pub fn reached(&self, operation: &str, path_item: &str, findings: &[Finding]) -> Vec<Finding> {
        if findings.is_empty() {
            return Vec::new();
        }
        self.within(
            &Reach::new(&self.tree).with_operation(operation, path_item),
            findings,
        )
    }

    /// Of some findings, those by which a path has no operations.
    pub fn reached_by_paths(&self, findings: &[Finding]) -> Vec<Finding> {
        self.within(&Reach::new(&self.tree).with_paths(), findings)
    }

    fn within(&self, reach: &Reach<'_>, findings: &[Finding]) -> Vec<Finding> {
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
