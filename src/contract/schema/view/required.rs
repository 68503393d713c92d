//! What is for the other direction is not required in this one (OpenAPI 3.1.1, "Schema Object": where
//! a `readOnly` property is required, that holds for replies only, and `writeOnly` the same for requests).
//! A reply has no `writeOnly` property at all; a `readOnly` one in a request is let pass, since clients
//! send back what they were given.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::{
    contract::direction::Direction,
    description::{Description, percent_decode, subschemas_mut},
};

/// Schemas refer to each other no deeper than this to say what one property is.
const MAX_DEPTH: usize = 16;

/// Takes the names of properties that do not go this way out of `required`, at every depth, and lets
/// replies have none of them.
pub(super) fn relax(description: &Description, schema: &mut Value, direction: Direction) {
    below(description, schema, direction, &HashSet::new());
}

fn below(
    description: &Description,
    schema: &mut Value,
    direction: Direction,
    around: &HashSet<String>,
) {
    let Value::Object(members) = schema else {
        return;
    };
    let mut excluded = around.clone();
    add_excluded(description, members, direction, 0, &mut excluded);
    if let Some(Value::Array(names)) = members.get_mut("required") {
        names.retain(|name| !name.as_str().is_some_and(|name| excluded.contains(name)));
    }
    leave_to_branches(description, members, direction);
    if let (Direction::Reply, Some(Value::Object(properties))) =
        (direction, members.get_mut("properties"))
    {
        for (_, property) in properties {
            if is_excluded(description, property, direction, 0) {
                *property = json!({ direction.excluded_by(): true, "allOf": [false] });
            }
        }
    }
    let nothing = HashSet::new();
    subschemas_mut(members, |keyword, schema| {
        // Branches are about the same object.
        let same = matches!(keyword, "allOf" | "anyOf" | "oneOf" | "then" | "else");
        let around = if same { &excluded } else { &nothing };
        below(description, schema, direction, around);
    });
}

/// What only some branches have as going the other way is required by the others, and no longer of all.
fn leave_to_branches(
    description: &Description,
    schema: &mut Map<String, Value>,
    direction: Direction,
) {
    // A discriminator takes the branches as they stand elsewhere.
    if schema.contains_key("discriminator") || !schema.contains_key("required") {
        return;
    }
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(branches)) = schema.get(keyword) else {
            continue;
        };
        let excluded: Vec<HashSet<String>> = branches
            .iter()
            .map(|branch| excluded_by(description, branch, direction))
            .collect();
        let is_left = |name: &Value| {
            let name = name.as_str().unwrap_or_default();
            excluded.iter().any(|names| names.contains(name))
        };
        let mut left = Vec::new();
        if let Some(Value::Array(names)) = schema.get_mut("required") {
            (left, *names) = std::mem::take(names).into_iter().partition(is_left);
        }
        let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
            continue;
        };
        for (branch, excluded) in branches.iter_mut().zip(&excluded) {
            let own = |name: &&Value| !name.as_str().is_some_and(|name| excluded.contains(name));
            require(branch, left.iter().filter(own).cloned());
        }
    }
}

fn excluded_by(description: &Description, branch: &Value, direction: Direction) -> HashSet<String> {
    let mut excluded = HashSet::new();
    if let Value::Object(branch) = branch {
        add_excluded(description, branch, direction, 0, &mut excluded);
    }
    excluded
}

fn require(schema: &mut Value, names: impl Iterator<Item = Value>) {
    let names: Vec<Value> = names.collect();
    match schema {
        Value::Object(members) if !names.is_empty() => {
            let required = members.entry("required").or_insert_with(|| json!([]));
            if let Value::Array(required) = required {
                required.extend(names);
            }
        }
        Value::Bool(true) if !names.is_empty() => *schema = json!({ "required": names }),
        _ => {}
    }
}

/// Adds the properties of an object that do not go this way, wherever its parts describe them.
fn add_excluded(
    description: &Description,
    schema: &Map<String, Value>,
    direction: Direction,
    depth: usize,
    excluded: &mut HashSet<String>,
) {
    if depth > MAX_DEPTH {
        return;
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        if is_excluded(description, property, direction, depth) {
            excluded.insert(name.clone());
        }
    }
    for part in parts(description, schema) {
        add_excluded(description, part, direction, depth + 1, excluded);
    }
}

fn is_excluded(
    description: &Description,
    property: &Value,
    direction: Direction,
    depth: usize,
) -> bool {
    let Value::Object(schema) = property else {
        return false;
    };
    schema.get(direction.excluded_by()) == Some(&Value::Bool(true))
        || (depth < MAX_DEPTH
            && parts(description, schema)
                .any(|part| part.get(direction.excluded_by()) == Some(&Value::Bool(true))))
}

/// What a schema consists of beside its own keywords: what `$ref` leads to, and `allOf`.
fn parts<'d>(
    description: &'d Description,
    schema: &'d Map<String, Value>,
) -> impl Iterator<Item = &'d Map<String, Value>> {
    let all = schema.get("allOf").and_then(Value::as_array);
    let inline = all.into_iter().flatten();
    let referred = std::iter::once(schema)
        .chain(inline.clone().filter_map(Value::as_object))
        .filter_map(|schema| schema.get("$ref")?.as_str()?.strip_prefix('#'))
        .filter_map(|fragment| description.at(&percent_decode(fragment)));
    inline.chain(referred).filter_map(Value::as_object)
}
