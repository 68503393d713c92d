//! What an object takes over from what is around it: the URI that its references are relative to, and
//! the rules that its schemas are written by.

use std::sync::Arc;

use crate::description::{
    dialect::Dialect,
    documents::{Document, absolute},
    draft::Draft,
    grammar::Kind,
    node::Node,
};

/// The base URI and the draft that hold at a place.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub base: Arc<str>,
    pub draft: Draft,
}

/// A document as a whole.
pub(super) struct Root {
    pub context: Context,
    /// What its root is; `None` where it is a part of a description and says nothing of itself.
    pub kind: Option<Kind>,
    /// Whether some schema in it could name itself or its draft.
    pub has_names: bool,
}

impl Root {
    /// The root of a document; `dialect` is that of the description.
    pub(super) fn of(document: &Document, dialect: Dialect) -> Self {
        let own = match Dialect::of(&document.tree) {
            Some(Ok(own)) => Some(own),
            _ => None,
        };
        let named = document.tree.text_of("$self").filter(|_| own.is_some());
        let base = named.and_then(|uri| absolute(&document.uri, uri));
        Self {
            context: Context {
                base: base.unwrap_or_else(|| Arc::clone(&document.uri)),
                draft: own.unwrap_or(dialect).draft(&document.tree),
            },
            kind: own.map(Dialect::root),
            has_names: NAMES.iter().any(|name| document.source.text.contains(name)),
        }
    }
}

/// The keywords by which a schema names itself or its draft.
const NAMES: [&str; 5] = [
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$schema",
];

impl Context {
    /// The context within a schema, where that changes something.
    pub(super) fn within(&self, schema: &Node) -> Option<Self> {
        let draft = self.draft.of(schema);
        let own = draft.identifier(schema).map(without_fragment);
        let base = own.filter(|id| !id.is_empty());
        let base = base.and_then(|id| absolute(&self.base, id));
        (base.is_some() || draft != self.draft).then(|| Self {
            base: base.unwrap_or_else(|| Arc::clone(&self.base)),
            draft,
        })
    }
}

fn without_fragment(id: &str) -> &str {
    id.split_once('#').map_or(id, |(uri, _)| uri)
}
