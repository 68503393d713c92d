//! References to schemas outside `components`: the generator knows a schema by its name alone.

use std::collections::HashMap;

use serde_json::Value;

use super::operations::visit_parameters;
use crate::{
    codegen::{
        document::{reference, schema_name, schema_reference},
        schemas::{Schemas, visit},
    },
    description::tokens,
};

/// Copies each schema that is referred to by another place than its name to the components.
pub(super) fn name_targets(paths: &mut Value, schemas: &mut Schemas, root: &Value) {
    let mut names = HashMap::new();
    let mut pending: Vec<String> = schemas.map.keys().cloned().collect();
    let mut found = Found::default();
    visit_parameters(paths, &mut |_, schema| {
        found.rewrite(schema, &mut names, schemas, root)
    });
    pending.append(&mut found.added);
    while let Some(name) = pending.pop() {
        let Some(mut schema) = schemas.map.get(&name).cloned() else {
            continue;
        };
        found.rewrite(&mut schema, &mut names, schemas, root);
        schemas.map.insert(name, schema);
        pending.append(&mut found.added);
    }
}

#[derive(Default)]
struct Found {
    added: Vec<String>,
}

impl Found {
    fn rewrite(
        &mut self,
        schema: &mut Value,
        names: &mut HashMap<String, String>,
        schemas: &mut Schemas,
        root: &Value,
    ) {
        visit(schema, &mut |schema| {
            if schema_name(schema).is_some_and(|name| schemas.map.contains_key(&name)) {
                return;
            }
            let Some(pointer) = reference(schema) else {
                return;
            };
            let name = names.entry(pointer).or_insert_with_key(|pointer| {
                let target = root.pointer(pointer).cloned().unwrap_or_default();
                let wanted: Vec<_> = tokens(pointer)
                    .skip_while(|token| {
                        ["components", "schemas", "paths"].contains(&token.as_str())
                    })
                    .collect();
                let name = schemas.add(
                    &crate::codegen::names::type_name(&wanted.join(" ")),
                    target,
                    pointer,
                );
                self.added.push(name.clone());
                name
            });
            *schema = schema_reference(name);
        });
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
        }}});
        let mut schemas = Schemas::of(&root);
        name_targets(&mut json!({}), &mut schemas, &root);
        let tag = schema_reference("PetPropertiesTag");
        assert_eq!(schemas.map["Tag"], tag);
        assert_eq!(schemas.map["PetPropertiesTag"]["properties"]["of"], tag);
        assert_eq!(
            schemas.origin("PetPropertiesTag"),
            "/components/schemas/Pet/properties/tag"
        );
    }
}
