//! Socialboards: errors in the envelope of success, whose code is not -1.

use super::{
    encode::Form,
    protocol::{not_json, protocol},
    row::{Break::*, Row, row},
    table::{Table, has_keys, is_problem, own},
};
use crate::fixture::Answer;

pub fn table() -> Table {
    Table {
        api: "socialboards",
        path: "/chat/conversations",
        headers: &[("Authorization", "Bearer abc.def.ghi")],
        form: Form::Json,
        body: r#"{"author":{"name":"John","email":"john@dow.com","id":"fc2481f6-28a4-4ca7-849a-344fd6ab1b20","customIdentifier":"c","image":"https://example.com/a.png","isBot":false},"title":"Chat","url":"https://thejohndow.com","sentiment":"question","categoryId":1505,"fields":[{"id":1,"value":"Oslo"}],"isBotEnabled":false}"#,
        success: 200,
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
    if matches!(answer.status, 404 | 405 | 406 | 415) || is_ours {
        return is_problem(answer);
    }
    let body = own(answer)?;
    has_keys(&body, &["data", "errorCode", "errorText"])?;
    let is_error = body["errorCode"].as_i64().is_some_and(|code| code != -1);
    match body["data"].is_null() && is_error && body["errorText"].is_string() {
        true => Ok(()),
        false => Err("not an error in the envelope".to_owned()),
    }
}

const NOBODY: &str = "The author must have an id, an email or a customIdentifier.";

#[rustfmt::skip]
const FIELDS: &[Row] = &[
    row(Without("/author"), 400, "required", "body /author", "author"),
    row(Set("/author", "null"), 400, "type", "body /author", "author"),
    row(Set("/author", r#""John""#), 400, "type", "body /author", "author"),
    row(Set("/author", "[]"), 400, "type", "body /author", "author"),
    row(Set("/author", "{}"), 400, "anyOf", "body /author", NOBODY),
    row(Set("/author", r#"{"name":"John"}"#), 400, "anyOf", "body /author", NOBODY),
    row(Set("/author", r#"{"name":"John","isBot":false}"#), 400, "anyOf", "body /author", NOBODY),
    row(Set("/author/name", "null"), 400, "type", "body /author/name", "name"),
    row(Set("/author/name", "1"), 400, "type", "body /author/name", "name"),
    row(Set("/author/email", "null"), 400, "type", "body /author/email", "email"),
    row(Set("/author/email", "1"), 400, "type", "body /author/email", "email"),
    row(Set("/author/id", "null"), 400, "type", "body /author/id", "id"),
    row(Set("/author/id", "1"), 400, "type", "body /author/id", "id"),
    row(Set("/author/id", r#""1""#), 400, "format", "body /author/id", "id"),
    row(Set("/author/customIdentifier", "null"), 400, "type", "body /author/customIdentifier", "customIdentifier"),
    row(Set("/author/customIdentifier", "1"), 400, "type", "body /author/customIdentifier", "customIdentifier"),
    row(Set("/author/image", r#""not a url""#), 400, "format", "body /author/image", "image"),
    row(Set("/author/image", "1"), 400, "type", "body /author/image", "image"),
    row(Set("/author/isBot", "null"), 400, "type", "body /author/isBot", "isBot"),
    row(Set("/author/isBot", r#""true""#), 400, "type", "body /author/isBot", "isBot"),
    row(Set("/categoryId", r#""1505""#), 400, "type", "body /categoryId", "categoryId"),
    row(Set("/categoryId", "1.5"), 400, "type", "body /categoryId", "categoryId"),
    row(Set("/categoryId", "[]"), 400, "type", "body /categoryId", "categoryId"),
    row(Set("/fields", "null"), 400, "type", "body /fields", "fields"),
    row(Set("/fields", "{}"), 400, "type", "body /fields", "fields"),
    row(Set("/fields", "[1]"), 400, "type", "body /fields/0", "fields"),
    row(Set("/fields", r#"[{"id":"1"}]"#), 400, "type", "body /fields/0/id", "fields"),
    row(Set("/isBotEnabled", "null"), 400, "type", "body /isBotEnabled", "isBotEnabled"),
    row(Set("/isBotEnabled", r#""false""#), 400, "type", "body /isBotEnabled", "isBotEnabled"),
    row(Set("/isBotEnabled", "0"), 400, "type", "body /isBotEnabled", "isBotEnabled"),
    row(Set("/sentiment", "1"), 400, "type", "body /sentiment", "sentiment"),
    row(Set("/sentiment", "{}"), 400, "type", "body /sentiment", "sentiment"),
    row(Set("/title", "null"), 400, "type", "body /title", "title"),
    row(Set("/title", "1"), 400, "type", "body /title", "title"),
    row(Set("/url", "null"), 400, "type", "body /url", "url"),
    row(Set("/url", "[]"), 400, "type", "body /url", "url"),
    row(Body("{}"), 400, "required", "body /author", "author"),
    row(Body(""), 400, "required", "body", "body"),
    row(Body("[]"), 400, "type", "body", "body"),
    row(Body("null"), 400, "type", "body", "body"),
    row(Body("\"John\""), 400, "type", "body", "body"),
];

const AUTHORIZATION: &str = "header Authorization";
const DENIED: &str = "Authorization has been denied for this request.";

#[rustfmt::skip]
const OTHERS: &[Row] = &[
    row(NoHeader("Authorization"), 401, "credential-missing", AUTHORIZATION, DENIED),
    row(Header("Authorization", ""), 401, "credential-malformed", AUTHORIZATION, DENIED),
    row(Header("Authorization", "Bearer"), 401, "credential-malformed", AUTHORIZATION, DENIED),
    row(Header("Authorization", "Bearer a b"), 401, "credential-malformed", AUTHORIZATION, DENIED),
    row(Header("Authorization", "abc.def.ghi"), 401, "credential-malformed", AUTHORIZATION, DENIED),
    row(Header("Authorization", "Basic YTpi"), 401, "credential-malformed", AUTHORIZATION, DENIED),
    row(Path("/chat/conversation"), 404, "unknown-path", "path", "/chat/conversation` is not documented"),
    row(Path("/chat/conversations/"), 404, "unknown-path", "path", "/chat/conversations/` is not documented"),
    row(Path("/v1/chat/conversations"), 404, "unknown-path", "path", "/v1/chat/conversations` is not documented"),
    row(Path("//chat/conversations"), 404, "unknown-path", "path", "//chat/conversations` is not documented"),
];
