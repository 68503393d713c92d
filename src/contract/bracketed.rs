//! A value as fields with bracketed names, as `conversation[title]` and `tags[]`.

use serde_json::Value;

/// An object's leaves with their names.
pub(super) fn fields(value: &Value) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    let members = value.as_object().into_iter().flatten();
    members.for_each(|(name, member)| add(name.clone(), member, &mut leaves));
    leaves
}

/// The leaves of a value below a name.
pub(super) fn below(name: &str, value: &Value) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    add(name.to_owned(), value, &mut leaves);
    leaves
}

fn add(name: String, value: &Value, leaves: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                add(format!("{name}[{key}]"), member, leaves);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| add(format!("{name}[]"), item, leaves)),
        other => leaves.push((name, text(other))),
    }
}

/// A value as the text that stands for it outside JSON: `null` is empty.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
