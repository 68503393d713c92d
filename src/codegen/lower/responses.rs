//! Responses: of all successes one type, of all errors one type.

use serde_json::{Map, Value, json};

use super::{operations::Operation, unions};
use crate::{
    codegen::{
        document::{object, resolved},
        media::{Kind, is_json, kind, preferred},
        names::type_name,
        notes::Notes,
        schemas::Schemas,
    },
    description::join,
};

/// What the client makes of a response.
#[derive(Debug, Clone, PartialEq)]
enum Body {
    Json(Value),
    Bytes,
    Nothing,
}

/// One documented response.
struct Response {
    /// `200`, `4XX`.
    status: String,
    description: String,
    body: Body,
}

impl Response {
    fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }

    fn is_error(&self) -> bool {
        self.status.starts_with(['4', '5'])
    }
}

/// The responses of an operation, references written out.
pub(super) fn lower(operation: &Operation<'_>, schemas: &mut Schemas, notes: &mut Notes) -> Value {
    let mut responses = written(operation, notes);
    spread_default(operation, &mut responses, notes);
    agree(
        operation,
        &mut responses,
        Response::is_success,
        "Success",
        schemas,
        notes,
    );
    agree(
        operation,
        &mut responses,
        Response::is_error,
        "Error",
        schemas,
        notes,
    );
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

/// `default` stands for the answers without one of their own: to the client, errors, and success when none is documented.
fn spread_default(operation: &Operation<'_>, responses: &mut Vec<Response>, notes: &mut Notes) {
    let Some(at) = responses
        .iter()
        .position(|response| response.status == "default")
    else {
        return;
    };
    let default = responses.remove(at);
    let mut ranges = vec!["4XX", "5XX"];
    if !responses.iter().any(Response::is_success) {
        ranges.insert(0, "2XX");
    }
    ranges.retain(|range| responses.iter().all(|response| response.status != *range));
    notes.add(format!(
        "{}: the client takes the answer `default` for {}.",
        operation.shown(),
        ranges.join(", ")
    ));
    responses.extend(ranges.into_iter().map(|range| Response {
        status: range.to_owned(),
        description: default.description.clone(),
        body: default.body.clone(),
    }));
}

/// Makes one type of the bodies of a group.
fn agree(
    operation: &Operation<'_>,
    responses: &mut Vec<Response>,
    group: fn(&Response) -> bool,
    ending: &str,
    schemas: &mut Schemas,
    notes: &mut Notes,
) {
    let bodies = || {
        responses
            .iter()
            .filter(|response| group(response))
            .map(|response| &response.body)
    };
    let mut typed: Vec<Value> = Vec::new();
    for body in bodies() {
        if let Body::Json(schema) = body
            && !typed.contains(schema)
        {
            typed.push(schema.clone());
        }
    }
    leave_out_untyped(operation, responses, group, !typed.is_empty(), notes);
    if typed.len() < 2 {
        return;
    }
    let wanted = format!("{}{ending}", type_name(&operation.id));
    let origin = join(&operation.place.pointer, "responses");
    let union = unions::add(&wanted, &operation.shown(), typed, &origin, schemas, notes);
    for response in responses.iter_mut().filter(|response| group(response)) {
        response.body = Body::Json(union.clone());
    }
}

/// Beside a typed body there is no room for bytes, and beside bytes none for nothing.
fn leave_out_untyped(
    operation: &Operation<'_>,
    responses: &mut Vec<Response>,
    group: fn(&Response) -> bool,
    has_typed: bool,
    notes: &mut Notes,
) {
    let has_bytes = responses
        .iter()
        .any(|response| group(response) && response.body == Body::Bytes);
    let mut left_out = Vec::new();
    responses.retain(|response| {
        let stays = !group(response)
            || match response.body {
                Body::Json(_) => true,
                Body::Bytes => !has_typed,
                Body::Nothing => !has_typed && !has_bytes,
            };
        if !stays {
            left_out.push(response.status.clone());
        }
        stays
    });
    if !left_out.is_empty() {
        let statuses = left_out.join(", ");
        let shown = operation.shown();
        notes.add(format!("{shown}: answers with status {statuses} have no type among those that have one; to the client they are unexpected."));
    }
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
