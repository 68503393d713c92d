//! Raising a description to the 3.1 dialect (JSON Schema 2020-12), so that everything after knows one.
//!
//! Schemas stay where they are. What Swagger 2.0 has elsewhere is moved with its place in the text.

mod schema;
mod swagger;

use super::{
    dialect::Dialect,
    grammar::{self, Kind},
    node::{Node, Place},
    pointer::escape_token,
};

/// An object to raise, with all below it: where it is in the combined tree, and what it is.
pub(super) struct Object {
    pub pointer: String,
    pub kind: Kind,
    pub dialect: Dialect,
}

/// Something that means nothing and was left out.
pub(super) struct LeftOut {
    pub place: Place,
    pub message: String,
}

/// Raises a description in place; `objects` are those that its references lead to, the root first.
pub(super) fn raise(tree: &mut Node, objects: &[Object]) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    for object in objects {
        if let Some(node) = tree.get_mut(&object.pointer) {
            raise_object(node, object.kind, object.dialect, &mut left_out);
        }
    }
    swagger::raise(tree, objects);
    left_out
}

/// Raises the schemas below an object. Raising twice changes nothing more.
fn raise_object(node: &mut Node, kind: Kind, dialect: Dialect, left_out: &mut Vec<LeftOut>) {
    if kind == Kind::Schema {
        schema::raise(node, dialect, left_out);
    }
    grammar::objects_mut(node, kind, |kind, node| {
        raise_object(node, kind, dialect, left_out);
    });
}

/// Pointers to the schemas of a raised description that stand in no other schema.
pub(super) fn schemas(tree: &Node, objects: &[Object]) -> Vec<String> {
    let mut schemas = Vec::new();
    for object in objects {
        if let Some(node) = tree.get(&object.pointer) {
            let mut pointer = object.pointer.clone();
            add_schemas(node, object.kind.raised(), &mut pointer, &mut schemas);
        }
    }
    schemas.sort_unstable();
    schemas.dedup();
    schemas
}

fn add_schemas(node: &Node, kind: Kind, pointer: &mut String, schemas: &mut Vec<String>) {
    if kind == Kind::Schema {
        schemas.push(pointer.clone());
        return;
    }
    let length = pointer.len();
    grammar::objects(node, kind, |kind, tokens, node| {
        for token in tokens.iter().filter(|token| !token.is_empty()) {
            pointer.push('/');
            pointer.push_str(&escape_token(token));
        }
        add_schemas(node, kind, pointer, schemas);
        pointer.truncate(length);
    });
}
