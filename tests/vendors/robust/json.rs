//! JSON that is hard on parsers and validators.

use super::{call, exchange};
use crate::fixture::api;

/// What is hard about it, the body for EchoSistema, what the answer is, and what it says.
pub fn hard() -> Vec<(&'static str, String, u16, &'static str)> {
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
        // Which of the two counts is left open (RFC 8259 section 4), so none does.
        (
            "an invalid one first, of two with one name",
            format!(r#"{{"participant_uuid":1,{valid}}}"#),
            400,
            "participant_uuid",
        ),
        (
            "an invalid one last, of two with one name",
            more(r#""participant_uuid":1"#),
            400,
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
    for (what, body, status, says) in hard() {
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
