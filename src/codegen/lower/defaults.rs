//! Defaults that their own schema refuses, or that no field can have.

use serde_json::Value;

use crate::codegen::{notes::Notes, schemas::Schemas};

/// Removes a default that cannot be a value of the generated type.
pub(super) fn lower(name: &str, schema: &mut Value, schemas: &Schemas, notes: &mut Notes) {
    let Some(default) = schema.get("default") else {
        return;
    };
    if fits(default, schema, schemas) {
        return;
    }
    notes.add(format!(
        "`{name}`: the default {default} is no value of its type and is left out."
    ));
    if let Value::Object(object) = schema {
        object.remove("default");
    }
}

/// Whether a default surely is a value of the type. Lists and objects with something in them are not looked into.
fn fits(default: &Value, schema: &Value, schemas: &Schemas) -> bool {
    let schema = schemas.resolve(schema);
    let kind = schema.get("type").and_then(Value::as_str);
    let listed = schema
        .get("enum")
        .and_then(Value::as_array)
        .is_none_or(|values| values.contains(default));
    let has_format = schema.get("format").is_some();
    listed
        && match default {
            Value::Bool(_) => kind == Some("boolean"),
            Value::Number(number) => {
                kind == Some("number")
                    || kind == Some("integer") && (number.is_i64() || number.is_u64())
            }
            // A format may be a type of its own, with values of its own.
            Value::String(_) => kind == Some("string") && !has_format,
            Value::Array(items) => kind == Some("array") && items.is_empty(),
            Value::Null | Value::Object(_) => false,
        }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_fitting_defaults_stay() {
        for (written, stays) in [
            (json!({"type": "boolean", "default": false}), true),
            (json!({"type": "boolean", "default": "false"}), false),
            (json!({"type": "integer", "default": 1}), true),
            (json!({"type": "integer", "default": 1.5}), false),
            (
                json!({"type": "string", "enum": ["a"], "default": "b"}),
                false,
            ),
            (
                json!({"type": "string", "format": "date-time", "default": "now"}),
                false,
            ),
            (
                json!({"type": "string", "nullable": true, "default": null}),
                false,
            ),
            (json!({"type": "array", "default": []}), true),
            (json!({"type": "object", "default": {}}), false),
        ] {
            let mut lowered = written.clone();
            let mut notes = Notes::default();
            lower("A", &mut lowered, &Schemas::default(), &mut notes);
            assert_eq!(lowered.get("default").is_some(), stays, "{written}");
            assert_eq!(notes.iter().count(), usize::from(!stays), "{written}");
        }
    }
}
