//! Schema resources and their dynamic anchors (JSON Schema 2020-12, section 8.2.2).

use std::collections::{BTreeMap, HashMap};

use super::{DynamicReferences, Fault};
use crate::description::node::Node;

/// The dynamic anchors of each schema resource, by the resource's pointer.
#[derive(Default)]
pub(in crate::description::link) struct Resources {
    anchors: HashMap<String, BTreeMap<String, String>>,
    /// Anchors of one name in one resource.
    doubled: Vec<(String, [String; 2])>,
}

impl Resources {
    /// Adds a resource: a document, or a schema with a URI of its own.
    pub(in crate::description::link) fn add(&mut self, pointer: String) {
        self.anchors.entry(pointer).or_default();
    }

    /// Adds a dynamic anchor, once all resources are known.
    pub(in crate::description::link) fn add_anchor(&mut self, name: &str, pointer: String) {
        let resource = self.of(&pointer).to_owned();
        let anchors = self.anchors.entry(resource).or_default();
        match anchors.get(name) {
            Some(first) => {
                let both = [first.clone(), pointer];
                self.doubled.push((name.to_owned(), both));
            }
            None => drop(anchors.insert(name.to_owned(), pointer)),
        }
    }

    /// The dynamic anchors of the resource that a pointer leads into: their names and pointers.
    pub(super) fn anchors_at(&self, pointer: &str) -> impl Iterator<Item = (&String, &String)> {
        self.anchors.get(self.of(pointer)).into_iter().flatten()
    }

    /// All dynamic anchors of a name.
    pub(super) fn anchors_named(&self, name: &str) -> impl Iterator<Item = &String> {
        self.anchors
            .values()
            .filter_map(move |anchors| anchors.get(name))
    }

    /// The resource that a pointer leads into.
    fn of<'p>(&self, pointer: &'p str) -> &'p str {
        let mut at = pointer;
        while !self.anchors.contains_key(at) {
            match at.rsplit_once('/') {
                Some((around, _)) => at = around,
                None => return "",
            }
        }
        at
    }

    /// The dynamic references to a name that two schemas of one resource have.
    pub(super) fn doubled(&self, tree: &Node, references: &DynamicReferences) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (name, both) in &self.doubled {
            let [one, other] = both.each_ref().map(|pointer| tree.place_at(pointer));
            // YAML's aliases stand for one text in several places.
            if one == other {
                continue;
            }
            for (pointer, reference) in references.iter().filter(|(_, it)| it.name == *name) {
                let message = format!(
                    "two schemas of one resource have `$dynamicAnchor: {name}` (lines {} and {})",
                    one.line, other.line
                );
                faults.push(Fault {
                    place: reference.place(tree, pointer),
                    message,
                });
            }
        }
        faults
    }
}
