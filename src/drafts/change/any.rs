//! Values of other types, and those that a schema lists.

use serde_json::{Value, json};

use super::said::Said;

/// More values of a list than this are not tried.
const MAX_LISTED: usize = 100;

/// A type and what makes a value of it.
type Made = (&'static str, fn() -> Value);

/// One value of each type, for places that have another. A number is no integer here.
const OTHERS: [Made; 6] = [
    ("string", || json!("mynah")),
    ("number", || json!(0.5)),
    ("boolean", || json!(true)),
    ("object", || json!({"mynah": true})),
    ("array", || json!(["mynah"])),
    ("null", || Value::Null),
];

/// Each listed value, one that is not listed, and one of each other type.
pub(super) fn others(said: &Said<'_>, value: &Value) -> Vec<Value> {
    let lists = said.all("enum").filter_map(Value::as_array);
    let listed: Vec<&Value> = lists.flatten().chain(said.all("const")).collect();
    let mut all: Vec<Value> = listed
        .iter()
        .take(MAX_LISTED)
        .map(|it| (*it).clone())
        .collect();
    if !listed.is_empty() {
        all.extend(unlisted(value));
    }
    for (name, make) in OTHERS {
        let is_of_number = name == "number" && said.has_type("integer");
        if !said.has_type(name) || name == "null" || is_of_number {
            all.push(make());
        }
    }
    all
}

/// A value of the same type that no list has.
fn unlisted(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => Some(format!("{text}-mynah").into()),
        Value::Number(_) => Some(json!(987_654_321)),
        Value::Bool(truth) => Some((!truth).into()),
        _ => None,
    }
}
