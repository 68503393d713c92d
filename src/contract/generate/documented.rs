//! The values that the document itself gives.

use serde_json::Value;

use super::{
    conjunction::{Conjunction, Object, list},
    plan::Plan,
};

/// What the document gives as whole values, the best first. An object that only a part of the
/// schemas speaks of is none: see [`members`].
pub(super) fn values<'d>(plan: &Plan<'d>) -> Vec<&'d Value> {
    let all = &plan.all;
    let own = all.schemas.iter().flat_map(|schema| shown(schema));
    let mut values: Vec<&Value> = own.filter(|value| !is_part(value, all)).collect();
    values.extend(all.all("const"));
    // An empty default says what is stored when nothing is sent, and shows nothing.
    values.extend(all.all("default").filter(|value| !is_empty(value)));
    values.extend(all.schemas.iter().flat_map(|schema| list(schema, "enum")));
    values.retain(|value| all.lists(value));
    let mut distinct: Vec<&Value> = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct.sort_by_key(|value| value.is_null() && !is_shown(value, all));
    distinct
}

/// What the examples of objects give for a member.
pub(super) fn members<'d>(all: &Conjunction<'d>, name: &str) -> Vec<&'d Value> {
    let examples = all.schemas.iter().flat_map(|schema| shown(schema));
    examples.filter_map(|example| example.get(name)).collect()
}

fn shown(schema: &Object) -> impl Iterator<Item = &Value> {
    schema
        .get("example")
        .into_iter()
        .chain(list(schema, "examples"))
}

fn is_shown(value: &Value, all: &Conjunction<'_>) -> bool {
    let mut examples = all.schemas.iter().flat_map(|schema| shown(schema));
    examples.any(|example| example == value)
}

/// Whether an object lacks what the schemas require, or knows of only one of several.
fn is_part(value: &Value, all: &Conjunction<'_>) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    let is_described = |schema: &&&Object| schema.contains_key("properties");
    let described = all.schemas.iter().filter(is_described);
    let is_foreign = |schema: &&Object| {
        let properties = schema.get("properties").and_then(Value::as_object);
        properties.is_some_and(|all| {
            !all.is_empty() && !all.keys().any(|name| members.contains_key(name))
        })
    };
    described.clone().count() > 1 && described.copied().any(|schema| is_foreign(&schema))
        || all
            .required()
            .iter()
            .any(|name| !members.contains_key(*name))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}
