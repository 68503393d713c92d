//! Schemas of Swagger 2.0 and OpenAPI as plain JSON Schema 2020-12, for values of replies.
//!
//! This is written by the specifications, and not by `mynah::description`, which it checks.

use serde_json::{Map, Value, json};

use super::documents::{Documents, Spot};

/// Keys whose values are data, unless they are names in a map.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "const"];
/// Keys whose values are maps from names.
const MAPS: [&str; 7] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
    "schemas",
    "responses",
];

/// What is known of the description whose schemas these are.
pub struct Reading<'a> {
    pub documents: &'a Documents,
    /// Swagger 2.0 or OpenAPI 3.0, whose schemas are no JSON Schema yet.
    pub is_old: bool,
}

impl Reading<'_> {
    /// Rewrites all schemas of a file in place.
    pub fn rewrite(&self, document: &mut Value, root: &Spot) {
        self.walk(document, root);
    }

    fn walk(&self, node: &mut Value, spot: &Spot) {
        match node {
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.walk(item, &spot.child(&index.to_string()));
                }
            }
            Value::Object(object) => {
                for (key, value) in object.iter_mut() {
                    let spot = spot.child(key);
                    match value {
                        Value::Object(named) if MAPS.contains(&&**key) => {
                            for (name, value) in named {
                                self.walk(value, &spot.child(name));
                            }
                        }
                        _ if DATA.contains(&&**key) || key.starts_with("x-") => {}
                        value => self.walk(value, &spot),
                    }
                }
                self.schema(object, spot);
            }
            _ => {}
        }
    }

    /// Rewrites one object, which may be a schema; where it is none, it has nothing to rewrite.
    fn schema(&self, schema: &mut Map<String, Value>, spot: &Spot) {
        if self.is_old {
            old(schema);
        }
        bounds(schema);
        // Neither is asked for in a reply, nor has any business there.
        if let Some(Value::Object(properties)) = schema.get("properties") {
            let is_written = |name: &&String| {
                let property = spot.child("properties").child(name);
                let found = self.documents.resolve(&property);
                found.is_some_and(|(it, _)| it.get("writeOnly") == Some(&Value::Bool(true)))
            };
            let hidden: Vec<String> = properties.keys().filter(is_written).cloned().collect();
            if let Some(Value::Array(required)) = schema.get_mut("required") {
                required.retain(|name| !hidden.iter().any(|it| name == it));
            }
            for name in hidden {
                schema["properties"][name] = Value::Bool(false);
            }
        }
        match schema.get_mut("required") {
            Some(Value::Array(required)) => {
                let mut seen = Vec::new();
                required.retain(|name| {
                    let is_new = !seen.contains(name);
                    seen.push(name.clone());
                    is_new
                });
            }
            // Of a parameter, or as draft 3 had it.
            Some(Value::Bool(_)) => {
                schema.remove("required");
            }
            _ => {}
        }
        // Of the draft before; 2020-12 has nothing that is a truth value there.
        schema.retain(|key, value| key != "$recursiveAnchor" || !value.is_boolean());
        for branches in ["allOf", "anyOf", "oneOf"] {
            if schema.get(branches) == Some(&json!([])) {
                schema.remove(branches);
            }
        }
        discriminate(schema);
        let is_unreadable = |pattern: &Value| {
            let mut compiler = boon::Compiler::new();
            let added = compiler.add_resource("file:///pattern", json!({ "pattern": pattern }));
            let schemas = &mut boon::Schemas::new();
            added.is_err() || compiler.compile("file:///pattern", schemas).is_err()
        };
        if schema.get("pattern").is_some_and(is_unreadable) {
            schema.remove("pattern");
        }
    }
}

/// What Swagger 2.0 and OpenAPI 3.0 write otherwise.
fn old(schema: &mut Map<String, Value>) {
    if let Some(Value::String(reference)) = schema.get("$ref") {
        *schema = Map::from_iter([("$ref".to_owned(), json!(reference))]);
        return;
    }
    if schema.get("type") == Some(&json!("file")) {
        schema.remove("type");
    }
    let nullable = ["nullable", "x-nullable"].map(|key| schema.get(key) == Some(&json!(true)));
    if nullable.contains(&true)
        && let Some(Value::String(name)) = schema.get("type")
    {
        let types = json!([name, "null"]);
        schema.insert("type".to_owned(), types);
    }
}

/// `exclusiveMinimum: true` of draft 4, which descriptions in 3.1 have too.
fn bounds(schema: &mut Map<String, Value>) {
    for (bound, limit) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        let Some(Value::Bool(excluded)) = schema.get(bound) else {
            continue;
        };
        let excluded = *excluded;
        schema.remove(bound);
        if excluded && let Some(number) = schema.remove(limit) {
            schema.insert(bound.to_owned(), number);
        }
    }
}

/// What a discriminator beside `oneOf` or `anyOf` says: which branch a value belongs to, so that it
/// may fit others as well.
fn discriminate(schema: &mut Map<String, Value>) {
    let Some(discriminator) = schema.get("discriminator").cloned() else {
        return;
    };
    let Some(property) = discriminator["propertyName"].as_str() else {
        return;
    };
    let mapping = discriminator["mapping"].as_object();
    let Some(branches) = schema.remove("oneOf").or_else(|| schema.remove("anyOf")) else {
        return;
    };
    let references: Vec<&str> = branches
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|branch| branch["$ref"].as_str())
        .collect();
    let mut rules = Vec::new();
    for reference in &references {
        let bare = reference.rsplit('/').next().unwrap_or(reference);
        let mapped = mapping
            .into_iter()
            .flatten()
            .filter(|(_, to)| *to == reference || *to == bare);
        let mapped = mapped.map(|(name, _)| name.as_str());
        for name in mapped.chain([bare]) {
            rules.push(json!({
                "if": {"required": [property], "properties": {property: {"const": name}}},
                "then": {"$ref": reference},
            }));
        }
    }
    schema.insert("anyOf".to_owned(), branches);
    if rules.is_empty() {
        return;
    }
    let rules = json!({ "allOf": rules });
    match schema.get_mut("allOf") {
        Some(Value::Array(all)) => all.push(rules),
        _ => {
            schema.insert("allOf".to_owned(), json!([rules]));
        }
    }
}
