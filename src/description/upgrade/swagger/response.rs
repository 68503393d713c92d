//! Responses of Swagger 2.0: their one schema and their examples by media type, as `content`.

use super::{DEFAULT_MEDIA_TYPE, parameter};
use crate::description::{
    node::{Node, Place},
    pointer::join,
};

/// Raises the response at a pointer; its schema stays where it is.
pub(super) fn raise(tree: &mut Node, pointer: &str, produces: &[String]) {
    let is_structured = is_structured(tree, &join(pointer, "schema"));
    let Some(response) = tree.get_mut(pointer) else {
        return;
    };
    if response.member("$ref").is_some() || response.member("content").is_some() {
        return;
    }
    let place = response.place;
    raise_headers(response);
    let examples = response.take("examples");
    let schema = response.member("schema");
    let is_file = schema.is_some_and(|schema| schema.text_of("format") == Some("binary"));
    let has_schema = schema.is_some();
    let mut content = Node::mapping(Vec::new(), place);
    if has_schema {
        let target = Node::reference(&join(pointer, "schema"), place);
        let names = match is_structured && !produces.iter().any(|name| has_structure(name)) {
            true => vec![DEFAULT_MEDIA_TYPE],
            false => names(produces, is_file),
        };
        for name in names {
            content.set(name, Node::mapping(vec![("schema", target.clone())], place));
        }
    }
    for example in examples.as_ref().map_or(&[][..], Node::entries) {
        add_example(&mut content, &example.key, example.value.clone(), place);
    }
    if !content.entries().is_empty() {
        response.set("content", content);
    }
}

/// Whether the values of a schema are objects or arrays. `produces` names the types of an operation's
/// success, and where none of them can hold such a value, as beside a file, it is sent as JSON.
fn is_structured(tree: &Node, schema: &str) -> bool {
    let schema = tree.get(&parameter::resolve(tree, schema.to_owned()));
    schema.is_some_and(|schema| {
        matches!(schema.text_of("type"), Some("object" | "array"))
            || ["properties", "allOf"]
                .iter()
                .any(|key| schema.member(key).is_some())
    })
}

/// Whether objects and arrays can be written in a media type.
fn has_structure(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let ends = ["json", "xml", "yaml", "jsonl", "ndjson", "urlencoded", "*"];
    let begins = ["text/", "multipart/"];
    ends.iter().any(|end| essence.ends_with(end))
        || begins.iter().any(|begin| essence.starts_with(begin))
}

fn names(produces: &[String], is_file: bool) -> Vec<&str> {
    match (produces.is_empty(), is_file) {
        (true, true) => vec!["application/octet-stream"],
        (true, false) => vec![DEFAULT_MEDIA_TYPE],
        (false, _) => produces.iter().map(String::as_str).collect(),
    }
}

/// An example of a media type that is not produced is documented all the same.
fn add_example(content: &mut Node, name: &str, value: Node, place: Place) {
    let name = if name.contains('/') {
        name
    } else {
        DEFAULT_MEDIA_TYPE
    };
    let mut media_type = content
        .take(name)
        .unwrap_or_else(|| Node::mapping(Vec::new(), place));
    media_type.set("example", value);
    content.set(name, media_type);
}

fn raise_headers(response: &mut Node) {
    for entry in response.entries_mut() {
        if entry.key != "headers" {
            continue;
        }
        for header in entry.value.entries_mut() {
            if header.value.member("schema").is_none() {
                let schema = parameter::take_schema(&mut header.value);
                header.value.set("schema", schema);
            }
        }
    }
}
