//! What linking changes in the documents, done when all of them were walked.

use super::identifiers::Target;
use crate::description::{
    documents::Documents,
    node::{Content, Node},
};

/// One change of one object.
pub(super) struct Edit {
    document: u16,
    pointer: String,
    change: Change,
}

enum Change {
    /// The text becomes another.
    Text(String),
    /// A schema refers to a pointer, and no more by a keyword.
    Plain(&'static str, String),
    /// An example has the value that stood elsewhere.
    Value(Node),
    /// A schema loses the names that references led to: they lead past them now, by pointers.
    Anonymous,
}

impl Edit {
    /// A text becomes another.
    pub(super) fn text((document, pointer): Target, text: String) -> Self {
        Self {
            document,
            pointer,
            change: Change::Text(text),
        }
    }

    /// The dynamic reference of a schema becomes a plain one.
    pub(super) fn plain((document, pointer): Target, keyword: &'static str, to: String) -> Self {
        Self {
            document,
            pointer,
            change: Change::Plain(keyword, to),
        }
    }

    /// An example has the value that stood elsewhere.
    pub(super) fn value((document, pointer): Target, value: Node) -> Self {
        Self {
            document,
            pointer,
            change: Change::Value(value),
        }
    }

    /// A schema loses its names.
    pub(super) fn anonymous((document, pointer): Target) -> Self {
        Self {
            document,
            pointer,
            change: Change::Anonymous,
        }
    }

    pub(super) fn apply(self, documents: &mut Documents) {
        let tree = &mut documents.get_mut(self.document).tree;
        let Some(node) = tree.get_mut(&self.pointer) else {
            return;
        };
        match self.change {
            Change::Text(text) => node.content = Content::String(text),
            Change::Plain(keyword, to) => node.make_plain(keyword, &to),
            Change::Value(value) => node.set("value", value),
            Change::Anonymous => {
                for key in ["$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor"] {
                    node.take(key);
                }
            }
        }
    }
}
