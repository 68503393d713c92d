//! One schema object to what it means in JSON Schema 2020-12.

use super::LeftOut;
use crate::description::{
    dialect::Dialect,
    node::{Content, Node},
};

/// Raises a schema object, but not those inside it.
pub(super) fn raise(schema: &mut Node, dialect: Dialect, left_out: &mut Vec<LeftOut>) {
    if dialect != Dialect::OpenApi31 {
        if schema.member("$ref").is_some_and(|it| it.text().is_some()) {
            // Before 3.1 whatever stands beside `$ref` is ignored; in 3.1 it would count.
            keep_only_reference(schema);
            return;
        }
        raise_nullable(schema);
        raise_file(schema);
        drop_required_flag(schema, left_out);
    }
    drop_repeated_names(schema, left_out);
    raise_exclusive(schema, "exclusiveMinimum", "minimum");
    raise_exclusive(schema, "exclusiveMaximum", "maximum");
    raise_item_list(schema);
    raise_dependencies(schema);
    bound_integers(schema);
}

fn keep_only_reference(schema: &mut Node) {
    if let Content::Mapping(entries) = &mut schema.content {
        entries.retain(|entry| entry.key == "$ref");
    }
}

/// `nullable: true` adds `null` to `type`; without a `type` it means nothing (3.0.3 clarification).
fn raise_nullable(schema: &mut Node) {
    if !schema.flag_of("nullable") && !schema.flag_of("x-nullable") {
        return;
    }
    let Some(name) = schema.member("type") else {
        return;
    };
    if name.text().is_some_and(|name| name != "null") {
        let (name, place) = (name.clone(), name.place);
        let both = vec![name, Node::string("null", place)];
        let content = Content::Sequence(both);
        schema.set("type", Node { content, place });
    }
}

/// Swagger 2.0's `type: file` is any bytes.
fn raise_file(schema: &mut Node) {
    if schema.text_of("type") == Some("file") {
        let place = schema.place;
        schema.set("type", Node::string("string", place));
        schema.set("format", Node::string("binary", place));
    }
}

/// `required: true` on a property is from before JSON Schema had lists of names, and says nothing.
fn drop_required_flag(schema: &mut Node, left_out: &mut Vec<LeftOut>) {
    let is_flag = |node: &Node| matches!(node.content, Content::Bool(_));
    if !schema.member("required").is_some_and(is_flag) {
        return;
    }
    if let Some(flag) = schema.take("required") {
        left_out.push(LeftOut {
            place: flag.place,
            message:
                "`required` is a list of names in the schema around this one; here it says nothing"
                    .to_owned(),
        });
    }
}

/// A name that stands twice in `required` is no more required than once.
fn drop_repeated_names(schema: &mut Node, left_out: &mut Vec<LeftOut>) {
    let Some(required) = schema.member_mut("required") else {
        return;
    };
    let Content::Sequence(names) = &mut required.content else {
        return;
    };
    let mut seen: Vec<String> = Vec::new();
    names.retain(|name| {
        let Some(text) = name.text() else {
            return true;
        };
        let is_new = !seen.iter().any(|other| other == text);
        match is_new {
            true => seen.push(text.to_owned()),
            false => left_out.push(LeftOut {
                place: name.place,
                message: format!("`{text}` stands here a second time"),
            }),
        }
        is_new
    });
}

/// A boolean `exclusiveMinimum` says of `minimum` that it is not reached.
fn raise_exclusive(schema: &mut Node, exclusive: &str, limit: &str) {
    match schema.member(exclusive).map(|node| &node.content) {
        Some(Content::Bool(true)) => {
            schema.take(exclusive);
            if let Some(bound) = schema.take(limit) {
                schema.set(exclusive, bound);
            }
        }
        Some(Content::Bool(false)) => drop(schema.take(exclusive)),
        _ => {}
    }
}

/// `items` as a list of schemas is `prefixItems`, and `additionalItems` beside it `items`.
fn raise_item_list(schema: &mut Node) {
    let is_list = |node: &Node| matches!(node.content, Content::Sequence(_));
    if !schema.member("items").is_some_and(is_list) {
        return;
    }
    if let Some(items) = schema.take("items") {
        schema.set("prefixItems", items);
    }
    if let Some(additional) = schema.take("additionalItems") {
        schema.set("items", additional);
    }
}

