//! What schemas say of the properties of an object.

use serde_json::Value;

use super::conjunction::{Conjunction, Object};

/// The names of documented properties, in their order.
pub(super) fn declared<'d>(all: &Conjunction<'d>) -> Vec<&'d str> {
    let mut names: Vec<&str> = Vec::new();
    for properties in all.all("properties").filter_map(Value::as_object) {
        for name in properties.keys() {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    names
}

/// The schemas that the value of a property has to keep to.
pub(super) fn asked_of<'d>(all: &Conjunction<'d>, name: &str) -> Vec<&'d Value> {
    let mut asked = Vec::new();
    for schema in &all.schemas {
        asked.extend(asked_by(schema, name));
    }
    asked
}

fn asked_by<'d>(schema: &'d Object, name: &str) -> Vec<&'d Value> {
    let of = |keyword: &str| schema.get(keyword).and_then(Value::as_object);
    let mut asked: Vec<&Value> = of("properties")
        .and_then(|all| all.get(name))
        .into_iter()
        .collect();
    let patterns = of("patternProperties").into_iter().flatten();
    let matching = patterns.filter(|(pattern, _)| matches(pattern, name));
    asked.extend(matching.map(|(_, schema)| schema));
    if asked.is_empty() {
        asked.extend(schema.get("additionalProperties"));
    }
    asked
}

pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let schema = serde_json::json!({ "pattern": pattern });
    jsonschema::validator_for(&schema).is_ok_and(|validator| validator.is_valid(&Value::from(name)))
}
