//! Which types of values are allowed.

use serde_json::Value;

use super::{both::Both, view::View};
use crate::diff::{ChangeRule, text::listed};

/// Types, one bit each. A number is an integer or has a fraction.
pub(super) type Kinds = u8;

pub(super) const NONE: Kinds = 0;
const NULL: Kinds = 1;
const BOOLEAN: Kinds = 1 << 1;
pub(super) const OBJECT: Kinds = 1 << 2;
pub(super) const ARRAY: Kinds = 1 << 3;
const INTEGER: Kinds = 1 << 4;
pub(super) const NUMBER: Kinds = INTEGER | 1 << 5;
pub(super) const STRING: Kinds = 1 << 6;
const ANY: Kinds = NULL | BOOLEAN | OBJECT | ARRAY | NUMBER | STRING;

/// Compares the types; gives those that both allow.
pub(super) fn compare(both: &mut Both<'_, '_>) -> Kinds {
    let (old, new) = (allowed(&both.old), allowed(&both.new));
    let common = old & new;
    let rule = match (new & !old, old & !new) {
        (NONE, NONE) => return common,
        (NULL, NONE) => ChangeRule::NullAdded,
        (NONE, NULL) => ChangeRule::NullRemoved,
        (_, NONE) => ChangeRule::TypeWidened,
        (NONE, _) => ChangeRule::TypeNarrowed,
        _ => ChangeRule::TypeChanged,
    };
    let message = match rule {
        ChangeRule::NullAdded => "`null` is allowed now".to_owned(),
        ChangeRule::NullRemoved => "`null` is allowed no more".to_owned(),
        _ => format!("the type was {} and is {}", named(old), named(new)),
    };
    both.tell(rule, "type", message);
    common
}

/// The types that a schema allows: those it names, else those of the values that it lists.
pub(super) fn allowed(view: &View<'_>) -> Kinds {
    let mut allowed = ANY;
    for stated in view.all("type") {
        let items = stated.items();
        let named = items.iter().map(|item| item.value);
        let named = named.chain((!stated.value.is_array()).then_some(stated.value));
        allowed &= named.map(of_name).fold(NONE, |all, one| all | one);
    }
    if view.has("type") {
        return allowed;
    }
    for values in view.all("enum") {
        let values = values.items();
        allowed &= values
            .iter()
            .fold(NONE, |all, one| all | of_value(one.value));
    }
    // `const: null` is a value like others.
    for value in view.parts.iter().filter_map(|part| part.value.get("const")) {
        allowed &= of_value(value);
    }
    allowed
}

fn of_name(name: &Value) -> Kinds {
    match name.as_str() {
        Some("null") => NULL,
        Some("boolean") => BOOLEAN,
        Some("object") => OBJECT,
        Some("array") => ARRAY,
        Some("integer") => INTEGER,
        Some("number") => NUMBER,
        // Files of Swagger 2.0 are bytes.
        Some("string" | "file") => STRING,
        // Told as malformed; what it allows, nobody knows.
        _ => ANY,
    }
}

fn of_value(value: &Value) -> Kinds {
    match value {
        Value::Null => NULL,
        Value::Bool(_) => BOOLEAN,
        Value::Object(_) => OBJECT,
        Value::Array(_) => ARRAY,
        Value::Number(number)
            if number.is_f64() && number.as_f64().is_some_and(|it| it.fract() != 0.0) =>
        {
            NUMBER & !INTEGER
        }
        Value::Number(_) => INTEGER,
        Value::String(_) => STRING,
    }
}

fn named(kinds: Kinds) -> String {
    if kinds == ANY {
        return "any".to_owned();
    }
    let names = [
        (NULL, "null"),
        (BOOLEAN, "boolean"),
        (OBJECT, "object"),
        (ARRAY, "array"),
        (NUMBER, "number"),
        (STRING, "string"),
    ];
    let mut list = Vec::new();
    for (kind, name) in names {
        match kinds & kind {
            NONE => {}
            INTEGER => list.push("`integer`".to_owned()),
            _ => list.push(format!("`{name}`")),
        }
    }
    match list.is_empty() {
        true => "none".to_owned(),
        false => listed(list),
    }
}
