//! The text of a document, and what it is called.

use std::sync::Arc;

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
