//! What schemas call themselves: `$id`, `$anchor` and the like.

use std::{collections::HashMap, sync::Arc};

use super::context::Context;
use crate::description::{
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
    resources: HashMap<Arc<str>, Named>,
    anchors: HashMap<Arc<str>, HashMap<String, Named>>,
    /// The schemas that dynamic references can lead to, by the names of their anchors.
    pub dynamic: HashMap<String, Vec<Target>>,
    /// The roots of schema resources (JSON Schema 2020-12, section 4.3.5).
    pub roots: Vec<Target>,
}

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
    /// Adds a document by its URI.
    pub(super) fn add_document(&mut self, uri: &Arc<str>, document: u16) {
        let named = Named {
            target: (document, String::new()),
            place: Place::default(),
            is_schema: true,
            other: None,
        };
        self.resources.insert(Arc::clone(uri), named);
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
            add(&mut self.resources, Arc::clone(&own.base), named());
        }
        for (name, _) in own.draft.anchors(node) {
            let anchors = self.anchors.entry(Arc::clone(&own.base)).or_default();
            add(anchors, name.to_owned(), named());
        }
    }

    /// The schema or document of an absolute URI.
    pub(super) fn resource(&self, uri: &str) -> Option<Result<Target, Ambiguous>> {
        self.resources.get(uri).map(Named::only)
    }

    /// The schema of an anchor in a resource.
    pub(super) fn anchor(&self, uri: &str, name: &str) -> Option<Result<Target, Ambiguous>> {
        self.anchors.get(uri)?.get(name).map(Named::only)
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
