//! What schemas call themselves: `$id`, `$anchor` and the like.

use std::{collections::HashMap, sync::Arc};

use super::context::Context;
use crate::description::{
    documents::{Document, Side},
    node::{Node, Place},
    pointer::push,
};

/// A document and a pointer into it.
pub(super) type Target = (u16, String);

/// The anchor that `$recursiveAnchor` stands for. No `$dynamicAnchor` can be called so.
pub(super) const RECURSIVE: &str = "$recursiveAnchor";

/// Members that hold data, whatever is in them.
const DATA: [&str; 6] = ["const", "default", "enum", "example", "examples", "value"];

/// The URIs and anchors of a description.
#[derive(Default)]
pub(super) struct Identifiers {
    resources: HashMap<Name, Named>,
    anchors: HashMap<Name, HashMap<String, Named>>,
    /// On which side of the network each document is.
    sides: Vec<Side>,
    /// The schemas that dynamic references can lead to, by the names of their anchors.
    pub dynamic: HashMap<String, Vec<Target>>,
    /// The roots of schema resources (JSON Schema 2020-12, section 4.3.5).
    pub roots: Vec<Target>,
}

/// A URI, and whether it is of this machine and a document on another one says what it is: that counts
/// on its own side only, and never makes a second of what is really there.
pub(super) type Name = (bool, Arc<str>);

/// What has a name.
struct Named {
    target: Target,
    place: Place,
    /// Whether it is a schema for sure: a name in data is none.
    is_schema: bool,
    /// Where another has the same name.
    other: Option<Place>,
}

/// Two that have one name.
pub(super) struct Ambiguous(pub Place, pub Place);

impl Identifiers {
    /// Adds a document by the URI where it was found and the one that it gives itself, which may be the
    /// same.
    pub(super) fn add_document(&mut self, document: &Document, own: &Arc<str>) {
        let number = u16::try_from(self.sides.len()).unwrap_or(u16::MAX);
        self.sides.push(document.side);
        let named = || Named {
            target: (number, String::new()),
            place: document.tree.place,
            is_schema: true,
            other: None,
        };
        let found = self.name_of(&document.uri, number);
        self.resources.insert(found, named());
        if *own != document.uri {
            let own = self.name_of(own, number);
            add(&mut self.resources, own, named());
        }
    }

    /// The name that a URI is in a document.
    fn name_of(&self, uri: &Arc<str>, document: u16) -> Name {
        let side = self.sides.get(usize::from(document));
        let is_foreign = side == Some(&Side::Remote) && Side::of(uri) == Side::Local;
        (is_foreign, Arc::clone(uri))
    }

    /// Adds the names of a schema. `around` is what holds around it, `own` what holds in it.
    pub(super) fn add(&mut self, schema: &Node, target: &Target, around: &Context, own: &Context) {
        let is_resource = own.base != around.base;
        self.name(schema, target, own, is_resource, true);
        if is_resource {
            self.roots.push(target.clone());
        }
        for (name, is_dynamic) in own.draft.anchors(schema) {
            if is_dynamic {
                self.add_dynamic(name, target);
            }
        }
        let is_root = is_resource || target.1.is_empty();
        if is_root && own.draft.has_recursive_anchor(schema) {
            self.add_dynamic(RECURSIVE, target);
        }
    }

    fn add_dynamic(&mut self, name: &str, target: &Target) {
        let all = self.dynamic.entry(name.to_owned()).or_default();
        all.push(target.clone());
    }

    /// Adds all names in a document, as far as they are not known: it may have schemas where nothing
    /// says that they are some.
    pub(super) fn add_below(&mut self, node: &Node, at: &mut Target, around: &Context) {
        let own = around.within(node);
        let own = own.as_ref().unwrap_or(around);
        self.name(node, at, own, own.base != around.base, false);
        let length = at.1.len();
        for entry in node.entries() {
            if !DATA.contains(&&*entry.key) {
                push(&mut at.1, &entry.key);
                self.add_below(&entry.value, at, own);
                at.1.truncate(length);
            }
        }
        for (index, item) in node.items().iter().enumerate() {
            push(&mut at.1, &index.to_string());
            self.add_below(item, at, own);
            at.1.truncate(length);
        }
    }

    fn name(
        &mut self,
        node: &Node,
        target: &Target,
        own: &Context,
        has_uri: bool,
        is_schema: bool,
    ) {
        let named = || Named {
            target: target.clone(),
            place: node.place,
            is_schema,
            other: None,
        };
        if has_uri {
            let name = self.name_of(&own.base, target.0);
            add(&mut self.resources, name, named());
        }
        for (name, _) in own.draft.anchors(node) {
            let resource = self.name_of(&own.base, target.0);
            let anchors = self.anchors.entry(resource).or_default();
            add(anchors, name.to_owned(), named());
        }
    }

    /// The schema or document of a name.
    pub(super) fn resource(&self, name: &Name) -> Option<Result<Target, Ambiguous>> {
        self.resources.get(name).map(Named::only)
    }

    /// The schema of an anchor in a resource.
    pub(super) fn anchor(
        &self,
        resource: &Name,
        anchor: &str,
    ) -> Option<Result<Target, Ambiguous>> {
        self.anchors.get(resource)?.get(anchor).map(Named::only)
    }
}

impl Named {
    fn only(&self) -> Result<Target, Ambiguous> {
        match self.other {
            Some(other) => Err(Ambiguous(self.place, other)),
            None => Ok(self.target.clone()),
        }
    }
}

/// Adds a name. What is a schema for sure counts more than what may be one.
fn add<K: std::hash::Hash + Eq>(all: &mut HashMap<K, Named>, name: K, named: Named) {
    use std::collections::hash_map::Entry;
    match all.entry(name) {
        Entry::Vacant(free) => drop(free.insert(named)),
        Entry::Occupied(mut known) => {
            let known = known.get_mut();
            // YAML's aliases stand for one text in several places.
            let is_same = known.place == named.place;
            match (known.is_schema, named.is_schema) {
                (false, true) => *known = named,
                (true, false) => {}
                _ if !is_same => known.other = Some(named.place),
                _ => {}
            }
        }
    }
}
