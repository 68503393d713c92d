//! Dynamic references, which lead to one schema or another by how the schema that they stand in was
//! come to (JSON Schema 2020-12, section 8.2.3.2; 2019-09, section 8.2.4.2).
//!
//! Where it matters, a schema gets a copy for each dynamic scope in which something refers to it. In
//! the copy each dynamic reference is a plain one, so that everything after knows no scope.

mod copy;
mod scope;

use std::collections::HashMap;

use super::Object;
use crate::description::node::{Node, Place};
use copy::Copies;
pub(super) use scope::Resources;
use scope::Scopes;

/// The member of the combined tree's root that holds the copies, by scope and pointer.
const COPIES: &str = "x-mynah-dynamic";

/// A dynamic reference that can lead to more than one schema, in the combined tree.
pub(super) struct DynamicReference {
    pub keyword: &'static str,
    /// The anchor's name.
    pub name: String,
    /// Where it leads in no scope.
    pub initial: String,
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
