//! Libredesk: one envelope for every error, one fault a time.

use super::{
    encode::Form,
    protocol::{not_json, protocol},
    row::{Break::*, Row, row},
    table::{Table, has_keys, is_problem, own},
};
use crate::fixture::Answer;

pub fn table() -> Table {
    Table {
        api: "libredesk",
        path: "/api/v1/conversations",
        headers: &[("Authorization", "token key:secret")],
        form: Form::Json,
        body: r#"{"subject":"Hello","content":"<p>Hi</p>","inbox_id":1,"team_id":2,"agent_id":3,"contact_email":"ada@example.com","first_name":"Ada","last_name":"Lovelace","external_user_id":"crm-9f3a21","attachments":[1],"initiator":"agent","custom_attributes":{"plan":"pro"}}"#,
        success: 200,
        shape,
        rows: [FIELDS, OTHERS]
            .concat()
            .into_iter()
            .chain(protocol(""))
            .chain(not_json(400, PARSING))
            .collect(),
    }
}

fn shape(answer: &Answer) -> Result<(), String> {
    let is_ours = answer.header("mynah-violations").starts_with("prefer");
    if matches!(answer.status, 406 | 415) || is_ours {
        return is_problem(answer);
    }
    let body = own(answer)?;
    has_keys(&body, &["status", "message", "data", "error_type"])?;
    let kind = match answer.status {
        400 => "InputException",
        _ => "GeneralException",
    };
    let wants = body["status"] == "error" && body["data"].is_null() && body["error_type"] == kind;
    let message = match answer.status {
        401 => "Invalid or expired session",
        404 => "Route not found",
        405 => "Request method not allowed",
        _ => body["message"].as_str().unwrap_or_default(),
    };
    match wants && !message.is_empty() && body["message"] == message {
        true => Ok(()),
        false => Err("not the server's envelope".to_owned()),
    }
}

/// The server reads the whole body before it looks at a field, and names none then.
const PARSING: &str = r#""message":"Error parsing request""#;
const WRONG: &str = r#""message":"Something went wrong""#;

#[rustfmt::skip]
const FIELDS: &[Row] = &[
    row(Without("/content"), 400, "required", "body /content", "`content` Required"),
    row(Without("/inbox_id"), 400, "required", "body /inbox_id", "`inbox_id` Required"),
    row(Without("/contact_email"), 400, "required", "body /contact_email", "`contact_email` Required"),
    row(Without("/first_name"), 400, "required", "body /first_name", "`first_name` Required"),
    row(Without("/initiator"), 400, "required", "body /initiator", WRONG),
    row(Body("{}"), 400, "required", "body /inbox_id", "`inbox_id` Required"),
    row(Set("/subject", "1"), 400, "type", "body /subject", PARSING),
    row(Set("/subject", "null"), 400, "type", "body /subject", PARSING),
    row(Set("/content", "null"), 400, "type", "body /content", PARSING),
    row(Set("/content", "{}"), 400, "type", "body /content", PARSING),
    row(Set("/inbox_id", "null"), 400, "type", "body /inbox_id", PARSING),
    row(Set("/inbox_id", r#""1""#), 400, "type", "body /inbox_id", PARSING),
    row(Set("/inbox_id", "1.5"), 400, "type", "body /inbox_id", PARSING),
    row(Set("/inbox_id", "true"), 400, "type", "body /inbox_id", PARSING),
    row(Set("/team_id", r#""2""#), 400, "type", "body /team_id", PARSING),
    row(Set("/team_id", "[]"), 400, "type", "body /team_id", PARSING),
    row(Set("/agent_id", r#""3""#), 400, "type", "body /agent_id", PARSING),
    row(Set("/agent_id", "false"), 400, "type", "body /agent_id", PARSING),
    row(Set("/contact_email", "null"), 400, "type", "body /contact_email", PARSING),
    row(Set("/contact_email", "1"), 400, "type", "body /contact_email", PARSING),
    row(Set("/contact_email", r#""""#), 400, "format", "body /contact_email", "Invalid email address"),
    row(Set("/contact_email", r#""ada""#), 400, "format", "body /contact_email", "Invalid email address"),
    row(Set("/contact_email", r#""ada@""#), 400, "format", "body /contact_email", "Invalid email address"),
    row(Set("/contact_email", r#""@example.com""#), 400, "format", "body /contact_email", "Invalid email address"),
    row(Set("/contact_email", r#""a b@example.com""#), 400, "format", "body /contact_email", "Invalid email address"),
    row(Set("/first_name", "null"), 400, "type", "body /first_name", PARSING),
    row(Set("/first_name", "[]"), 400, "type", "body /first_name", PARSING),
    row(Set("/last_name", "null"), 400, "type", "body /last_name", PARSING),
    row(Set("/last_name", "1"), 400, "type", "body /last_name", PARSING),
    row(Set("/external_user_id", "null"), 400, "type", "body /external_user_id", PARSING),
    row(Set("/external_user_id", "1"), 400, "type", "body /external_user_id", PARSING),
    row(Set("/attachments", "null"), 400, "type", "body /attachments", PARSING),
    row(Set("/attachments", "1"), 400, "type", "body /attachments", PARSING),
    row(Set("/attachments", r#"["1"]"#), 400, "type", "body /attachments/0", PARSING),
    row(Set("/attachments", "[1, null]"), 400, "type", "body /attachments/1", PARSING),
    row(Set("/initiator", r#""bot""#), 400, "enum", "body /initiator", WRONG),
    row(Set("/initiator", r#""Agent""#), 400, "enum", "body /initiator", WRONG),
    row(Set("/initiator", r#""""#), 400, "enum", "body /initiator", WRONG),
    row(Set("/initiator", "null"), 400, "type", "body /initiator", PARSING),
    row(Set("/initiator", "1"), 400, "type", "body /initiator", PARSING),
    row(Set("/custom_attributes", "null"), 400, "type", "body /custom_attributes", PARSING),
    row(Set("/custom_attributes", "[]"), 400, "type", "body /custom_attributes", PARSING),
    row(Set("/custom_attributes", r#""plan""#), 400, "type", "body /custom_attributes", PARSING),
    row(Body(""), 400, "required", "body", PARSING),
    row(Body("[]"), 400, "type", "body", PARSING),
    row(Body("null"), 400, "type", "body", PARSING),
    row(Body("1"), 400, "type", "body", PARSING),
];

const AUTHORIZATION: &str = "header Authorization";
const SESSION: &str = "Invalid or expired session";

#[rustfmt::skip]
const OTHERS: &[Row] = &[
    row(NoHeader("Authorization"), 401, "credential-missing", AUTHORIZATION, SESSION),
    row(Header("Authorization", ""), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "Bearer abc"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "key:secret"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "token"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "token keysecret"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "token :secret"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "token key:"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "Token key:secret"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "Basic key:secret"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "Basic a2V5"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Header("Authorization", "Basic"), 401, "credential-malformed", AUTHORIZATION, SESSION),
    row(Path("/api/v1/conversation"), 404, "unknown-path", "path", "Route not found"),
    row(Path("/api/v1/conversations/"), 404, "unknown-path", "path", "Route not found"),
    row(Path("/api/v2/conversations"), 404, "unknown-path", "path", "Route not found"),
    row(Path("/api/v1/conversations/7d692b95-73dc-4f53-9343-6ed47a3db903"), 404, "unknown-path", "path", "Route not found"),
];
