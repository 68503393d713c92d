//! What linking changes in the documents, done when all of them were walked.

use crate::description::{
    documents::Documents,
    node::{Content, Node},
    pointer,
};

/// One change of one object.
pub(super) struct Edit {
    document: u16,
    /// The object.
    pointer: String,
    change: Change,
}

enum Change {
    /// A member that is a text gets another.
    Text(String, String),
    /// A dynamic reference that can lead to one schema only becomes a plain one.
    Dynamic(String),
    /// The value that stood elsewhere.
    Value(Node),
    /// A name that references led to, and now lead past, since they are pointers.
    Anonymous,
}

impl Edit {
    pub(super) fn text(document: u16, pointer: String, key: &str, text: String) -> Self {
        Self {
            document,
            pointer,
            change: Change::Text(key.to_owned(), text),
        }
    }

    pub(super) fn dynamic(document: u16, pointer: &str, to: String) -> Self {
        Self {
            document,
            pointer: pointer.to_owned(),
            change: Change::Dynamic(to),
        }
    }

    pub(super) fn value(document: u16, pointer: &str, value: Node) -> Self {
        Self {
            document,
            pointer: pointer.to_owned(),
            change: Change::Value(value),
        }
    }

    pub(super) fn anonymous(document: u16, pointer: &str) -> Self {
        Self {
            document,
            pointer: pointer.to_owned(),
            change: Change::Anonymous,
        }
    }

    pub(super) fn apply(self, documents: &mut Documents) {
        let tree = &mut documents.get_mut(self.document).tree;
        let Some(node) = tree.get_mut(&self.pointer) else {
            return;
        };
        match self.change {
            Change::Text(key, text) => {
                if let Some(member) = node.member_mut(&key) {
                    member.content = Content::String(text);
                }
            }
            Change::Dynamic(to) => {
                if let Some(text) = node.take("$dynamicRef") {
                    node.set("$ref", Node::string(pointer::fragment(&to), text.place));
                }
            }
            Change::Value(value) => node.set("value", value),
            Change::Anonymous => {
                for key in ["$id", "$anchor", "$dynamicAnchor"] {
                    node.take(key);
                }
            }
        }
    }
}
