//! Forms that are hard on parsers.

use super::{call, exchange};
use crate::fixture::api;

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
