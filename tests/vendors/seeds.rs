//! Each vendor's own request gets the vendor's own answer, over a socket.

use serde_json::{Value, json};

use crate::{
    fixture::{Answer, Call, base, send, serve},
    pages,
};

/// Sends one call to the API of that name on a server of its own.
async fn answer(name: &str, call: &Call) -> Answer {
    let server = serve();
    send(&reqwest::Client::new(), &base(&server, name), call).await
}

/// The status, the media type and the whole value.
fn assert_answer(answer: &Answer, status: u16, body: &Value) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("mynah-violations"), "");
    assert_eq!(&answer.json(), body);
}

/// Texts that stand in the body byte for byte, which values alone would not show.
fn assert_bytes(answer: &Answer, texts: &[&str]) {
    for text in texts {
        assert!(answer.text.contains(text), "{text} in {}", answer.text);
    }
}

#[tokio::test]
async fn qoolife_answers_the_curl_line_of_its_page() {
    let call = pages::qoolife();
    assert_eq!(
        String::from_utf8_lossy(&call.body),
        "conversation[title]=a title;conversation[first_post_body]=Wow folks whats app;conversation[user_id]=2"
    );
    let answer = answer("qoolife", &call).await;
    assert_answer(&answer, 201, &pages::qoolife_answer());
    assert_bytes(
        &answer,
        &[
            r#""unread":"false""#,
            "\"Médico\"",
            ".jpg%3Fsize=48&d=https://",
            r#""date":"2012-10-05T15:35:00+02:00""#,
        ],
    );
}

#[tokio::test]
async fn socialboards_answers_the_body_of_its_page() {
    let call = pages::socialboards();
    assert_eq!(call.path, "/chat/conversations");
    let answer = answer("socialboards", &call).await;
    assert_answer(&answer, 200, &pages::socialboards_answer());
    assert_bytes(
        &answer,
        &[
            r#""creationTime":"2023-09-01T12:56:39.0847826+03:00""#,
            r#""feedback":null"#,
            r#""image":null"#,
            r#""id":0,"#,
            r#""errorCode":-1,"errorText":null}"#,
        ],
    );
}

#[tokio::test]
async fn echosistema_answers_the_curl_line_of_its_page() {
    let call = pages::echosistema();
    let sent: Value = serde_json::from_slice(&call.body).unwrap();
    assert_eq!(sent["taggable_type"], r"App\Models\Order");
    let answer = answer("echosistema", &call).await;
    assert_answer(&answer, 201, &pages::echosistema_answer());
    assert_eq!(answer.json()["data"]["taggable_type"], r"App\Models\Order");
    assert_bytes(
        &answer,
        &[
            r#""taggable_type":"App\\Models\\Order""#,
            r#""created_at":"2025-10-15T10:30:00.000000Z""#,
            r#""last_message_text":null"#,
            r#""last_read_at":null"#,
        ],
    );
}

#[tokio::test]
async fn echosistema_answers_with_the_two_errors_of_its_page() {
    let mut invalid = pages::echosistema();
    invalid.body = b"{}".to_vec();
    assert_answer(
        &without_violations(answer("echosistema", &invalid).await),
        422,
        &pages::echosistema_validation_error(),
    );
    let mut failing = pages::echosistema();
    let prefer = ("Prefer".to_owned(), "code=500".to_owned());
    failing.headers.push(prefer);
    assert_answer(
        &answer("echosistema", &failing).await,
        500,
        &pages::echosistema_internal_error(),
    );
}

fn without_violations(mut answer: Answer) -> Answer {
    let removed = answer.headers.remove("mynah-violations");
    assert!(removed.is_some(), "a refusal says what is wrong");
    answer
}

