//! Bodies that no client should send: each is refused or answered as documented, none does harm.

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

/// JSON that is hard on parsers and validators, what the answer is, and what it says.
fn hard_json() -> Vec<(&'static str, String, u16, &'static str)> {
    let nested =
        |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let valid = r#""participant_uuid":"6b420a39-0b23-3a95-6a0b-3ca5900b4c05""#;
    let more = |member: &str| format!("{{{valid},{member}}}");
    let unknown: String = (0..10_000)
        .map(|index| format!(",\"unknown{index}\":{index}"))
        .collect();
    vec![
        (
            "arrays 100,000 deep",
            nested("[", "]"),
            400,
            "recursion limit",
        ),
        (
            "objects 100,000 deep",
            nested("{\"a\":", "}"),
            400,
            "not JSON",
        ),
        (
            "arrays never closed",
            "[".repeat(100_000),
            400,
            "recursion limit",
        ),
        (
            "a number beyond a double",
            more(r#""taggable_id":1e400"#),
            400,
            "not JSON",
        ),
        (
            "a number of 30 digits",
            more(&format!(r#""taggable_id":{}"#, "9".repeat(30))),
            201,
            "",
        ),
        (
            "a number of 30 digits with a fraction",
            more(&format!(r#""taggable_id":0.{}"#, "1".repeat(30))),
            422,
            "taggable_id",
        ),
        (
            "a number of 100,000 digits",
            more(&format!(r#""taggable_id":{}"#, "9".repeat(100_000))),
            400,
            "not JSON",
        ),
        ("minus nothing", more(r#""taggable_id":-"#), 400, "not JSON"),
        ("minus 0", more(r#""taggable_id":-0"#), 201, ""),
        (
            "half of a surrogate pair",
            more(r#""taggable_type":"\ud800""#),
            400,
            "not JSON",
        ),
        (
            "the other half",
            more(r#""taggable_type":"\udc00""#),
            400,
            "not JSON",
        ),
        (
            "a whole pair",
            more(r#""taggable_type":"\ud83d\ude00""#),
            201,
            "",
        ),
        (
            "a zero byte in a text",
            more(r#""taggable_type":"\u0000""#),
            201,
            "",
        ),
        // Which of the two counts is left open (RFC 8259 section 4), so both have to be right.
        (
            "an invalid one first, of two with one name",
            format!(r#"{{"participant_uuid":1,{valid}}}"#),
            422,
            "participant_uuid",
        ),
        (
            "an invalid one last, of two with one name",
            more(r#""participant_uuid":1"#),
            422,
            "participant_uuid",
        ),
        (
            "a megabyte of text",
            more(&format!(r#""taggable_type":"{}""#, "x".repeat(1 << 20))),
            201,
            "",
        ),
        (
            "a megabyte of text in the wrong place",
            format!(r#"{{"participant_uuid":"{}"}}"#, "x".repeat(1 << 20)),
            422,
            "participant_uuid",
        ),
        (
            "10,000 unknown fields",
            format!("{{{valid}{unknown}}}"),
            201,
            "",
        ),
        (
            "10,000 unknown fields and none that is known",
            format!("{{\"a\":1{unknown}}}"),
            422,
            "participant_uuid",
        ),
        (
            "a name of a megabyte",
            more(&format!("\"{}\":1", "x".repeat(1 << 20))),
            201,
            "",
        ),
        (
            "a mark of byte order",
            format!("\u{feff}{{{valid}}}"),
            400,
            "not JSON",
        ),
    ]
}

#[test]
fn hard_json_is_read_or_refused_in_a_short_answer() {
    let api = api("echosistema");
    for (what, body, status, says) in hard_json() {
        let exchange = exchange(&api, &call("echosistema", "application/json", body));
        let reply = &exchange.reply;
        let text = String::from_utf8_lossy(&reply.body);
        let start: String = text.chars().take(300).collect();
        assert_eq!(reply.status, status, "{what}: {start}");
        assert!(text.contains(says), "{what}: {start}");
        // What was sent comes back in short, if at all.
        assert!(
            reply.body.len() < 5_000,
            "{what}: {} bytes",
            reply.body.len()
        );
        let header = reply.headers.get("mynah-violations");
        assert!(header.is_none_or(|it| it.len() < 3_000), "{what}");
    }
}

#[test]
fn thousands_of_faults_are_answered_in_short() {
    let faults = vec!["1"; 10_000].join(",");
    for (name, body, status) in [
        (
            "respondent",
            format!(
                r#"{{"projectId":"69603934cd7d6158385a2001","participantUserIds":[{faults}]}}"#
            ),
            422,
        ),
        (
            "socialboards",
            format!(
                r#"{{"author":{{"id":"fc2481f6-28a4-4ca7-849a-344fd6ab1b20"}},"fields":[{faults}]}}"#
            ),
            400,
        ),
    ] {
        let exchange = exchange(&api(name), &call(name, "application/json", body));
        let reply = &exchange.reply;
        assert_eq!(reply.status, status, "{name}");
        assert_eq!(exchange.violations.len(), 10_000, "{name}");
        assert!(
            reply.body.len() < 50_000,
            "{name}: {} bytes",
            reply.body.len()
        );
        assert!(reply.headers["mynah-violations"].len() < 3_000, "{name}");
    }
}

#[test]
fn forms_of_many_fields_and_deep_brackets_are_read_or_refused() {
    let api = api("qoolife");
    let form = "application/x-www-form-urlencoded";
    let valid = "conversation[title]=t&conversation[first_post_body]=b&conversation[user_id]=2";
    let deep = format!("conversation{}=1", "[a]".repeat(100_000));
    let many: String = (0..10_000)
        .map(|index| format!("&unknown{index}={index}"))
        .collect();
    let same = "&conversation[title]=t".repeat(10_000);
    for (what, body, status) in [
        ("brackets 100,000 deep", format!("{valid}&{deep}"), 201),
        (
            "brackets never closed",
            format!("{valid}&{}", "[".repeat(100_000)),
            201,
        ),
        ("10,000 unknown fields", format!("{valid}{many}"), 201),
        ("one field 10,000 times", format!("{valid}{same}"), 422),
        ("separators only", ";&".repeat(100_000), 422),
        (
            "a megabyte in one value",
            format!("{valid}&x={}", "x".repeat(1 << 20)),
            201,
        ),
        (
            "a megabyte of escapes cut short",
            format!("{valid}&x={}", "%".repeat(1 << 20)),
            201,
        ),
    ] {
        let exchange = exchange(&api, &call("qoolife", form, body));
        let reply = &exchange.reply;
        assert_eq!(
            reply.status,
            status,
            "{what}: {:?}",
            exchange.violations.first()
        );
        assert!(
            reply.body.len() < 5_000,
            "{what}: {} bytes",
            reply.body.len()
        );
    }
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
        for (what, body, _, _) in hard_json() {
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
