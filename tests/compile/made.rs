//! Values made from schemas, where nothing is documented: valid, plausible, the same every time.

use mynah::answer;
use serde_json::Value;

use super::compile;

/// The body of the reply that is made from a schema, and whether the schema allows it.
fn made(schema: &str) -> (Value, bool) {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': \
         {{description: Ok, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}}}\n\
         components: {{schemas: {{Node: {{type: object, required: [id], properties: {{id: {{type: integer}}, \
         child: {{$ref: '#/components/schemas/Node'}}, kids: {{type: array, items: \
         {{$ref: '#/components/schemas/Node'}}}}}}}}}}}}\n"
    );
    let api = compile(&text).unwrap_or_else(|findings| panic!("{schema}: {findings:#?}"));
    let get = || {
        answer(
            &api,
            http::Request::get("/a").body("".into()).unwrap().into(),
        )
    };
    let body = get().reply.body.clone();
    assert_eq!(body, get().reply.body, "{schema}");
    let value = serde_json::from_slice(&body).unwrap();
    let content = &api.operations()[0].success().content[0];
    let allowed = content.schema.as_ref().unwrap().allows(&value);
    (value, allowed)
}

#[test]
fn values_are_valid_whatever_the_schema_asks_for() {
    for schema in [
        "{type: string, pattern: '^[A-Z0-9]+$', minLength: 4}",
        "{type: string, minLength: 200}",
        "{type: string, maxLength: 2}",
        "{type: integer, format: int64, minimum: 9007199254740993}",
        "{type: number, multipleOf: 0.01, minimum: 0.015, maximum: 0.03}",
        "{type: array, uniqueItems: true, minItems: 1, items: {enum: [a, b]}}",
        "{type: array, minItems: 3, items: {type: integer}}",
        "{type: object, additionalProperties: false}",
        "{type: object, required: [a, b], additionalProperties: {type: integer}}",
        "{allOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {const: 2}}}]}",
        "{oneOf: [{type: object, required: [a], properties: {a: {const: x}}}, {type: object, required: [b], properties: {b: {type: integer}}, not: {required: [a]}}]}",
        "{$ref: '#/components/schemas/Node'}",
        "{type: [string, 'null'], format: date}",
        "{type: object, properties: {pw: {type: string, writeOnly: true}, id: {type: string, format: uuid, readOnly: true}}}",
        "true",
    ] {
        let (value, allowed) = made(schema);
        assert!(allowed, "{schema}: {value}");
    }
}

#[test]
fn values_are_what_their_names_and_formats_say() {
    for (schema, pointer, want) in [
        (
            "{type: object, properties: {status: {enum: [FAILURE, SUCCESS], example: SUCCESS}}}",
            "/status",
            "SUCCESS",
        ),
        (
            "{type: object, properties: {contact_email: {type: string}}}",
            "/contact_email",
            "ada@example.com",
        ),
        (
            "{type: object, properties: {createdAt: {type: string, format: date-time}}}",
            "/createdAt",
            "2026-01-08T23:08:28.975Z",
        ),
        (
            "{type: object, properties: {note: {type: [string, 'null']}}}",
            "/note",
            "",
        ),
    ] {
        let (value, _) = made(schema);
        let found = value.pointer(pointer).unwrap();
        assert_eq!(found.as_str().unwrap_or(""), want, "{schema}");
    }
}

#[test]
fn what_is_only_written_is_never_answered() {
    let (value, _) = made(
        "{type: object, properties: {pw: {type: string, writeOnly: true}, a: {type: string}}}",
    );
    assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), ["a"]);
}

#[test]
fn object_ids_are_24_hexadecimal_digits_and_differ() {
    let (value, _) = made(
        "{type: object, properties: {projectId: {type: string, format: ObjectId}, teamId: {type: string, format: ObjectId}}}",
    );
    let id = |name: &str| value[name].as_str().unwrap().to_owned();
    for name in ["projectId", "teamId"] {
        assert!(
            id(name).len() == 24 && id(name).bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{value}"
        );
    }
    assert_ne!(id("projectId"), id("teamId"));
}
