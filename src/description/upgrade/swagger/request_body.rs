//! The body and the form fields of a Swagger 2.0 operation, as a request body.

use super::{DEFAULT_MEDIA_TYPE, parameter, parameter::Listed};
use crate::description::{
    node::{Content, Entry, Node, Place},
    pointer::join,
};

const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The request body that the parameters of an operation make up; `None` when it has none.
pub(super) fn of(tree: &Node, parameters: &[Listed], consumes: &[String]) -> Option<Node> {
    let fields: Vec<&Node> = parameters
        .iter()
        .filter(|parameter| parameter.place == "formData")
        .filter_map(|parameter| tree.get(&parameter.pointer))
        .collect();
    let consumes: Vec<&str> = consumes
        .iter()
        .map(String::as_str)
        .chain(named_by_header(tree, parameters))
        .collect();
    if let Some(body) = parameters
        .iter()
        .find(|parameter| parameter.place == "body")
    {
        return body_of(tree, body, &consumes);
    }
    (!fields.is_empty()).then(|| form_of(&fields, &consumes))
}

/// The media types that a parameter of the name `Content-Type` allows. Later versions have such
/// parameters say nothing; here it is often the only place that names the type that is really sent.
fn named_by_header<'a>(tree: &'a Node, parameters: &'a [Listed]) -> impl Iterator<Item = &'a str> {
    let is_it = |parameter: &&Listed| {
        parameter.place == "header" && parameter.name.eq_ignore_ascii_case("content-type")
    };
    let nodes = parameters.iter().filter(is_it);
    let lists = nodes.filter_map(|parameter| tree.get(&parameter.pointer)?.member("enum"));
    lists.flat_map(Node::items).filter_map(Node::text)
}

fn body_of(tree: &Node, body: &Listed, consumes: &[&str]) -> Option<Node> {
    let parameter = tree.get(&body.pointer)?;
    let place = parameter.place;
    // A shared one stays at its pointer; one of the operation's own leaves its list and is moved.
    let is_shared = !body.pointer.contains("/parameters/") || parameter_is_named(&body.pointer);
    let schema = match parameter.member("schema") {
        Some(_) if is_shared => Node::reference(&join(&body.pointer, "schema"), place),
        Some(schema) => schema.clone(),
        None => Node::mapping(Vec::new(), place),
    };
    let mut media_types = consumes.to_vec();
    if media_types.is_empty() {
        media_types.push(DEFAULT_MEDIA_TYPE);
    }
    let each = media_types.into_iter().map(|name| {
        let media_type = Node::mapping(vec![("schema", schema.clone())], place);
        (name, media_type)
    });
    Some(request_body(
        each.collect(),
        parameter.flag_of("required"),
        place,
    ))
}

/// `/parameters/Body`, and not `/paths/~1x/post/parameters/0`.
fn parameter_is_named(pointer: &str) -> bool {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    last.parse::<usize>().is_err()
}

fn form_of(fields: &[&Node], consumes: &[&str]) -> Node {
    let place = fields[0].place;
    let mut properties = Node::mapping(Vec::new(), place);
    let mut encoding = Node::mapping(Vec::new(), place);
    let mut required = Vec::new();
    let mut has_file = false;
    for field in fields {
        let Some(name) = field.text_of("name") else {
            continue;
        };
        has_file |= field.text_of("type") == Some("file");
        if field.flag_of("required") {
            required.push(Node::string(name, field.place));
        }
        if field.text_of("type") == Some("array") {
            encoding.set(name, encoding_of(field));
        }
        properties.set(name, parameter::take_schema(&mut Node::clone(field)));
    }
    let any_required = !required.is_empty();
    let content = Content::Sequence(required);
    let schema = Node::mapping(
        vec![
            ("type", Node::string("object", place)),
            ("properties", properties),
            ("required", Node { content, place }),
        ],
        place,
    );
    let each = form_types(consumes, has_file).into_iter().map(|name| {
        let members = vec![("schema", schema.clone()), ("encoding", encoding.clone())];
        (name, Node::mapping(members, place))
    });
    request_body(each.collect(), any_required, place)
}

/// A file needs multipart; without `consumes` the rest is urlencoded.
fn form_types(consumes: &[&str], has_file: bool) -> Vec<&'static str> {
    let named = |name: &str| consumes.iter().any(|other| other.starts_with(name));
    match (named(URL_ENCODED), named(MULTIPART)) {
        (true, true) if !has_file => vec![URL_ENCODED, MULTIPART],
        (_, true) => vec![MULTIPART],
        _ if has_file => vec![MULTIPART],
        _ => vec![URL_ENCODED],
    }
}

fn encoding_of(field: &Node) -> Node {
    let place = field.place;
    let explode = |explode: bool| Node {
        content: Content::Bool(explode),
        place,
    };
    let (style, exploded) = match field.text_of("collectionFormat") {
        Some("multi") => ("form", true),
        Some("ssv") => ("spaceDelimited", false),
        Some("pipes") => ("pipeDelimited", false),
        _ => ("form", false),
    };
    let mut members = vec![
        ("style", Node::string(style, place)),
        ("explode", explode(exploded)),
    ];
    if field.text_of("collectionFormat") == Some("tsv") {
        members.push(("x-collection-format", Node::string("tsv", place)));
    }
    Node::mapping(members, place)
}

fn request_body(content: Vec<(&str, Node)>, required: bool, place: Place) -> Node {
    let flag = Node {
        content: Content::Bool(required),
        place,
    };
    let entries = content.into_iter().map(|(name, value)| Entry {
        key: name.to_owned(),
        value,
    });
    let content = Node {
        content: Content::Mapping(entries.collect()),
        place,
    };
    Node::mapping(vec![("content", content), ("required", flag)], place)
}
