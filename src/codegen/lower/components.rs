//! Every body has a named schema, so that its type has a name that people can guess.

use serde_json::Value;

use super::says_nothing;
use crate::{
    codegen::{
        document::{object, operations, schema_reference},
        media::{is_form, is_json},
        names::type_name,
        schemas::Schemas,
    },
    description::join,
};

/// Moves each schema written in a request or response body to the components, and refers to it.
///
/// The pointer of the media type object stays what it was, and so does the meaning.
pub(super) fn name_bodies(document: &mut Value, schemas: &mut Schemas) {
    for place in operations(document) {
        let id = document.pointer(&join(&place.pointer, "operationId"));
        let id = type_name(id.and_then(Value::as_str).unwrap_or_default());
        let body = join(&place.pointer, "requestBody");
        name_content(
            document,
            schemas,
            &body,
            &Naming {
                wanted: format!("{id}Request"),
                form: format!("{id}Form"),
            },
        );
        let responses = join(&place.pointer, "responses");
        name_responses(document, schemas, &responses, |status| {
            format!("{id}Response{status}")
        });
    }
    for name in names(document, "/components/requestBodies") {
        let wanted = with_ending(&name, "Request");
        let form = with_ending(&name, "Form");
        name_content(
            document,
            schemas,
            &join("/components/requestBodies", &name),
            &Naming { wanted, form },
        );
    }
    name_responses(document, schemas, "/components/responses", |name| {
        with_ending(name, "Response")
    });
}

/// What to call the schemas of one body.
struct Naming {
    wanted: String,
    /// For a form whose fields are not those of the JSON beside it.
    form: String,
}

fn name_responses(
    document: &mut Value,
    schemas: &mut Schemas,
    pointer: &str,
    wanted: impl Fn(&str) -> String,
) {
    for name in names(document, pointer) {
        let wanted = wanted(&name);
        let naming = Naming {
            form: wanted.clone(),
            wanted,
        };
        name_content(document, schemas, &join(pointer, &name), &naming);
    }
}

fn name_content(document: &mut Value, schemas: &mut Schemas, body: &str, naming: &Naming) {
    let content = join(body, "content");
    let mut named: Vec<(Value, String)> = Vec::new();
    let mut media_types = names(document, &content);
    // JSON has the first pick of the name; the others share its schema where theirs is the same.
    media_types.sort_by_key(|media_type| !is_json(media_type));
    for media_type in media_types
        .iter()
        .filter(|name| is_json(name) || is_form(name))
    {
        let pointer = join(&join(&content, media_type), "schema");
        let Some(schema) = document.pointer_mut(&pointer) else {
            continue;
        };
        if says_nothing(schema) || schema.get("$ref").is_some() {
            continue;
        }
        let known = named
            .iter()
            .find(|(other, _)| other == schema)
            .map(|(_, name)| name.clone());
        let name = known.unwrap_or_else(|| {
            let wanted = if named.is_empty() || is_json(media_type) {
                &naming.wanted
            } else {
                &naming.form
            };
            schemas.add(wanted, schema.clone(), &pointer)
        });
        named.push((std::mem::replace(schema, schema_reference(&name)), name));
    }
}

fn names(document: &Value, pointer: &str) -> Vec<String> {
    object(document.pointer(pointer))
        .map(|(name, _)| name.clone())
        .collect()
}

fn with_ending(name: &str, ending: &str) -> String {
    let name = type_name(name);
    if name.ends_with(ending) {
        name
    } else {
        format!("{name}{ending}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn schemas_in_bodies_get_names() {
        let object = json!({"type": "object"});
        let other = json!({"type": "object", "required": ["a"]});
        let mut document = json!({
            "paths": {"/pets": {"post": {
                "operationId": "create_pet",
                "requestBody": {"content": {
                    "multipart/form-data": {"schema": other},
                    "application/x-www-form-urlencoded": {"schema": object},
                    "application/json": {"schema": object},
                }},
                "responses": {
                    "201": {"content": {"application/json": {"schema": object}}},
                    "404": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/E"}}}},
                    "500": {"content": {"application/json": {}, "text/plain": {"schema": {"type": "string"}}}},
                },
            }}},
            "components": {
                "schemas": {"E": {}},
                "responses": {"NotFound": {"content": {"application/problem+json": {"schema": object}}}},
                "requestBodies": {"petRequest": {"content": {"application/json": {"schema": object}}}},
            },
        });
        let mut schemas = Schemas::of(&document);
        name_bodies(&mut document, &mut schemas);
        for (pointer, want) in [
            (
                "/paths/~1pets/post/requestBody/content/application~1json",
                Some("CreatePetRequest"),
            ),
            (
                "/paths/~1pets/post/requestBody/content/application~1x-www-form-urlencoded",
                Some("CreatePetRequest"),
            ),
            (
                "/paths/~1pets/post/requestBody/content/multipart~1form-data",
                Some("CreatePetForm"),
            ),
            (
                "/paths/~1pets/post/responses/201/content/application~1json",
                Some("CreatePetResponse201"),
            ),
            (
                "/paths/~1pets/post/responses/404/content/application~1json",
                Some("E"),
            ),
            (
                "/paths/~1pets/post/responses/500/content/application~1json",
                None,
            ),
            ("/paths/~1pets/post/responses/500/content/text~1plain", None),
            (
                "/components/responses/NotFound/content/application~1problem+json",
                Some("NotFoundResponse"),
            ),
            (
                "/components/requestBodies/petRequest/content/application~1json",
                Some("PetRequest"),
            ),
        ] {
            let schema = document.pointer(&join(pointer, "schema"));
            let name = schema.and_then(crate::codegen::document::schema_name);
            assert_eq!(name.as_deref(), want, "{pointer}");
        }
        let origin = "/paths/~1pets/post/responses/201/content/application~1json/schema";
        assert_eq!(schemas.origin("CreatePetResponse201"), origin);
    }
}
