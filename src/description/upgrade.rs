//! Raising a description to the 3.1 dialect (JSON Schema 2020-12), so that everything after knows one.
//!
//! Schemas stay where they are. What Swagger 2.0 has elsewhere is moved with its place in the text.

mod moved;
mod path_item;
mod schema;
mod swagger;

use super::{
    draft::Draft,
    finding::{FindingCode, Severity},
    grammar::{self, Kind},
    link::{Object, roots},
    node::{Node, Place},
    pointer::percent_decode,
    resolve::MAX_HOPS,
};

/// What was found while raising.
pub(super) struct Remark {
    pub place: Place,
    pub severity: Severity,
    pub code: FindingCode,
    pub message: String,
}

impl Remark {
    /// Something means nothing and was left out.
    fn left_out(place: Place, message: String) -> Self {
        Self {
            place,
            severity: Severity::Warning,
            code: FindingCode::Shape,
            message,
        }
    }

    /// Something cannot be read.
    fn fault(code: FindingCode, place: Place, message: String) -> Self {
        Self {
            place,
            severity: Severity::Error,
            code,
            message,
        }
    }
}

/// Raises a description in place; `objects` are those that its references lead to, the root first, and
/// `targets` all that they lead to, also within these.
pub(super) fn raise(tree: &mut Node, objects: &mut Vec<Object>, targets: &[String]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let moves = swagger::keep_indexed(tree, objects, targets);
    moved::redirect_all(tree, objects, &moves);
    let moves = moved::moves(tree, targets);
    let dialects = roots(tree).filter_map(|root| root.member("jsonSchemaDialect"));
    remarks.extend(dialects.filter_map(schema::unknown_dialect));
    for object in &*objects {
        if let Some(node) = tree.get_mut(&object.pointer) {
            raise_object(node, object.kind, object.draft, &mut remarks);
        }
    }
    moved::redirect(tree, objects, &moves);
    remarks.extend(path_item::complete(tree, objects));
    swagger::raise(tree, objects);
    place_media_types(tree, objects);
    remarks
}

/// Raises the schemas below an object. Raising twice changes nothing more.
fn raise_object(node: &mut Node, kind: Kind, draft: Draft, remarks: &mut Vec<Remark>) {
    let mut draft = draft;
    if kind == Kind::Schema {
        draft = draft.of(node);
        schema::raise(node, draft, remarks);
    }
    grammar::objects_mut(node, kind, |kind, node| {
        raise_object(node, kind, draft, remarks);
    });
}

/// Pointers to the schemas of a raised description that stand in no other schema.
pub(super) fn schemas(tree: &Node, objects: &[Object]) -> Vec<String> {
    let mut schemas = Vec::new();
    each_object(tree, objects, &mut |_, kind, pointer| {
        let is_schema = kind == Kind::Schema;
        if is_schema {
            schemas.push(pointer.to_owned());
        }
        !is_schema
    });
    schemas.sort_unstable();
    schemas.dedup();
    schemas
}

/// Puts what they refer to in the place of media types that are references (OpenAPI 3.2.0, "Media Type
/// Object"): no one else expects one there.
fn place_media_types(tree: &mut Node, objects: &[Object]) {
    let mut references = Vec::new();
    each_object(tree, objects, &mut |node, kind, pointer| {
        if kind == Kind::MediaType && node.member("$ref").is_some() {
            references.push(pointer.to_owned());
        }
        kind != Kind::Schema
    });
    for pointer in references {
        let referred = follow(tree, &pointer).cloned();
        if let (Some(media_type), Some(node)) = (referred, tree.get_mut(&pointer)) {
            *node = media_type;
        }
    }
}

/// What stands at the end of a chain of references; `None` where it leads nowhere.
fn follow<'t>(tree: &'t Node, pointer: &str) -> Option<&'t Node> {
    let mut node = tree.get(pointer)?;
    for _ in 0..MAX_HOPS {
        let Some(reference) = node.text_of("$ref") else {
            return Some(node);
        };
        node = tree.get(&percent_decode(reference.strip_prefix('#')?))?;
    }
    None
}

/// Calls `visit` with each object that is a reference or a schema, for changing it.
fn each_object_mut(tree: &mut Node, objects: &[Object], visit: &mut dyn FnMut(&mut Node)) {
    fn walk(node: &mut Node, kind: Kind, visit: &mut dyn FnMut(&mut Node)) {
        visit(node);
        grammar::objects_mut(node, kind, |kind, node| walk(node, kind, visit));
    }
    for object in objects {
        if let Some(node) = tree.get_mut(&object.pointer) {
            walk(node, object.kind, visit);
        }
    }
}

/// Calls `visit` with each object of a raised description, its kind and its pointer, and with those
/// below it while it says so.
fn each_object(tree: &Node, objects: &[Object], visit: &mut dyn FnMut(&Node, Kind, &str) -> bool) {
    for object in objects {
        if let Some(node) = tree.get(&object.pointer) {
            let mut pointer = object.pointer.clone();
            walk(node, object.kind.raised(), &mut pointer, visit);
        }
    }
}

fn walk(
    node: &Node,
    kind: Kind,
    pointer: &mut String,
    visit: &mut dyn FnMut(&Node, Kind, &str) -> bool,
) {
    if !visit(node, kind, pointer) {
        return;
    }
    let length = pointer.len();
    grammar::objects(node, kind, |kind, step, node| {
        step.add_to(pointer);
        walk(node, kind, pointer, visit);
        pointer.truncate(length);
    });
}
