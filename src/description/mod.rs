//! Reading an OpenAPI document: from bytes to a value whose every node can be traced to a line.
//!
//! [`Description::load`] is the one loader, for the built-in documents, for files named at run
//! time and for the build script. It knows nothing of HTTP or of validation.

mod finding;
mod node;
mod pointer;
mod scalar;
mod upgrade;
mod yaml;

use std::sync::Arc;

pub use finding::{Finding, FindingCode, Location, Severity};
pub(crate) use pointer::percent_decode;
pub use pointer::{escape_token, join, tokens};
use serde_json::Value;

use node::Node;

/// The text of a document and the name to show for it in messages, usually its path.
#[derive(Debug, Clone)]
pub struct Source {
    /// What messages call the document, such as `specs/libredesk.yaml`.
    pub name: Arc<str>,
    /// The document itself, YAML or JSON.
    pub text: Arc<str>,
}

impl Source {
    /// A document held in memory under a name.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }
}

/// One OpenAPI document, read and raised to the 3.1 dialect.
///
/// Pointers (RFC 6901) into [`Description::root`] are the same as in the source text, so that each
/// can be traced back with [`Description::locate`].
#[derive(Debug)]
pub struct Description {
    source: Source,
    tree: Node,
    written: Value,
    root: Value,
}

impl Description {
    /// Reads a document, as YAML or JSON by its content.
    ///
    /// # Errors
    /// A [`Finding`] with line and column: text that is not YAML, a document that is not an OpenAPI
    /// description, or a version that Mynah does not read.
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
        let tree = yaml::parse(&source)?;
        let written = tree.to_value();
        let root = upgrade::to_31(&written, &source, &tree)?;
        Ok(Self {
            source,
            tree,
            written,
            root,
        })
    }

    /// The text that was read, and its name.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The document in the 3.1 dialect.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The document as written, before it was raised to 3.1.
    pub fn written(&self) -> &Value {
        &self.written
    }

    /// The node at a pointer of the document in the 3.1 dialect.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        self.root.pointer(pointer)
    }

    /// Where a pointer stands in the source; its nearest ancestor's place when the source lacks it.
    pub fn locate(&self, pointer: &str) -> Location {
        self.tree.locate(&self.source.name, pointer)
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
        let mut current = pointer.to_owned();
        for _ in 0..64 {
            let Some(node) = self.at(&current) else {
                return Err(self.finding(
                    FindingCode::ReferenceUnresolved,
                    &current,
                    format!("nothing stands at `#{current}`"),
                ));
            };
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
                return Ok(current);
            };
            let place = join(&current, "$ref");
            let Some(fragment) = reference.strip_prefix('#') else {
                return Err(self.finding(
                    FindingCode::ReferenceUnresolved,
                    &place,
                    format!("`{reference}` leaves the document, which Mynah does not follow yet"),
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

    /// A finding of severity error at a pointer.
    pub fn finding(&self, code: FindingCode, pointer: &str, message: String) -> Finding {
        Finding::error(code, self.locate(pointer), message)
    }
}
