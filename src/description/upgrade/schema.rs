//! One schema object to what it means in JSON Schema 2020-12.

use super::Remark;
use crate::description::{
    draft::Draft,
    finding::FindingCode,
    grammar::DEFINITIONS,
    node::{Content, Node},
};

/// Raises a schema object, but not those inside it.
pub(super) fn raise(schema: &mut Node, draft: Draft, remarks: &mut Vec<Remark>) {
    name_dialect(schema, draft, remarks);
    if draft.has_references_alone() && schema.text_of("$ref").is_some() {
        keep_only_reference(schema);
        return;
    }
    drop_later_keywords(schema, draft, remarks);
    if draft == Draft::OpenApi30 {
        raise_nullable(schema);
        raise_file(schema);
        drop_required_flag(schema, remarks);
    }
    drop_repeated_names(schema, remarks);
    raise_exclusive(schema, "exclusiveMinimum", "minimum");
    raise_exclusive(schema, "exclusiveMaximum", "maximum");
    raise_item_list(schema);
    raise_dependencies(schema);
    bound_integers(schema);
}

/// Says of a schema what it is from here on, so that it is raised from an older draft only once.
fn name_dialect(schema: &mut Node, draft: Draft, remarks: &mut Vec<Remark>) {
    let named = schema.member("$schema");
    if let Some(remark) = named.and_then(unknown_dialect) {
        remarks.push(remark);
        return;
    }
    let is_old = (Draft::Draft04..Draft::Draft202012).contains(&draft);
    if is_old || named.is_some() {
        let place = named.map_or(schema.place, |named| named.place);
        schema.set("$schema", Node::string(Draft::NEWEST, place));
    }
}

/// A dialect of JSON Schema whose keywords are not known could ask for anything.
pub(super) fn unknown_dialect(dialect: &Node) -> Option<Remark> {
    let uri = dialect.text()?;
    if Draft::named(uri).is_some() {
        return None;
    }
    let message = format!("the dialect `{uri}` is not known; JSON Schema 2020-12 is");
    Some(Remark::fault(
        FindingCode::Unsupported,
        dialect.place,
        message,
    ))
}

/// What stands beside a reference that is alone says nothing, but references may lead there.
fn keep_only_reference(schema: &mut Node) {
    if let Content::Mapping(entries) = &mut schema.content {
        entries.retain(|entry| entry.key == "$ref" || DEFINITIONS.contains(&&*entry.key));
    }
}

/// A keyword says nothing in a draft that does not have it yet.
fn drop_later_keywords(schema: &mut Node, draft: Draft, remarks: &mut Vec<Remark>) {
    let Content::Mapping(entries) = &mut schema.content else {
        return;
    };
    entries.retain(|entry| {
        let is_known = Draft::since(&entry.key).is_none_or(|since| since <= draft);
        // OpenAPI 3.0 has none of them, but who writes one there means it.
        let is_known = is_known || (draft == Draft::OpenApi30 && entry.key != "$dynamicRef");
        if !is_known {
            let message = format!("`{}` says nothing in {}", entry.key, draft.name());
            remarks.push(Remark::left_out(entry.value.place, message));
        }
        is_known
    });
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
fn drop_required_flag(schema: &mut Node, remarks: &mut Vec<Remark>) {
    let is_flag = |node: &Node| matches!(node.content, Content::Bool(_));
    if !schema.member("required").is_some_and(is_flag) {
        return;
    }
    if let Some(flag) = schema.take("required") {
        let message =
            "`required` is a list of names in the schema around this one; here it says nothing";
        remarks.push(Remark::left_out(flag.place, message.to_owned()));
    }
}

/// A name that stands twice in `required` is no more required than once.
fn drop_repeated_names(schema: &mut Node, remarks: &mut Vec<Remark>) {
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
            false => {
                let message = format!("`{text}` stands here a second time");
                remarks.push(Remark::left_out(name.place, message));
            }
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
    if !schema.member("items").is_some_and(is_list) || schema.member("prefixItems").is_some() {
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
    for entry in dependencies.entries() {
        let keyword = match entry.value.content {
            Content::Sequence(_) => "dependentRequired",
            _ => "dependentSchemas",
        };
        if schema.member(keyword).is_none() {
            schema.set(keyword, Node::mapping(Vec::new(), dependencies.place));
        }
        if let Some(all) = schema.member_mut(keyword) {
            let both = all.member(&entry.key).map(|own| both(own, &entry.value));
            all.set(&entry.key, both.unwrap_or_else(|| entry.value.clone()));
        }
    }
}

/// Two lists of names, or two schemas, as one.
fn both(one: &Node, other: &Node) -> Node {
    let place = one.place;
    let items = [one, other]
        .into_iter()
        .flat_map(|node| node.items().iter().cloned());
    match (&one.content, &other.content) {
        (Content::Sequence(_), Content::Sequence(_)) => Node {
            content: Content::Sequence(items.collect()),
            place,
        },
        _ => {
            let content = Content::Sequence(vec![one.clone(), other.clone()]);
            Node::mapping(vec![("allOf", Node { content, place })], place)
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
            (
                json!({"dependencies": {"a": ["b"], "c": {}}, "dependentRequired": {"a": ["d"]}, "dependentSchemas": {"c": {"minProperties": 2}}}),
                json!({"dependentRequired": {"a": ["d", "b"]}, "dependentSchemas": {"c": {"allOf": [{"minProperties": 2}, {}]}}}),
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
