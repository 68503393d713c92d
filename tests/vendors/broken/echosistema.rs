//! EchoSistema: `{"message","errors"}` for invalid fields, a message alone for the rest.

use super::{
    encode::Form,
    protocol::{not_json, protocol},
    row::{Break::*, Row, row},
    table::{Table, has_keys, is_problem, own},
};
use crate::fixture::Answer;

pub fn table() -> Table {
    Table {
        api: "echosistema",
        path: "/api/v1/chat/conversations",
        headers: &[("Authorization", "Bearer 1|abc"), ("X-PUBLIC-KEY", "key")],
        form: Form::Json,
        body: r#"{"participant_uuid":"6b420a39-0b23-3a95-6a0b-3ca5900b4c05","taggable_type":"App\\Models\\Order","taggable_id":123}"#,
        success: 201,
        shape,
        rows: [FIELDS, OTHERS]
            .concat()
            .into_iter()
            .chain(protocol("is not documented here"))
            .chain(not_json(400, "not JSON"))
            .collect(),
    }
}

fn shape(answer: &Answer) -> Result<(), String> {
    let is_ours = answer.header("mynah-violations").starts_with("prefer");
    if answer.status == 406 || is_ours {
        return is_problem(answer);
    }
    let body = own(answer)?;
    if answer.status != 422 {
        return has_keys(&body, &["message"]);
    }
    has_keys(&body, &["message", "errors"])?;
    let messages = body["errors"]
        .as_object()
        .into_iter()
        .flat_map(|it| it.values());
    let messages: Vec<&str> = messages
        .flat_map(|it| {
            it.as_array()
                .into_iter()
                .flatten()
                .filter_map(|it| it.as_str())
        })
        .collect();
    let says = body["message"].as_str().unwrap_or_default();
    match messages.first() {
        Some(first) if says.starts_with(first) => Ok(()),
        _ => Err(format!(
            "`{says}` does not begin with the first of {messages:?}"
        )),
    }
}

const UUID: &str = "body /participant_uuid";
const TYPE: &str = "body /taggable_type";
const ID: &str = "body /taggable_id";