#[tokio::test]
async fn libredesk_answers_with_each_example_of_its_document_in_its_place() {
    let first = answer("libredesk", &pages::libredesk()).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(first.header("content-type"), "application/json");
    let body = first.json();
    for (pointer, want) in [
        ("/status", json!("success")),
        ("/data/id", json!(51)),
        ("/data/uuid", json!("7d692b95-73dc-4f53-9343-6ed47a3db903")),
        ("/data/reference_number", json!("150")),
        ("/data/status", json!("Open")),
        (
            "/data/subject",
            json!("[GitHub] A third-party GitHub Application has been added"),
        ),
        ("/data/inbox_mail", json!("support@example.com")),
        ("/data/inbox_name", json!("Support Inbox")),
        ("/data/inbox_channel", json!("email")),
        (
            "/data/last_message",
            json!("Hey! A third-party GitHub Application was recently authorized..."),
        ),
        ("/data/last_message_sender", json!("contact")),
    ] {
        assert_eq!(body.pointer(pointer), Some(&want), "{pointer}");
    }
    for (pointer, is_right) in [
        ("/data/created_at", is_time as fn(&str) -> bool),
        ("/data/last_message_at", is_time),
        ("/data/contact/created_at", is_time),
        ("/data/contact/email", |text| text.contains('@')),
    ] {
        let text = body.pointer(pointer).and_then(Value::as_str);
        assert!(text.is_some_and(is_right), "{pointer}: {text:?}");
    }
    assert_eq!(
        first.text,
        answer("libredesk", &pages::libredesk()).await.text
    );
}

#[tokio::test]
async fn respondent_answers_as_its_document_types_it_and_always_the_same() {
    let first = answer("respondent", &pages::respondent()).await;
    assert_eq!(first.status, 201, "{}", first.text);
    assert_eq!(first.header("content-type"), "application/json");
    let body = first.json();
    assert_members(
        &body,
        &[
            ("createdAt", Value::is_string),
            ("uid", Value::is_string),
            ("name", Value::is_string),
            ("deleted", Value::is_boolean),
            ("locked", Value::is_boolean),
            ("read", Value::is_boolean),
            ("user", Value::is_object),
            ("participants", Value::is_array),
            ("messages", Value::is_array),
            ("latestMessage", Value::is_object),
            ("messagesCount", Value::is_number),
        ],
    );
    assert_members(&body["user"], PERSON);
    assert_members(
        &body["latestMessage"],
        &[
            ("createdAt", is_time_value),
            ("uid", Value::is_string),
            ("body", Value::is_string),
        ],
    );
    let participants = body["participants"].as_array().unwrap();
    assert!(!participants.is_empty(), "the researcher and one more");
    for participant in participants {
        assert_members(participant, PERSON);
        assert_members(
            participant,
            &[("read", Value::is_boolean), ("deleted", Value::is_boolean)],
        );
    }
    for message in body["messages"].as_array().unwrap() {
        assert_members(
            message,
            &[
                ("createdAt", is_time_value),
                ("uid", Value::is_string),
                ("body", Value::is_string),
            ],
        );
        assert_members(&message["sender"], PERSON);
    }
    assert_members(&body["metadata"], &[("projectId", is_object_id_value)]);
    assert!(is_time_value(&body["createdAt"]), "{}", body["createdAt"]);
    assert_eq!(
        first.text,
        answer("respondent", &pages::respondent()).await.text
    );
}

type Members<'a> = &'a [(&'a str, fn(&Value) -> bool)];

const PERSON: Members<'static> = &[
    ("uid", Value::is_string),
    ("firstName", Value::is_string),
    ("lastName", Value::is_string),
];

fn assert_members(object: &Value, members: Members<'_>) {
    for (name, is_right) in members {
        let value = object.get(name);
        assert!(value.is_some_and(is_right), "{name}: {value:?} in {object}");
    }
}

fn is_time_value(value: &Value) -> bool {
    value.as_str().is_some_and(is_time)
}

/// RFC 3339, with its offset.
fn is_time(text: &str) -> bool {
    chrono::DateTime::parse_from_rfc3339(text).is_ok()
}

fn is_object_id_value(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