/// `dependencies` is `dependentRequired` and `dependentSchemas` in one.
fn raise_dependencies(schema: &mut Node) {
    let Some(dependencies) = schema.take("dependencies") else {
        return;
    };
    let place = dependencies.place;
    let mut required = Node::mapping(Vec::new(), place);
    let mut schemas = Node::mapping(Vec::new(), place);
    for entry in dependencies.entries() {
        let target = match entry.value.content {
            Content::Sequence(_) => &mut required,
            _ => &mut schemas,
        };
        target.set(&entry.key, entry.value.clone());
    }
    for (keyword, node) in [
        ("dependentRequired", required),
        ("dependentSchemas", schemas),
    ] {
        if !node.entries().is_empty() && schema.member(keyword).is_none() {
            schema.set(keyword, node);
        }
    }
}

/// `format: int32` and `int64` are ranges, which JSON Schema can only assert as bounds.
fn bound_integers(schema: &mut Node) {
    let (low, high) = match schema.text_of("format") {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("int64") => (i64::MIN, i64::MAX),
        _ => return,
    };
    let Some(place) = schema.member("format").map(|format| format.place) else {
        return;
    };
    let free = |schema: &Node, keys: [&str; 2]| keys.iter().all(|key| schema.member(key).is_none());
    for (keys, bound) in [
        (["minimum", "exclusiveMinimum"], low),
        (["maximum", "exclusiveMaximum"], high),
    ] {
        if free(schema, keys) {
            let content = Content::Number(bound.to_string());
            schema.set(keys[0], Node { content, place });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::description::{Description, Source};

    /// A schema as it is in a description of a version, raised.
    fn raised(version: &str, schema: &Value) -> Value {
        let root = json!({"openapi": version, "components": {"schemas": {"X": schema}}});
        let source = Source::new("x.json", root.to_string());
        Description::load(source).unwrap().root()["components"]["schemas"]["X"].clone()
    }

    #[test]
    fn a_30_schema_means_the_same_in_31() {
        for (written, want) in [
            (
                json!({"type": "string", "nullable": true}),
                json!({"type": ["string", "null"], "nullable": true}),
            ),
            (json!({"nullable": true}), json!({"nullable": true})),
            (
                json!({"minimum": 1, "exclusiveMinimum": true}),
                json!({"exclusiveMinimum": 1}),
            ),
            (
                json!({"maximum": 9, "exclusiveMaximum": false}),
                json!({"maximum": 9}),
            ),
            (
                json!({"type": "integer", "format": "int32", "minimum": 0}),
                json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 2_147_483_647}),
            ),
            (
                json!({"properties": {"nullable": {"items": {"type": "object", "nullable": true}}}}),
                json!({"properties": {"nullable": {"items": {"type": ["object", "null"], "nullable": true}}}}),
            ),
            (
                json!({"properties": {"a": {"type": "string", "required": true}}}),
                json!({"properties": {"a": {"type": "string"}}}),
            ),
            (
                json!({"items": [{"type": "string"}], "additionalItems": false}),
                json!({"prefixItems": [{"type": "string"}], "items": false}),
            ),
            (
                json!({"dependencies": {"a": ["b"], "c": {"minProperties": 2}}}),
                json!({"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"minProperties": 2}}}),
            ),
        ] {
            assert_eq!(raised("3.0.3", &written), want, "{written}");
        }
    }

    #[test]
    fn only_31_minds_what_stands_beside_a_reference() {
        let written =
            json!({"properties": {"a": {"$ref": "#/components/schemas/X", "minLength": 1}}});
        let bare = json!({"$ref": "#/components/schemas/X"});
        assert_eq!(raised("3.0.3", &written)["properties"]["a"], bare);
        assert_eq!(raised("3.1.0", &written), written);
    }

    #[test]
    fn data_stays_untouched() {
        for keyword in ["example", "default", "const", "x-more"] {
            let data = json!({"type": "string", "nullable": true, "exclusiveMinimum": true});
            let written = json!({ keyword: data });
            assert_eq!(raised("3.0.3", &written), written);
        }
        let named = json!({"properties": {"example": {"type": "string", "nullable": true}}});
        let want = json!(["string", "null"]);
        assert_eq!(
            raised("3.0.3", &named)["properties"]["example"]["type"],
            want
        );
    }
}
