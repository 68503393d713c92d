//! Bodies that no client should send: each is refused or answered as documented, none does harm.

mod forms;
mod json;

use std::panic::{AssertUnwindSafe, catch_unwind};

use mynah::{Api, Exchange, answer};
use serde_json::Value;

use crate::{
    fixture::{APIS, Call, api, base, send, serve},
    noise::Noise,
    pages,
};

/// A call through the library, without a socket.
fn exchange(api: &Api, call: &Call) -> Exchange {
    let mut request = http::Request::builder()
        .method(&call.method)
        .uri(&call.path);
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    answer(api, request.body(call.body.clone().into()).unwrap().into())
}

/// The page's request with another body, as another media type.
fn call(name: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Call {
    let mut call = pages::request(name);
    call.headers
        .retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let field = ("Content-Type".to_owned(), content_type.to_owned());
    call.headers.push(field);
    call.body = body.into();
    call
}

/// A valid body in each media type that the API documents.
fn documented(name: &str) -> Vec<(&'static str, Vec<u8>)> {
    const JSON: &str = "application/json";
    match name {
        "qoolife" => vec![
            (JSON, br#"{"conversation":{"title":"a title","first_post_body":"Wow folks whats app","user_id":2}}"#.to_vec()),
            ("application/x-www-form-urlencoded", pages::qoolife().body),
            (
                "multipart/form-data; boundary=part",
                b"--part\r\nContent-Disposition: form-data; name=\"conversation[title]\"\r\n\r\na title\r\n--part\r\nContent-Disposition: form-data; name=\"conversation[first_post_body]\"\r\n\r\nWow\r\n--part\r\nContent-Disposition: form-data; name=\"conversation[user_id]\"\r\n\r\n2\r\n--part--\r\n".to_vec(),
            ),
        ],
        _ => vec![(JSON, pages::request(name).body)],
    }
}

/// Panics unless the answer is a refusal that says why, or the documented success.
fn assert_right(api: &Api, exchange: &Exchange, sent: &[u8]) {
    let status = exchange.reply.status;
    let shown = String::from_utf8_lossy(&sent[..sent.len().min(300)]);
    let says = exchange.reply.headers.contains_key("mynah-violations");
    if exchange.violations.is_empty() {
        let success = api.operations()[0].success().key.status();
        assert_eq!(status, success, "{}: {shown}", api.name());
        assert!(!says, "{}: {shown}", api.name());
        return;
    }
    assert!(status.is_client_error(), "{}: {status} {shown}", api.name());
    assert!(says, "{}: {shown}", api.name());
    let body = serde_json::from_slice::<Value>(&exchange.reply.body);
    assert!(
        body.is_ok_and(|it| it.is_object()),
        "{}: {shown}",
        api.name()
    );
}

#[test]
fn ten_thousand_random_bodies_are_refused_or_answered() {
    let mut noise = Noise::new();
    let mut refused = 0;
    let targets: Vec<(Api, &str, Vec<u8>)> = APIS
        .into_iter()
        .flat_map(|name| {
            let bodies = documented(name).into_iter();
            bodies.map(move |(media_type, body)| (api(name), media_type, body))
        })
        .collect();
    for round in 0..10_000 {
        let (api, media_type, valid) = &targets[round % targets.len()];
        let body = match round / targets.len() % 4 {
            0 => noise.bytes(300),
            1 => noise.truncated(valid),
            2 => noise.mutated(valid, 1),
            _ => noise.mutated(valid, 8),
        };
        let call = call(api.name(), media_type, body.clone());
        let outcome = catch_unwind(AssertUnwindSafe(|| exchange(api, &call)));
        let shown = String::from_utf8_lossy(&body).into_owned();
        let exchange = outcome.unwrap_or_else(|_| panic!("round {round}, {}: {shown}", api.name()));
        assert_right(api, &exchange, &body);
        refused += usize::from(!exchange.violations.is_empty());
    }
    // Some mutations leave a body valid, and most do not.
    assert!((5_000..10_000).contains(&refused), "{refused} refused");
}

#[tokio::test]
async fn a_server_answers_as_before_after_all_of_it() {
    let server = serve();
    let client = reqwest::Client::new();
    let mut noise = Noise::new();
    for name in APIS {
        let base = base(&server, name);
        let before = send(&client, &base, &pages::request(name)).await;
        assert!(
            (200..300).contains(&before.status),
            "{name}: {}",
            before.text
        );
        for (media_type, valid) in documented(name) {
            for _ in 0..50 {
                let body = noise.mutated(&valid, 4);
                let answer = send(&client, &base, &call(name, media_type, body)).await;
                assert!(answer.status < 500, "{name}: {}", answer.text);
            }
        }
        for (what, body, _, _) in json::hard() {
            let answer = send(&client, &base, &call(name, "application/json", body)).await;
            assert!(answer.status < 500, "{name}, {what}: {}", answer.text);
        }
        let huge = ("X-Huge".to_owned(), "x".repeat(60_000));
        let mut with_huge = pages::request(name);
        with_huge.headers.push(huge);
        assert_eq!(
            send(&client, &base, &with_huge).await.status,
            before.status,
            "{name}"
        );
        with_huge
            .headers
            .push(("X-More".to_owned(), "x".repeat(60_000)));
        assert_eq!(send(&client, &base, &with_huge).await.status, 431, "{name}");
        let after = send(&client, &base, &pages::request(name)).await;
        assert_eq!(after.text, before.text, "{name}");
    }
}
