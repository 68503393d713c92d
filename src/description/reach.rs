//! What of a description an answer depends on: all below an object, also after references, but not
//! what it tells of other requests.

use std::collections::HashSet;

use super::{
    grammar::{self, Kind},
    link::roots,
    node::{Entry, Node, Place},
    pointer::percent_decode,
};

/// The places of all nodes that an operation's answers depend on.
pub(super) struct Reach<'t> {
    tree: &'t Node,
    seen: HashSet<(String, Kind)>,
    open: Vec<(String, Kind)>,
    places: HashSet<Place>,
}

impl<'t> Reach<'t> {
    pub(super) fn new(tree: &'t Node) -> Self {
        Self {
            tree,
            seen: HashSet::new(),
            open: Vec::new(),
            places: HashSet::new(),
        }
    }

    /// Adds an operation, with what its path item and the document say for it.
    pub(super) fn with_operation(mut self, pointer: &str, path_item: &str) -> Self {
        self.refer(pointer.to_owned(), Kind::Operation);
        for index in 0..self.items(&format!("{path_item}/parameters")) {
            self.refer(format!("{path_item}/parameters/{index}"), Kind::Parameter);
        }
        for field in ["parameters", "servers"] {
            let at = self.tree.get(&format!("{path_item}/{field}"));
            self.places.extend(at.map(|node| node.place));
        }
        for shared in ["/security", "/components/securitySchemes"] {
            self.refer(shared.to_owned(), Kind::SecurityScheme);
        }
        let dialects = roots(self.tree).filter_map(|root| root.member("jsonSchemaDialect"));
        self.places.extend(dialects.map(|dialect| dialect.place));
        self.follow();
        self
    }

    /// Adds the paths themselves: without one, none of its operations is there.
    pub(super) fn with_paths(mut self) -> Self {
        let paths = self.tree.get("/paths").map_or(&[][..], Node::entries);
        for Entry { value, .. } in paths {
            self.places.insert(value.place);
            self.places.extend(value.member("$ref").map(|it| it.place));
        }
        self
    }

    pub(super) fn has(&self, place: Place) -> bool {
        self.places.contains(&place)
    }

    fn items(&self, pointer: &str) -> usize {
        self.tree.get(pointer).map_or(0, |list| list.items().len())
    }

    fn refer(&mut self, pointer: String, kind: Kind) {
        if self.seen.insert((pointer.clone(), kind)) {
            self.open.push((pointer, kind));
        }
    }

    fn follow(&mut self) {
        while let Some((pointer, kind)) = self.open.pop() {
            if let Some(node) = self.tree.get(&pointer) {
                self.object(node, kind);
            }
        }
    }

    fn object(&mut self, node: &Node, kind: Kind) {
        self.places.insert(node.place);
        if let Some(target) = node.text_of("$ref").and_then(|text| text.strip_prefix('#')) {
            self.refer(percent_decode(target), kind);
        }
        for entry in node.entries() {
            if !kind.holds_objects_in(&entry.key) {
                self.data(&entry.value);
            } else {
                self.places.insert(entry.value.place);
            }
        }
        grammar::objects(node, kind, |kind, _, node| {
            // What is sent elsewhere, and where a client could go next, is no part of an answer.
            if !matches!(kind, Kind::Callback | Kind::Link) {
                self.object(node, kind);
            }
        });
    }

    fn data(&mut self, node: &Node) {
        self.places.insert(node.place);
        node.entries()
            .iter()
            .for_each(|entry| self.data(&entry.value));
        node.items().iter().for_each(|item| self.data(item));
    }
}
