//! Schemas in the 3.1 dialect, written as OpenAPI 3.0 has them.

use serde_json::{Map, Value, json};

use crate::codegen::notes::Notes;

/// Lowers what 3.1 writes in another way than 3.0, or what 3.0 cannot say.
pub(super) fn lower(name: &str, schema: &mut Value, notes: &mut Notes) {
    match schema {
        Value::Bool(true) => *schema = json!({}),
        Value::Bool(false) => *schema = json!({"not": {}}),
        Value::Object(object) => {
            lower_type(name, object, notes);
            lower_null_branch(object);
            lower_const(object);
            for keyword in ["$schema", "$id", "$defs", "examples"] {
                object.remove(keyword);
            }
        }
        _ => {}
    }
}

/// `type: [T, "null"]` is `type: T` with `nullable`.
fn lower_type(name: &str, object: &mut Map<String, Value>, notes: &mut Notes) {
    if object.get("type").is_some_and(|kind| kind == "null") {
        object.remove("type");
        object.insert("enum".to_owned(), json!([null]));
    }
    let Some(Value::Array(kinds)) = object.get("type") else {
        return;
    };
    let mut kinds = kinds.clone();
    let before = kinds.len();
    kinds.retain(|kind| kind != "null");
    if kinds.len() < before {
        object.insert("nullable".to_owned(), Value::Bool(true));
    }
    match kinds.as_slice() {
        [kind] => drop(object.insert("type".to_owned(), kind.clone())),
        _ => {
            object.remove("type");
            notes.add(format!("`{name}`: a value of several types is any value."));
        }
    }
}

/// `anyOf: [X, {type: "null"}]` is X with `nullable`.
fn lower_null_branch(object: &mut Map<String, Value>) {
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = object.get_mut(keyword) else {
            continue;
        };
        let before = branches.len();
        branches.retain(|branch| branch.get("type").is_none_or(|kind| kind != "null"));
        if branches.len() == before {
            continue;
        }
        object.insert("nullable".to_owned(), Value::Bool(true));
        if let Some(Value::Array(branches)) = object.remove(keyword) {
            let keyword = if branches.len() == 1 {
                "allOf"
            } else {
                keyword
            };
            object.insert(keyword.to_owned(), Value::Array(branches));
        }
    }
}

/// `const: x` is `enum: [x]`.
fn lower_const(object: &mut Map<String, Value>) {
    if let Some(value) = object.remove("const") {
        object.insert("enum".to_owned(), json!([value]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_31_schema_means_the_same_in_30() {
        let reference = json!({"$ref": "#/components/schemas/A"});
        for (written, want) in [
            (
                json!({"type": ["string", "null"]}),
                json!({"type": "string", "nullable": true}),
            ),
            (json!({"type": ["string", "integer"]}), json!({})),
            (json!({"type": "null"}), json!({"enum": [null]})),
            (json!({"const": 1}), json!({"enum": [1]})),
            (
                json!({"anyOf": [reference, {"type": "null"}]}),
                json!({"nullable": true, "allOf": [reference]}),
            ),
            (
                json!({"oneOf": [reference, {}, {"type": "null"}]}),
                json!({"nullable": true, "oneOf": [reference, {}]}),
            ),
            (
                json!({"type": "string", "examples": ["a"]}),
                json!({"type": "string"}),
            ),
            (json!(true), json!({})),
            (json!(false), json!({"not": {}})),
        ] {
            let mut lowered = written.clone();
            lower("A", &mut lowered, &mut Notes::default());
            assert_eq!(lowered, want, "{written}");
        }
    }
}
