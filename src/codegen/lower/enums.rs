//! Enumerations whose values cannot all be variants of one enum.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::codegen::{names::type_name, notes::Notes};

/// Opens an enumeration that the generator finds no names for: the type is that of its values.
pub(super) fn lower(name: &str, schema: &mut Value, notes: &mut Notes) {
    let Value::Object(object) = schema else {
        return;
    };
    let Some(Value::Array(values)) = object.get("enum") else {
        return;
    };
    let reason = if is_mixed(values) {
        "are of several types"
    } else if !have_names(values) {
        "differ in signs only"
    } else {
        return;
    };
    let shown = values
        .iter()
        .map(Value::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    notes.add(format!(
        "`{name}`: the values {shown} {reason}, so the type allows others."
    ));
    if values.contains(&Value::Null) {
        object.insert("nullable".to_owned(), Value::Bool(true));
    }
    open(object);
}

fn open(object: &mut Map<String, Value>) {
    let removed = object.remove("enum");
    let all_strings = removed
        .as_ref()
        .and_then(Value::as_array)
        .is_some_and(|values| {
            values
                .iter()
                .all(|value| value.is_string() || value.is_null())
        });
    if all_strings && !object.contains_key("type") {
        object.insert("type".to_owned(), Value::from("string"));
    }
}

fn is_mixed(values: &[Value]) -> bool {
    let kinds: HashSet<_> = values
        .iter()
        .filter(|value| !value.is_null())
        .map(std::mem::discriminant)
        .collect();
    kinds.len() > 1
}

/// Whether the generator can name the values apart, at the latest with signs written as letters.
fn have_names(values: &[Value]) -> bool {
    let texts: Vec<_> = values.iter().filter_map(Value::as_str).collect();
    let differ = |names: Vec<String>| names.iter().collect::<HashSet<_>>().len() == names.len();
    let is_sign = |c: char| c == '_' || !c.is_alphanumeric();
    differ(texts.iter().map(|text| type_name(text)).collect())
        || differ(
            texts
                .iter()
                .map(|text| type_name(&text.replace(is_sign, "X")))
                .collect(),
        )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_without_names_of_their_own_are_plain_text() {
        for (written, want) in [
            (
                json!({"type": "string", "enum": ["agent", "contact"]}),
                None,
            ),
            (
                json!({"enum": ["a-b", "a_b"]}),
                Some(json!({"type": "string"})),
            ),
            (
                json!({"type": "string", "enum": ["a", "A", null]}),
                Some(json!({"type": "string", "nullable": true})),
            ),
            (json!({"enum": [">", "<"]}), Some(json!({"type": "string"}))),
            (json!({"type": "string", "enum": ["<", "ab"]}), None),
            (json!({"enum": ["a", 1]}), Some(json!({}))),
            (json!({"type": "integer", "enum": [1, 2]}), None),
        ] {
            let mut lowered = written.clone();
            let mut notes = Notes::default();
            lower("State", &mut lowered, &mut notes);
            assert_eq!(
                notes.iter().count(),
                usize::from(want.is_some()),
                "{written}"
            );
            assert_eq!(lowered, want.unwrap_or(written));
        }
    }
}