#[rustfmt::skip]
const FIELDS: &[Row] = &[
    row(Without("/participant_uuid"), 422, "required", UUID, r#""participant_uuid":["The participant uuid field is required."]"#),
    row(Set("/participant_uuid", "null"), 422, "type", UUID, r#""participant_uuid":["The participant uuid field must be a string."]"#),
    row(Set("/participant_uuid", "1"), 422, "type", UUID, r#""participant_uuid":["The participant uuid field must be a string."]"#),
    row(Set("/participant_uuid", "true"), 422, "type", UUID, r#""participant_uuid":["#),
    row(Set("/participant_uuid", "[]"), 422, "type", UUID, r#""participant_uuid":["#),
    row(Set("/participant_uuid", "{}"), 422, "type", UUID, r#""participant_uuid":["#),
    row(Set("/participant_uuid", r#""""#), 422, "pattern", UUID, r#""participant_uuid":["The participant uuid field must be a valid UUID."]"#),
    row(Set("/participant_uuid", r#""mary""#), 422, "pattern", UUID, r#""participant_uuid":["#),
    row(Set("/participant_uuid", r#""6b420a39-0b23-3a95-6a0b-3ca5900b4c0""#), 422, "pattern", UUID, r#""participant_uuid":["#),
    row(Set("/participant_uuid", r#""6b420a39-0b23-3a95-6a0b-3ca5900b4c0g""#), 422, "pattern", UUID, r#""participant_uuid":["#),
    row(Set("/participant_uuid", r#""6b420a390b233a956a0b3ca5900b4c05""#), 422, "pattern", UUID, r#""participant_uuid":["#),
    row(Set("/participant_uuid", r#""{6b420a39-0b23-3a95-6a0b-3ca5900b4c05}""#), 422, "pattern", UUID, r#""participant_uuid":["#),
    row(Set("/participant_uuid", r#"" 6b420a39-0b23-3a95-6a0b-3ca5900b4c05""#), 422, "pattern", UUID, r#""participant_uuid":["#),
    row(Set("/participant_uuid", r#""6b420a39-0b23-3a95-6a0b-3ca5900b4c05\n""#), 422, "pattern", UUID, r#""participant_uuid":["#),
    row(Set("/taggable_type", "1"), 422, "type", TYPE, r#""taggable_type":["The taggable type field must be a string."]"#),
    row(Set("/taggable_type", "false"), 422, "type", TYPE, r#""taggable_type":["#),
    row(Set("/taggable_type", "[]"), 422, "type", TYPE, r#""taggable_type":["#),
    row(Set("/taggable_type", "{}"), 422, "type", TYPE, r#""taggable_type":["#),
    row(Set("/taggable_id", r#""123""#), 422, "type", ID, r#""taggable_id":["The taggable id field must be an integer."]"#),
    row(Set("/taggable_id", "1.5"), 422, "type", ID, r#""taggable_id":["#),
    row(Set("/taggable_id", "true"), 422, "type", ID, r#""taggable_id":["#),
    row(Set("/taggable_id", "[1]"), 422, "type", ID, r#""taggable_id":["#),
    row(Set("/taggable_id", "{}"), 422, "type", ID, r#""taggable_id":["#),
    row(Body("{}"), 422, "required", UUID, r#"{"message":"The participant uuid field is required.","errors""#),
    row(Body(""), 422, "required", "body", r#""participant_uuid":["The participant uuid field is required."]"#),
    row(Body("[]"), 422, "type", "body", r#""participant_uuid":["The participant uuid field is required."]"#),
    row(Body("null"), 422, "type", "body", r#""participant_uuid":["#),
    row(Body("1"), 422, "type", "body", r#""participant_uuid":["#),
    row(Body("\"text\""), 422, "type", "body", r#""participant_uuid":["#),
];

const AUTHORIZATION: &str = "header Authorization";
const KEY: &str = "header X-PUBLIC-KEY";
const UNAUTHENTICATED: &str = r#"{"message":"Unauthenticated."}"#;

#[rustfmt::skip]
const OTHERS: &[Row] = &[
    row(NoHeader("Authorization"), 401, "credential-missing", AUTHORIZATION, UNAUTHENTICATED),
    row(Header("Authorization", ""), 401, "credential-malformed", AUTHORIZATION, UNAUTHENTICATED),
    row(Header("Authorization", "Bearer"), 401, "credential-malformed", AUTHORIZATION, UNAUTHENTICATED),
    row(Header("Authorization", "Bearer a b"), 401, "credential-malformed", AUTHORIZATION, UNAUTHENTICATED),
    row(Header("Authorization", "Bearer one two"), 401, "credential-malformed", AUTHORIZATION, UNAUTHENTICATED),
    row(Header("Authorization", "Basic YTpi"), 401, "credential-malformed", AUTHORIZATION, UNAUTHENTICATED),
    row(Header("Authorization", "1|abc"), 401, "credential-malformed", AUTHORIZATION, UNAUTHENTICATED),
    row(NoHeader("X-PUBLIC-KEY"), 401, "credential-missing", KEY, UNAUTHENTICATED),
    row(Header("X-PUBLIC-KEY", ""), 401, "credential-malformed", KEY, UNAUTHENTICATED),
    row(Header("X-PUBLIC-KEY", " "), 401, "credential-malformed", KEY, UNAUTHENTICATED),
    row(Path("/api/v1/chat/conversation"), 404, "unknown-path", "path", "/api/v1/chat/conversation` is not documented"),
    row(Path("/api/v1/chat/conversations/"), 404, "unknown-path", "path", "/api/v1/chat/conversations/` is not documented"),
    row(Path("/api/v1/Chat/conversations"), 404, "unknown-path", "path", "/api/v1/Chat/conversations` is not documented"),
    row(Path("/api/v1/pigeons/chat/conversations"), 404, "unknown-path", "path", "pigeons"),
    row(Path("/"), 404, "unknown-path", "path", "`/` is not documented"),
];
