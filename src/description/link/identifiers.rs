//! What the documents call themselves and their schemas: `$self`, `$id`, `$anchor`, `$dynamicAnchor`.

use std::{collections::HashMap, sync::Arc};

use crate::description::{
    documents::{Document, absolute},
    node::Node,
    pointer::escape_token,
};

/// A document and a pointer into it.
type Target = (u16, String);

/// The URIs and anchors of a description's schemas.
#[derive(Default)]
pub(super) struct Identifiers {
    resources: HashMap<Arc<str>, Target>,
    anchors: HashMap<(Arc<str>, String), Target>,
    /// How many schemas have a dynamic anchor of a name.
    dynamic: HashMap<String, usize>,
}

impl Identifiers {
    /// Adds those of a document.
    pub(super) fn add(&mut self, number: u16, document: &Document) {
        self.resources
            .insert(Arc::clone(&document.uri), (number, String::new()));
        let text = &document.source.text;
        if !["$id", "$anchor", "$dynamicAnchor", "$self"]
            .iter()
            .any(|key| text.contains(key))
        {
            return;
        }
        let own = document.tree.text_of("$self");
        let base = own.and_then(|uri| absolute(&document.uri, uri));
        let base = base.unwrap_or_else(|| Arc::clone(&document.uri));
        self.resources
            .insert(Arc::clone(&base), (number, String::new()));
        self.node(&document.tree, number, &mut String::new(), &base);
    }

    fn node(&mut self, node: &Node, number: u16, pointer: &mut String, base: &Arc<str>) {
        let own = node.text_of("$id").and_then(|id| absolute(base, id));
        if let Some(uri) = &own {
            self.resources
                .entry(Arc::clone(uri))
                .or_insert_with(|| (number, pointer.clone()));
        }
        let base = own.as_ref().unwrap_or(base);
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.text_of(key) {
                self.anchors
                    .entry((Arc::clone(base), name.to_owned()))
                    .or_insert_with(|| (number, pointer.clone()));
            }
        }
        if let Some(name) = node.text_of("$dynamicAnchor") {
            *self.dynamic.entry(name.to_owned()).or_default() += 1;
        }
        let length = pointer.len();
        for entry in node.entries() {
            pointer.push('/');
            pointer.push_str(&escape_token(&entry.key));
            self.node(&entry.value, number, pointer, base);
            pointer.truncate(length);
        }
        for (index, item) in node.items().iter().enumerate() {
            pointer.push('/');
            pointer.push_str(&index.to_string());
            self.node(item, number, pointer, base);
            pointer.truncate(length);
        }
    }

    /// The schema or document of an absolute URI.
    pub(super) fn resource(&self, uri: &str) -> Option<Target> {
        self.resources.get(uri).cloned()
    }

    /// The schema of an anchor in a resource.
    pub(super) fn anchor(&self, uri: &Arc<str>, name: &str) -> Option<Target> {
        self.anchors
            .get(&(Arc::clone(uri), name.to_owned()))
            .cloned()
    }

    /// How many schemas a dynamic reference could lead to.
    pub(super) fn dynamic_count(&self, name: &str) -> usize {
        self.dynamic.get(name).copied().unwrap_or(0)
    }

    /// The URI that references in an object are relative to, where a schema around it has an `$id`
    /// or the document a `$self`.
    pub(super) fn base(&self, document: u16, pointer: &str) -> Option<Arc<str>> {
        let around = self.resources.iter().filter(|(_, (number, start))| {
            let below = pointer.strip_prefix(&**start);
            *number == document
                && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        let nearest =
            around.max_by_key(|(uri, (_, start))| (start.len(), !uri.starts_with("file:")))?;
        Some(Arc::clone(nearest.0))
    }
}
