//! Qoolife: `{"error":"invalid_resource","messages"}` for invalid fields, in each of three forms.

use super::{
    encode::Form,
    protocol::{not_json, protocol},
    row::{Break::*, Row, row},
    table::{Table, has_keys, is_problem, own},
};
use crate::fixture::Answer;

pub fn tables() -> Vec<Table> {
    let json = [JSON.to_vec(), not_json(422, "not JSON")].concat();
    vec![
        table(Form::Json, json),
        table(Form::UrlEncoded, FORM.to_vec()),
        table(Form::Multipart, PARTS.to_vec()),
    ]
}

fn table(form: Form, own: Vec<Row>) -> Table {
    Table {
        api: "qoolife",
        path: "/api/v1/conversations",
        headers: &[("Authorization", "Basic dXNlckBleGFtcGxlLmNvbTpzZWtyZXQ=")],
        form,
        body: r#"{"conversation":{"title":"a title","first_post_body":"Wow folks whats app","user_id":2}}"#,
        success: 201,
        shape,
        rows: [FIELDS, OTHERS]
            .concat()
            .into_iter()
            .chain(protocol("is not documented here"))
            .chain(own)
            .collect(),
    }
}

fn shape(answer: &Answer) -> Result<(), String> {
    if answer.status != 422 {
        return is_problem(answer);
    }
    let body = own(answer)?;
    has_keys(&body, &["error", "messages"])?;
    let messages = body["messages"].as_object();
    let is_list = |value: &serde_json::Value| value.as_array().is_some_and(|it| !it.is_empty());
    match body["error"] == "invalid_resource"
        && messages.is_some_and(|it| !it.is_empty() && it.values().all(is_list))
    {
        true => Ok(()),
        false => Err("not an invalid resource with messages by field".to_owned()),
    }
}

const TITLE: &str = "body /conversation/title";
const POST: &str = "body /conversation/first_post_body";
const USER: &str = "body /conversation/user_id";

