//! Swagger 2.0 to the shape of OpenAPI 3.1.
//!
//! Schemas, shared parameters and shared responses stay at their pointers. What is new refers to them.

mod indexed;
mod parameter;
mod request_body;
mod response;
mod security;

use crate::description::{
    grammar::{Kind, is_method},
    link::Object,
    node::{Content, Entry, Node},
    pointer::join,
};

pub(super) use indexed::keep as keep_indexed;

/// Media types of bodies where neither the operation nor the document names any.
const DEFAULT_MEDIA_TYPE: &str = "application/json";

/// Raises the objects of Swagger 2.0 that references lead to, the root first.
pub(super) fn raise(tree: &mut Node, objects: &[Object]) {
    // Operations first: they read the parameters that they share as these are written.
    for object in objects {
        let at = &object.pointer;
        match object.kind {
            Kind::Swagger => {
                for path in keys(tree, &join(at, "paths")) {
                    path_item(tree, &join(&join(at, "paths"), &path));
                }
            }
            Kind::SwaggerPathItem => path_item(tree, at),
            _ => {}
        }
    }
    for object in objects {
        match object.kind {
            Kind::Swagger => shared(tree, &object.pointer),
            Kind::SwaggerParameter => parameter::raise(tree, &object.pointer),
            Kind::SwaggerResponse => response::raise(tree, &object.pointer, &[]),
            _ => {}
        }
    }
}

/// What all operations of a document share.
fn shared(tree: &mut Node, root: &str) {
    let produces = media_types(tree, root, "produces");
    for name in keys(tree, &join(root, "responses")) {
        response::raise(tree, &join(&join(root, "responses"), &name), &produces);
    }
    for name in keys(tree, &join(root, "parameters")) {
        parameter::raise(tree, &join(&join(root, "parameters"), &name));
    }
    if let Some(node) = tree.get_mut(root) {
        security::raise(node);
        servers(node);
    }
}

fn path_item(tree: &mut Node, pointer: &str) {
    // Bodies and form fields of a path item belong to each of its operations.
    let list = join(pointer, "parameters");
    let common = parameter::list(tree, &list);
    for method in keys(tree, pointer).iter().filter(|key| is_method(key)) {
        operation(tree, &join(pointer, method), &common);
    }
    parameter::keep_plain(tree, &list);
}

fn operation(tree: &mut Node, pointer: &str, common: &[parameter::Listed]) {
    let list = join(pointer, "parameters");
    let mut parameters = parameter::list(tree, &list);
    let own = parameters.len();
    for inherited in common {
        let replaced = parameters[..own].iter().any(|own| own.is_same(inherited));
        if !replaced {
            parameters.push(inherited.clone());
        }
    }
    let consumes = media_types(tree, pointer, "consumes");
    if let Some(body) = request_body::of(tree, &parameters, &consumes)
        && let Some(node) = tree.get_mut(pointer)
    {
        node.set("requestBody", body);
    }
    parameter::keep_plain(tree, &list);
    let produces = media_types(tree, pointer, "produces");
    let responses = join(pointer, "responses");
    for status in keys(tree, &responses) {
        let at = join(&responses, &status);
        if tree
            .get(&at)
            .is_some_and(|node| node.member("$ref").is_none())
        {
            response::raise(tree, &at, &produces);
        }
    }
}

/// The media types that an operation names, else those of its document.
fn media_types(tree: &Node, pointer: &str, key: &str) -> Vec<String> {
    let named = |at: &str| {
        let list = tree.get(&join(at, key))?;
        let texts = list.items().iter().filter_map(Node::text);
        Some(texts.map(str::to_owned).collect())
    };
    named(pointer).or_else(|| named("")).unwrap_or_default()
}

/// `host`, `basePath` and `schemes` as `servers`.
fn servers(root: &mut Node) {
    let base = root.text_of("basePath").unwrap_or("/").to_owned();
    let host = root.text_of("host").map(str::to_owned);
    let place = match root.member("basePath").or(root.member("host")) {
        Some(node) => node.place,
        None => return,
    };
    let schemes = root.member("schemes").map_or(&[][..], Node::items);
    let scheme = schemes.first().and_then(Node::text).unwrap_or("https");
    let url = match host {
        Some(host) => format!("{scheme}://{host}{base}"),
        None => base,
    };
    let server = Node::mapping(vec![("url", Node::string(url, place))], place);
    let content = Content::Sequence(vec![server]);
    root.set("servers", Node { content, place });
}

fn keys(tree: &Node, pointer: &str) -> Vec<String> {
    let entries = tree.get(pointer).map_or(&[][..], Node::entries);
    let named = entries.iter().filter(|entry| !entry.key.starts_with("x-"));
    named.map(|entry: &Entry| entry.key.clone()).collect()
}
