//! The requests and answers that the vendors' pages print, letter for letter as they print them
//! (`seeds/*.txt`), with as little repaired as makes them readable. The descriptions are not asked.

use http::Method;
use serde_json::Value;

use crate::{curl, fixture::Call};

/// Qoolife: a curl line that separates with `;` and encodes nothing.
pub fn qoolife() -> Call {
    curl::call(include_str!("seeds/qoolife.request.txt"))
}

/// Its answer: single quotes, a comma missing, and one letter damaged.
pub fn qoolife_answer() -> Value {
    let printed = include_str!("seeds/qoolife.response.txt");
    let repaired = printed
        .replace('\'', "\"")
        .replace("}]\n      \"watchers\"", "}],\n      \"watchers\"")
        .replace("MÃ©dico", "Médico");
    serde_json::from_str(&repaired).expect("JSON, once repaired")
}

/// EchoSistema: a curl line, sent with its placeholders for the two credentials as they stand.
pub fn echosistema() -> Call {
    curl::call(include_str!("seeds/echosistema.request.txt"))
}

pub fn echosistema_answer() -> Value {
    json(include_str!("seeds/echosistema.response.txt"))
}

pub fn echosistema_validation_error() -> Value {
    json(include_str!("seeds/echosistema.validation_error.txt"))
}

pub fn echosistema_internal_error() -> Value {
    json(include_str!("seeds/echosistema.internal_error.txt"))
}

/// Socialboards: a path without its slash, and a comma too many. The credential is documented on
/// another page, which this one links.
pub fn socialboards() -> Call {
    let printed = include_str!("seeds/socialboards.request.txt");
    let (line, body) = printed.split_once("\n\n").expect("a line and a body");
    let (method, path) = line.split_once(' ').expect("a method and a path");
    let headers = [("Authorization", "Bearer eyJhbGciOiJIUzUxMiJ9.e30.c2ln")];
    let mut call = posted(&format!("/{path}"), &headers, &body.replace(",\n}", "\n}"));
    call.method = method.parse().expect("a method");
    call
}

pub fn socialboards_answer() -> Value {
    json(include_str!("seeds/socialboards.response.txt"))
}

/// Respondent prints no example: the required fields of its document, ids of 24 hexadecimal digits.
pub fn respondent() -> Call {
    posted(
        "/v1/messaging/conversations",
        &[
            ("x-api-key", "client-id"),
            ("x-api-secret", "client-secret"),
        ],
        r#"{"projectId":"69603934cd7d6158385a2001","participantUserIds":["69603934cd7d6158385a2002"]}"#,
    )
}

/// Libredesk prints no request: the required fields of its document.
pub fn libredesk() -> Call {
    posted(
        "/api/v1/conversations",
        &[("Authorization", "token api_key:api_secret")],
        r#"{"content":"<p>Hello</p>","inbox_id":1,"contact_email":"ada@example.com","first_name":"Ada","initiator":"contact"}"#,
    )
}

/// The request of an API's page, by the API's name.
pub fn request(name: &str) -> Call {
    match name {
        "echosistema" => echosistema(),
        "libredesk" => libredesk(),
        "qoolife" => qoolife(),
        "respondent" => respondent(),
        "socialboards" => socialboards(),
        other => panic!("no page of `{other}`"),
    }
}

fn posted(path: &str, headers: &[(&str, &str)], body: &str) -> Call {
    let json = [("Content-Type", "application/json")];
    let headers = headers.iter().chain(&json);
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Call {
        method: Method::POST,
        path: path.to_owned(),
        headers: headers.map(owned).collect(),
        body: body.as_bytes().to_vec(),
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}