/// What is wrong in each form.
#[rustfmt::skip]
const FIELDS: &[Row] = &[
    row(Without("/conversation/title"), 422, "required", TITLE, r#""title":["can't be blank"]"#),
    row(Without("/conversation/first_post_body"), 422, "required", POST, r#""first_post_body":["can't be blank"]"#),
    row(Without("/conversation/user_id"), 422, "required", USER, r#""user_id":["can't be blank"]"#),
    row(Set("/conversation/user_id", r#""two""#), 422, "type", USER, r#""user_id":["is not a number"]"#),
    row(Set("/conversation/user_id", r#""""#), 422, "type", USER, r#""user_id":["is not a number"]"#),
    row(Set("/conversation/user_id", "2.5"), 422, "type", USER, r#""user_id":["is not a number"]"#),
    row(Set("/conversation/user_id", "true"), 422, "type", USER, r#""user_id":["is not a number"]"#),
    row(Set("/conversation/user_id", "null"), 422, "type", USER, r#""user_id":["is not a number"]"#),
    row(Set("/conversation/user_id", r#"{"id":2}"#), 422, "type", USER, r#""user_id":["is not a number"]"#),
    row(Set("/conversation/title", r#"{"en":"a"}"#), 422, "type", TITLE, r#""title":["is invalid"]"#),
    row(Set("/conversation/first_post_body", r#"{"en":"a"}"#), 422, "type", POST, r#""first_post_body":["is invalid"]"#),
    row(Set("/conversation", r#""a title""#), 422, "type", "body /conversation", r#""conversation":["is invalid"]"#),
    row(Body(""), 422, "required", "body", r#""base":["#),
];

#[rustfmt::skip]
const JSON: &[Row] = &[
    row(Without("/conversation"), 422, "required", "body /conversation", r#""conversation":["can't be blank"]"#),
    row(Set("/conversation", "null"), 422, "type", "body /conversation", r#""conversation":["is invalid"]"#),
    row(Set("/conversation", "[]"), 422, "type", "body /conversation", r#""conversation":["is invalid"]"#),
    row(Set("/conversation/title", "null"), 422, "type", TITLE, r#""title":["is invalid"]"#),
    row(Set("/conversation/title", "1"), 422, "type", TITLE, r#""title":["is invalid"]"#),
    row(Set("/conversation/first_post_body", "null"), 422, "type", POST, r#""first_post_body":["is invalid"]"#),
    row(Set("/conversation/first_post_body", "[]"), 422, "type", POST, r#""first_post_body":["is invalid"]"#),
    row(Set("/conversation/user_id", r#""2""#), 422, "type", USER, r#""user_id":["is not a number"]"#),
    row(Body(r#"{"title":"a","first_post_body":"b","user_id":2}"#), 422, "required", "body /conversation", r#""conversation":["can't be blank"]"#),
    row(Body("[]"), 422, "type", "body", r#""base":["#),
    row(Body("null"), 422, "type", "body", r#""base":["#),
    row(Body("conversation[title]=a&conversation[first_post_body]=b&conversation[user_id]=2"), 422, "syntax", "body", "not JSON"),
];

#[rustfmt::skip]
const FORM: &[Row] = &[
    row(Body("title=a&first_post_body=b&user_id=2"), 422, "required", "body /conversation", r#""conversation":["can't be blank"]"#),
    row(Body("conversation[title]=a;conversation[first_post_body]=b;conversation[user_id]=two"), 422, "type", USER, r#""user_id":["is not a number"]"#),
    row(Body("conversation[title]=a;conversation[user_id]=2"), 422, "required", POST, r#""first_post_body":["can't be blank"]"#),
    row(Body("conversation[title]=a&conversation[title]=b&conversation[first_post_body]=b&conversation[user_id]=2"), 422, "type", TITLE, r#""title":["is invalid"]"#),
    row(Body("conversation[title=a&conversation[first_post_body]=b&conversation[user_id]=2"), 422, "required", TITLE, r#""title":["can't be blank"]"#),
    row(Body("conversation[title]=%ff&conversation[first_post_body]=b&conversation[user_id]=2"), 422, "syntax", "body", "not UTF-8"),
    row(Body("conversation=a&conversation[title]=b"), 422, "syntax", "body", "conversation[title]"),
    row(Body("{}"), 422, "required", "body /conversation", r#""conversation":["can't be blank"]"#),
    row(Header("Content-Type", "application/x-www-form-urlencoded; charset=klingon"), 415, "unsupported-media-type", "header Content-Type", "klingon"),
];

#[rustfmt::skip]
const PARTS: &[Row] = &[
    row(Header("Content-Type", "multipart/form-data"), 422, "syntax", "body", "boundary"),
    row(Header("Content-Type", "multipart/form-data; boundary=other"), 422, "syntax", "body", "multipart/form-data"),
    row(Header("Content-Type", "multipart/mixed; boundary=part"), 415, "unsupported-media-type", "header Content-Type", "multipart/mixed"),
    row(Body("conversation[title]=a"), 422, "syntax", "body", "multipart/form-data"),
    row(Body("--part\r\nContent-Disposition: form-data; name=\"conversation[title]\"\r\n\r\na"), 422, "syntax", "body", "multipart/form-data"),
    row(Body("--part\r\nContent-Disposition: form-data\r\n\r\na\r\n--part--\r\n"), 422, "syntax", "body", "name"),
    row(Body("--part\r\nContent-Disposition: form-data; name=\"conversation[title]\"\r\n\r\na\r\n--part--\r\n"), 422, "required", POST, r#""user_id":["can't be blank"]"#),
    row(Body("--part--\r\n"), 422, "required", "body /conversation", r#""conversation":["can't be blank"]"#),
];

const AUTHORIZATION: &str = "header Authorization";
const NEEDS: &str = "Qoolife API needs `Authorization: Basic";

#[rustfmt::skip]
const OTHERS: &[Row] = &[
    row(NoHeader("Authorization"), 401, "credential-missing", AUTHORIZATION, NEEDS),
    row(Header("Authorization", ""), 401, "credential-malformed", AUTHORIZATION, NEEDS),
    row(Header("Authorization", "Basic"), 401, "credential-malformed", AUTHORIZATION, NEEDS),
    row(Header("Authorization", "Basic user@example.com:sekret"), 401, "credential-malformed", AUTHORIZATION, "is not base64"),
    row(Header("Authorization", "Basic dXNlcg=="), 401, "credential-malformed", AUTHORIZATION, "has no `:`"),
    row(Header("Authorization", "Bearer abc"), 401, "credential-malformed", AUTHORIZATION, NEEDS),
    row(Path("/api/v1/conversation"), 404, "unknown-path", "path", "/api/v1/conversation` is not documented"),
    row(Path("/api/v1/conversations/"), 404, "unknown-path", "path", "/api/v1/conversations/` is not documented"),
    row(Path("/api/v1/conversations.json"), 404, "unknown-path", "path", "/api/v1/conversations.json` is not documented"),
    row(Path("/conversations"), 404, "unknown-path", "path", "`/conversations` is not documented"),
];
