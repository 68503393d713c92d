//! References to schemas outside `components`: the generator knows a schema by its name alone.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    codegen::{
        document::{reference, schema_name, schema_reference},
        names::type_name,
        schemas::{Schemas, visit},
    },
    description::tokens,
};

/// Names each schema that is referred to by its place, and refers to it by that name.
///
/// `document` is the one being lowered, `root` the one in which the places are meant.
pub(super) fn name_targets(document: &mut Value, schemas: &mut Schemas, root: &Value) {
    let mut aliases = Aliases {
        root,
        names: HashMap::new(),
        pending: schemas.map.keys().cloned().collect(),
    };
    for part in ["paths", "components"] {
        if let Some(part) = document.get_mut(part) {
            aliases.rewrite_below(part, schemas);
        }
    }
    while let Some(name) = aliases.pending.pop() {
        if let Some(mut schema) = schemas.map.get(&name).cloned() {
            aliases.rewrite(&mut schema, schemas);
            schemas.map.insert(name, schema);
        }
    }
}

struct Aliases<'r> {
    root: &'r Value,
    /// The names given to places.
    names: HashMap<String, String>,
    /// Schemas that may refer to places themselves.
    pending: Vec<String>,
}

impl Aliases<'_> {
    /// Rewrites the schemas of bodies and parameters, wherever they stand.
    fn rewrite_below(&mut self, node: &mut Value, schemas: &mut Schemas) {
        match node {
            Value::Object(object) => {
                for (key, child) in object.iter_mut() {
                    match key.as_str() {
                        "schema" => self.rewrite(child, schemas),
                        "schemas" | "example" | "examples" => {}
                        _ => self.rewrite_below(child, schemas),
                    }
                }
            }
            Value::Array(items) => {
                items
                    .iter_mut()
                    .for_each(|item| self.rewrite_below(item, schemas));
            }
            _ => {}
        }
    }

    fn rewrite(&mut self, schema: &mut Value, schemas: &mut Schemas) {
        visit(schema, &mut |schema| {
            let is_named = schema_name(schema).is_some_and(|name| schemas.map.contains_key(&name));
            if let Some(pointer) = reference(schema).filter(|_| !is_named) {
                *schema = schema_reference(&self.name(pointer, schemas));
            }
        });
    }

    fn name(&mut self, pointer: String, schemas: &mut Schemas) -> String {
        if let Some(name) = self.names.get(&pointer) {
            return name.clone();
        }
        let known = schemas.at_origin(&pointer).map(str::to_owned);
        let name = known.unwrap_or_else(|| {
            let target = self.root.pointer(&pointer).cloned().unwrap_or_default();
            let is_part =
                |token: &String| !["components", "schemas", "paths"].contains(&token.as_str());
            let parts: Vec<_> = tokens(&pointer).filter(is_part).collect();
            let name = schemas.add(&type_name(&parts.join(" ")), target, &pointer);
            self.pending.push(name.clone());
            name
        });
        self.names.insert(pointer, name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_referred_to_by_its_place_gets_a_name() {
        let root = json!({"components": {"schemas": {
            "Pet": {"properties": {"tag": {"properties": {"of": {"$ref": "#/components/schemas/Pet/properties/tag"}}}}},
            "Tag": {"$ref": "#/components/schemas/Pet/properties/tag"},
        }}, "paths": {"/pets": {"schema": {"$ref": "#/components/schemas/Pet/properties/tag"}}}});
        let mut schemas = Schemas::of(&root);
        let mut document = root.clone();
        name_targets(&mut document, &mut schemas, &root);
        let tag = schema_reference("PetPropertiesTag");
        assert_eq!(schemas.map["Tag"], tag);
        assert_eq!(document["paths"]["/pets"]["schema"], tag);
        assert_eq!(schemas.map["PetPropertiesTag"]["properties"]["of"], tag);
        assert_eq!(
            schemas.origin("PetPropertiesTag"),
            "/components/schemas/Pet/properties/tag"
        );
    }
}
