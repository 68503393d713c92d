//! Dynamic references, which lead to one schema or another by how the schema that they stand in was
//! come to (JSON Schema 2020-12, section 8.2.3.2; 2019-09, section 8.2.4.2).
//!
//! Where it matters, a schema gets a copy for each dynamic scope in which something refers to it. In
//! the copy each dynamic reference is a plain one, so that everything after knows no scope.

mod copy;
mod resource;
mod scope;

use std::collections::HashMap;

use super::{Linker, Object, combine::combined, edit::Edit, identifiers::Target};
use crate::description::{
    node::{Node, Place},
    pointer::join,
};
use copy::Copies;
pub(super) use resource::Resources;
use scope::Scopes;

/// The member of the combined tree's root that holds the copies, by scope and pointer.
const COPIES: &str = "x-mynah-dynamic";

/// A reference whose target can depend on how the schema that it stands in was come to.
pub(super) struct DynamicSite {
    pub schema: Target,
    pub keyword: &'static str,
    pub anchor: String,
    /// Where it leads when nothing else is known.
    pub initial: Target,
}

/// A dynamic reference that can lead to more than one schema, in the combined tree.
pub(super) struct DynamicReference {
    pub keyword: &'static str,
    /// The anchor's name.
    pub name: String,
    /// Where it leads in no scope.
    pub initial: String,
}

impl DynamicReference {
    /// Where it is, by the pointer of its schema.
    fn place(&self, tree: &Node, schema: &str) -> Place {
        tree.place_at(&join(schema, self.keyword))
    }
}

/// The dynamic references of a description, by the pointers of their schemas.
pub(super) type DynamicReferences = HashMap<String, DynamicReference>;

/// A dynamic reference that cannot be followed, and why.
pub(super) struct Fault {
    pub place: Place,
    pub message: String,
}

/// Makes all dynamic references plain. The copies are further objects.
pub(super) fn make_plain(
    tree: &mut Node,
    objects: &mut Vec<Object>,
    references: &DynamicReferences,
    resources: &Resources,
) -> Vec<Fault> {
    let mut faults = resources.doubled(tree, references);
    let scopes = Scopes::new(tree, objects, references, resources);
    let mut plan = Copies::plan(tree, &scopes, references);
    faults.append(&mut plan.faults);
    objects.extend(plan.apply(tree));
    faults
}

impl Linker<'_> {
    /// The dynamic references that can lead to more than one schema, and the anchors that these have;
    /// the others become plain ones.
    pub(super) fn dynamic(&mut self) -> (DynamicReferences, Resources) {
        let mut references = DynamicReferences::new();
        let combined = |(document, pointer): &Target| combined(self.documents, *document, pointer);
        for DynamicSite {
            schema,
            keyword,
            anchor,
            initial,
        } in std::mem::take(&mut self.dynamic)
        {
            let anchors = self.identifiers.dynamic.get(&anchor);
            let is_dynamic = anchors.is_some_and(|all| all.len() > 1 && all.contains(&initial));
            match is_dynamic {
                true => drop(references.insert(
                    combined(&schema),
                    DynamicReference {
                        keyword,
                        name: anchor,
                        initial: combined(&initial),
                    },
                )),
                false => self
                    .edits
                    .push(Edit::plain(schema, keyword, combined(&initial))),
            }
        }
        let mut resources = Resources::default();
        for document in 0..self.documents.len() {
            resources.add(combined(&(
                u16::try_from(document).unwrap_or(u16::MAX),
                String::new(),
            )));
        }
        self.identifiers
            .roots
            .iter()
            .for_each(|root| resources.add(combined(root)));
        for (name, anchors) in &self.identifiers.dynamic {
            for anchor in anchors {
                resources.add_anchor(name, combined(anchor));
            }
        }
        (references, resources)
    }
}
