//! Raising a document to the 3.1 dialect (JSON Schema 2020-12), so that everything after knows one.
//!
//! Nothing moves: each pointer stays what it is in the source.

use serde_json::{Map, Value};

use super::{Source, finding::Finding, finding::FindingCode, node::Node};

/// The document in the 3.1 dialect.
///
/// # Errors
/// A [`Finding`] when this is not an OpenAPI 3.0 or 3.1 document.
pub(super) fn to_31(written: &Value, source: &Source, tree: &Node) -> Result<Value, Finding> {
    let version = written.get("openapi");
    let fault = |pointer: &str, message: String| {
        Err(Finding::error(
            FindingCode::Version,
            tree.locate(&source.name, pointer),
            message,
        ))
    };
    let Some(version) = version else {
        let message = "this is not an OpenAPI description: no `openapi: 3.x.y` at its top";
        return fault("", message.to_owned());
    };
    let text = version
        .as_str()
        .map_or_else(|| version.to_string(), str::to_owned);
    let mut root = written.clone();
    match text.split('.').take(2).collect::<Vec<_>>()[..] {
        ["3", "0"] => raise_30(&mut root),
        ["3", "1"] => {}
        _ => {
            let message = format!("OpenAPI {text} is not read yet; 3.0 and 3.1 are");
            return fault("/openapi", message);
        }
    }
    Ok(root)
}

/// Raises each schema object of a 3.0 document.
fn raise_30(node: &mut Value) {
    match node {
        Value::Object(object) => {
            for (key, child) in object.iter_mut() {
                match key.as_str() {
                    "schema" => raise_schema(child),
                    "schemas" => each(child, raise_schema),
                    // Maps by name: a response may be called `default`, a header `example`.
                    "responses" | "headers" | "content" | "encoding" | "paths" | "callbacks"
                    | "requestBodies" => each(child, raise_30),
                    "parameters" if child.is_object() => each(child, raise_30),
                    // Data, not description: a key named `schema` inside means nothing.
                    "example" | "examples" | "default" | "enum" => {}
                    _ => raise_30(child),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(raise_30),
        _ => {}
    }
}

/// One 3.0 schema object and those inside it (OpenAPI 3.0.3, "Schema Object").
fn raise_schema(schema: &mut Value) {
    let Value::Object(object) = schema else {
        return;
    };
    if object.contains_key("$ref") {
        // In 3.0 whatever stands beside `$ref` is ignored; in 3.1 it would count.
        object.retain(|key, _| key == "$ref");
        return;
    }
    raise_nullable(object);
    raise_exclusive(object, "exclusiveMinimum", "minimum");
    raise_exclusive(object, "exclusiveMaximum", "maximum");
    bound_integers(object);
    for (key, child) in object.iter_mut() {
        match key.as_str() {
            "properties" => each(child, raise_schema),
            "items" | "not" | "additionalProperties" => raise_schema(child),
            "allOf" | "anyOf" | "oneOf" => {
                if let Value::Array(schemas) = child {
                    schemas.iter_mut().for_each(raise_schema);
                }
            }
            _ => {}
        }
    }
}

/// `nullable: true` adds `null` to `type`; without a `type` it means nothing (3.0.3 clarification).
fn raise_nullable(object: &mut Map<String, Value>) {
    if object.get("nullable") != Some(&Value::Bool(true)) {
        return;
    }
    if let Some(Value::String(name)) = object.get("type") {
        let name = name.clone();
        object.insert(
            "type".to_owned(),
            Value::from(vec![name, "null".to_owned()]),
        );
    }
}

fn raise_exclusive(object: &mut Map<String, Value>, exclusive: &str, limit: &str) {
    match object.get(exclusive) {
        Some(Value::Bool(true)) => match object.remove(limit) {
            Some(bound) => drop(object.insert(exclusive.to_owned(), bound)),
            None => drop(object.remove(exclusive)),
        },
        Some(Value::Bool(false)) => drop(object.remove(exclusive)),
        _ => {}
    }
}

/// `format: int32` and `int64` are ranges, which JSON Schema can only assert as bounds.
fn bound_integers(object: &mut Map<String, Value>) {
    let (low, high) = match object.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("int64") => (i64::MIN, i64::MAX),
        _ => return,
    };
    let free = |keys: [&str; 2]| keys.iter().all(|key| !object.contains_key(*key));
    let (low_free, high_free) = (
        free(["minimum", "exclusiveMinimum"]),
        free(["maximum", "exclusiveMaximum"]),
    );
    if low_free {
        object.insert("minimum".to_owned(), Value::from(low));
    }
    if high_free {
        object.insert("maximum".to_owned(), Value::from(high));
    }
}

fn each(object: &mut Value, raise: fn(&mut Value)) {
    if let Value::Object(children) = object {
        children.values_mut().for_each(raise);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
                json!({"$ref": "#/x", "description": "ignored"}),
                json!({"$ref": "#/x"}),
            ),
            (
                json!({"type": "integer", "format": "int32", "minimum": 0}),
                json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 2_147_483_647}),
            ),
            (
                json!({"properties": {"nullable": {"items": {"type": "object", "nullable": true}}}}),
                json!({"properties": {"nullable": {"items": {"type": ["object", "null"], "nullable": true}}}}),
            ),
        ] {
            let mut raised = written.clone();
            raise_schema(&mut raised);
            assert_eq!(raised, want, "{written}");
        }
    }

    #[test]
    fn examples_are_data_and_stay_untouched() {
        let written = json!({"content": {"application/json": {
            "schema": {"type": "string", "nullable": true},
            "example": {"schema": {"type": "string", "nullable": true}},
        }}});
        let mut raised = written.clone();
        raise_30(&mut raised);
        assert_eq!(
            raised["content"]["application/json"]["example"],
            written["content"]["application/json"]["example"]
        );
        assert_eq!(
            raised["content"]["application/json"]["schema"]["type"],
            json!(["string", "null"])
        );
    }

    #[test]
    fn names_are_not_keywords() {
        let schema = json!({"type": "string", "nullable": true});
        let mut root =
            json!({"responses": {"default": {"headers": {"example": {"schema": schema}}}}});
        raise_30(&mut root);
        let raised = root.pointer("/responses/default/headers/example/schema/type");
        assert_eq!(raised, Some(&json!(["string", "null"])));
    }
}
