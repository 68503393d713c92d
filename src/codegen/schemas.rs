//! The named schemas of a document while it is lowered: found by name, added to, traced back.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use super::{document::schema_name, names::type_name};
use crate::description::join;

/// The schemas under `components`, with those that lowering adds.
#[derive(Debug, Default, Clone)]
pub(super) struct Schemas {
    /// By name, in the order of the document.
    pub map: Map<String, Value>,
    /// Where in the description each one comes from.
    origins: BTreeMap<String, String>,
}

impl Schemas {
    /// The schemas of a document.
    pub fn of(document: &Value) -> Self {
        let written = document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let map = written.cloned().unwrap_or_default();
        let origin = |name: &String| (name.clone(), join("/components/schemas", name));
        Self {
            origins: map.keys().map(origin).collect(),
            map,
        }
    }

    /// Adds a schema under this name, or a free one like it, and gives the name.
    pub fn add(&mut self, wanted: &str, schema: Value, origin: &str) -> String {
        let name = self.free_name(wanted);
        self.map.insert(name.clone(), schema);
        self.origins.insert(name.clone(), origin.to_owned());
        name
    }

    /// Where in the description a schema comes from.
    pub fn origin(&self, name: &str) -> &str {
        self.origins
            .get(name)
            .map_or("/components/schemas", String::as_str)
    }

    /// The schema that comes from a place in the description.
    pub fn at_origin(&self, pointer: &str) -> Option<&str> {
        let found = self.origins.iter().find(|(_, origin)| *origin == pointer);
        found.map(|(name, _)| name.as_str())
    }

    /// The schema that a schema stands for: itself, or what its reference leads to.
    pub fn resolve<'s>(&'s self, mut schema: &'s Value) -> &'s Value {
        for _ in 0..64 {
            match schema_name(schema).and_then(|name| self.map.get(&name)) {
                Some(target) => schema = target,
                None => break,
            }
        }
        schema
    }

    /// The names that a value of this schema must have, also by way of `allOf`.
    pub fn required<'s>(&'s self, schema: &'s Value) -> HashSet<&'s str> {
        self.required_within(schema, 16)
    }

    fn required_within<'s>(&'s self, schema: &'s Value, depth: usize) -> HashSet<&'s str> {
        let schema = self.resolve(schema);
        let list = |key: &str| {
            schema
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let mut names: HashSet<_> = list("required").filter_map(Value::as_str).collect();
        // A schema may be part of itself; nobody nests this deep on purpose.
        if depth > 0 {
            names.extend(list("allOf").flat_map(|part| self.required_within(part, depth - 1)));
        }
        names
    }

    /// Names that differ only as Rust does not tell apart would become one type.
    fn free_name(&self, wanted: &str) -> String {
        let taken: HashSet<_> = self.map.keys().map(|name| type_name(name)).collect();
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        std::iter::once(wanted.to_owned())
            .chain(numbered)
            .find(|name| !taken.contains(&type_name(name)))
            .unwrap_or_else(|| wanted.to_owned())
    }
}

/// Visits a schema and those inside it, the outer before the inner.
pub(super) fn visit(schema: &mut Value, visitor: &mut dyn FnMut(&mut Value)) {
    visitor(schema);
    let Value::Object(object) = schema else {
        return;
    };
    for (key, child) in object.iter_mut() {
        match (key.as_str(), child) {
            ("properties" | "patternProperties", Value::Object(children)) => {
                children
                    .values_mut()
                    .for_each(|child| visit(child, visitor));
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(children)) => {
                children.iter_mut().for_each(|child| visit(child, visitor));
            }
            ("items" | "additionalProperties" | "not", child) => visit(child, visitor),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_that_rust_would_confuse_is_not_free() {
        let document = json!({"components": {"schemas": {"create_pet": {}, "CreatePet2": {}}}});
        let mut schemas = Schemas::of(&document);
        assert_eq!(schemas.add("CreatePet", json!({}), "/paths"), "CreatePet3");
        assert_eq!(schemas.origin("CreatePet3"), "/paths");
        assert_eq!(
            schemas.origin("create_pet"),
            "/components/schemas/create_pet"
        );
    }

    #[test]
    fn required_names_are_counted_through_references() {
        let document = json!({"components": {"schemas": {
            "A": {"required": ["a"], "allOf": [{"$ref": "#/components/schemas/B"}, {"required": ["a", "c"]}]},
            "B": {"required": ["b"], "allOf": [{"$ref": "#/components/schemas/A"}]},
        }}});
        let schemas = Schemas::of(&document);
        let reference = json!({"$ref": "#/components/schemas/A"});
        assert_eq!(schemas.required(&reference), HashSet::from(["a", "b", "c"]));
    }
}
