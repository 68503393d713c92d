//! Responses: what the client reads of each.

use serde_json::{Map, Value, json};

use super::{
    groups,
    operation::Operation,
    response::{Body, Response},
};
use crate::{
    codegen::{
        document::{object, resolved},
        media::{Kind, is_json, kind, preferred},
        notes::Notes,
        schemas::Schemas,
    },
    description::join,
};

/// The responses of an operation, references written out.
pub(super) fn lower(operation: &Operation<'_>, schemas: &mut Schemas, notes: &mut Notes) -> Value {
    let mut responses = written(operation, notes);
    groups::agree(operation, &mut responses, schemas, notes);
    let lowered: Map<_, _> = responses
        .into_iter()
        .map(|response| (response.status.clone(), value(response)))
        .collect();
    Value::Object(lowered)
}

fn written(operation: &Operation<'_>, notes: &mut Notes) -> Vec<Response> {
    let pointer = join(&operation.place.pointer, "responses");
    let statuses = object(operation.document.pointer(&pointer)).map(|(status, _)| status);
    statuses
        .filter(|status| is_status(status))
        .filter_map(|status| {
            let (_, response) = resolved(operation.document, &join(&pointer, status))?;
            Some(Response {
                status: if status == "default" {
                    status.clone()
                } else {
                    status.to_uppercase()
                },
                description: response
                    .get("description")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                body: body(operation, status, response, notes),
            })
        })
        .collect()
}

fn body(operation: &Operation<'_>, status: &str, response: &Value, notes: &mut Notes) -> Body {
    let Some(content) = response
        .get("content")
        .and_then(Value::as_object)
        .filter(|content| !content.is_empty())
    else {
        return Body::Nothing;
    };
    let Some((name, media)) = preferred(content).filter(|(name, _)| is_json(name)) else {
        return Body::Bytes;
    };
    if content.len() > 1 {
        notes.add(format!(
            "{}: of the answer {status} only {name} is typed.",
            operation.shown()
        ));
    } else if kind(name) == Kind::JsonByAnotherName {
        notes.add(format!(
            "{}: the client reads {name} as application/json.",
            operation.shown()
        ));
    }
    // Without a schema it may be anything.
    Body::Json(media.get("schema").cloned().unwrap_or_else(|| json!({})))
}

fn is_status(key: &str) -> bool {
    let is_code = |key: &str| {
        key.len() == 3
            && key
                .bytes()
                .next()
                .is_some_and(|digit| (b'1'..=b'5').contains(&digit))
    };
    let rest_fits = |key: &str| {
        key[1..].eq_ignore_ascii_case("xx") || key[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    key == "default" || is_code(key) && rest_fits(key)
}

fn value(response: Response) -> Value {
    let description = response.description;
    match response.body {
        Body::Json(schema) => {
            json!({"description": description, "content": {"application/json": {"schema": schema}}})
        }
        Body::Bytes => {
            json!({"description": description, "content": {"application/octet-stream": {}}})
        }
        Body::Nothing => json!({"description": description}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::document::operations;

    fn json(schema: &str) -> Value {
        json!({"description": "", "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}})
    }

    #[test]
    fn a_group_of_responses_agrees_on_one_type() {
        let empty = json!({"description": ""});
        let image =
            json!({"description": "", "content": {"image/png": {"schema": {"type": "string"}}}});
        let bytes = json!({"description": "", "content": {"application/octet-stream": {}}});
        let anything = json!({"description": "", "content": {"application/json": {"schema": {}}}});
        for (written, want, note) in [
            (
                json!({"200": json("Pet"), "404": json("A")}),
                json!({"200": json("Pet"), "404": json("A")}),
                "",
            ),
            (
                json!({"200": json("Pet"), "204": empty}),
                json!({"200": json("Pet")}),
                "status 204 have no type",
            ),
            (
                json!({"400": json("A"), "422": json("B"), "401": empty}),
                json!({"400": json("GetPetError"), "422": json("GetPetError")}),
                "to the client `GetPetError`",
            ),
            (
                json!({"200": json("Pet"), "default": json("A")}),
                json!({"200": json("Pet"), "4XX": json("A"), "5XX": json("A")}),
                "`default` for 4XX, 5XX",
            ),
            (
                json!({"default": json("A"), "5xx": json("A")}),
                json!({"5XX": json("A"), "2XX": json("A"), "4XX": json("A")}),
                "`default` for 2XX, 4XX",
            ),
            (
                json!({"200": image, "202": empty}),
                json!({"200": bytes}),
                "status 202 have no type",
            ),
            (
                json!({"200": {"content": {"application/json": {}}}}),
                json!({"200": anything}),
                "",
            ),
            (
                json!({"200": {"$ref": "#/components/responses/Pet"}, "x-note": 1}),
                json!({"200": json("Pet")}),
                "",
            ),
        ] {
            let document = json!({
                "paths": {"/pets": {"get": {"responses": written}}},
                "components": {"responses": {"Pet": json("Pet")}, "schemas": {"A": {}, "B": {}, "Pet": {}}},
            });
            let place = operations(&document).remove(0);
            let operation = Operation {
                document: &document,
                place,
                id: "getPet".to_owned(),
            };
            let mut notes = Notes::default();
            let lowered = lower(&operation, &mut Schemas::of(&document), &mut notes);
            assert_eq!(lowered, want);
            let notes = notes.iter().collect::<Vec<_>>().join("\n");
            assert!(
                notes.contains(note) && notes.is_empty() == note.is_empty(),
                "{written}: {notes}"
            );
        }
    }
}
