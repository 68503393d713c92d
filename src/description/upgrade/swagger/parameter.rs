//! Parameters of Swagger 2.0: what stands in them beside their schema becomes a schema.

use crate::description::{
    draft::Draft,
    node::{Content, Node},
    pointer::{join, percent_decode},
    upgrade::schema,
};

/// The keywords of a parameter, items or header object that are a schema's.
const SCHEMA_KEYWORDS: [&str; 19] = [
    "type",
    "format",
    "items",
    "default",
    "enum",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
    "x-nullable",
    "nullable",
    "example",
];

/// A parameter of a list, after its reference.
#[derive(Clone)]
pub(super) struct Listed {
    /// Where it is.
    pub pointer: String,
    pub name: String,
    pub place: String,
}

impl Listed {
    /// Whether one replaces the other: name and place are what tells parameters apart.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        // There is only one body, whatever it is called.
        let both = |place: &str| self.place == place && other.place == place;
        both("body") || (self.name == other.name && self.place == other.place)
    }
}

/// The parameters of a list.
pub(super) fn list(tree: &Node, pointer: &str) -> Vec<Listed> {
    let count = tree.get(pointer).map_or(0, |list| list.items().len());
    let each = (0..count).map(|index| resolve(tree, join(pointer, &index.to_string())));
    each.filter_map(|pointer| {
        let node = tree.get(&pointer)?;
        Some(Listed {
            name: node.text_of("name").unwrap_or_default().to_owned(),
            place: node.text_of("in")?.to_owned(),
            pointer,
        })
    })
    .collect()
}

/// Where a pointer leads once no reference stands there.
pub(super) fn resolve(tree: &Node, mut pointer: String) -> String {
    for _ in 0..64 {
        let reference = tree.get(&pointer).and_then(|node| node.text_of("$ref"));
        match reference.and_then(|text| text.strip_prefix('#')) {
            Some(fragment) => pointer = percent_decode(fragment),
            None => break,
        }
    }
    pointer
}

/// Takes bodies and form fields out of a list, and raises those of the others that stand in it.
pub(super) fn keep_plain(tree: &mut Node, pointer: &str) {
    let count = tree.get(pointer).map_or(0, |list| list.items().len());
    let is_plain = |index: &usize| {
        let at = resolve(tree, join(pointer, &index.to_string()));
        let place = tree.get(&at).and_then(|node| node.text_of("in"));
        !matches!(place, Some("body" | "formData"))
    };
    let plain: Vec<usize> = (0..count).filter(is_plain).collect();
    let Some(list) = tree.get_mut(pointer) else {
        return;
    };
    if let Content::Sequence(items) = &mut list.content {
        let mut index = 0;
        items.retain(|_| {
            index += 1;
            plain.contains(&(index - 1))
        });
        items.iter_mut().for_each(raise_node);
    }
}

/// Raises the parameter at a pointer.
pub(super) fn raise(tree: &mut Node, pointer: &str) {
    if let Some(node) = tree.get_mut(pointer) {
        raise_node(node);
    }
}

fn raise_node(node: &mut Node) {
    let is_plain = matches!(node.text_of("in"), Some("path" | "query" | "header"));
    if !is_plain || node.member("schema").is_some() {
        return;
    }
    let format = node.take("collectionFormat");
    let schema = take_schema(node);
    let is_array = schema.text_of("type") == Some("array");
    node.set("schema", schema);
    if is_array {
        let format = format
            .as_ref()
            .and_then(Node::text)
            .unwrap_or("csv")
            .to_owned();
        set_style(node, &format);
    }
}

/// Swagger 2.0's `collectionFormat` as style and explode; tabs, which no style has, by an extension.
fn set_style(node: &mut Node, format: &str) {
    let place = node.place;
    let is_query = node.text_of("in") == Some("query");
    let style = match format {
        "ssv" if is_query => Some("spaceDelimited"),
        "pipes" if is_query => Some("pipeDelimited"),
        _ if is_query => Some("form"),
        _ => None,
    };
    if let Some(style) = style {
        node.set("style", Node::string(style, place));
    }
    let content = Content::Bool(format == "multi");
    node.set("explode", Node { content, place });
    if matches!(format, "tsv") || (!is_query && matches!(format, "ssv" | "pipes")) {
        node.set("x-collection-format", Node::string(format, place));
    }
}

/// The schema that stands in an object beside other things, taken out of it.
pub(super) fn take_schema(node: &mut Node) -> Node {
    let mut schema = Node::mapping(Vec::new(), node.place);
    for keyword in SCHEMA_KEYWORDS {
        if let Some(value) = node.take(keyword) {
            schema.set(keyword, value);
        }
    }
    raise_schema(&mut schema);
    schema
}

/// Its items are no schemas by the specification's word, but they are read as such.
fn raise_schema(node: &mut Node) {
    schema::raise(node, Draft::OpenApi30, &mut Vec::new());
    for entry in node.entries_mut() {
        if entry.key == "items" {
            raise_schema(&mut entry.value);
        }
    }
}
