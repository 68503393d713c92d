//! String formats beyond those of JSON Schema, from the OpenAPI format registry and from BSON; and one of JSON
//! Schema's that is told faster.

use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

/// A format's name and whether a string is of it.
type Format = (&'static str, fn(&str) -> bool);

/// The formats that are asserted in addition to JSON Schema's own, or in their place.
pub(super) const ALL: &[Format] = &[
    ("ObjectId", is_object_id),
    ("byte", is_base64),
    ("email", is_email),
];

/// A BSON ObjectId: 12 bytes as 24 hexadecimal digits.
fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Base64 (RFC 4648 section 4), padded.
fn is_base64(text: &str) -> bool {
    STANDARD.decode(text).is_ok()
}

/// JSON Schema's own check of e-mail addresses.
static EMAIL: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    let options = options.should_validate_formats(true);
    options.build(&json!({"format": "email"})).ok()
});

/// An e-mail address (RFC 5321 section 4.1.2). Nearly all are plain, and these are told at a tenth of the cost.
fn is_email(text: &str) -> bool {
    let is_any = |validator: &Validator| validator.is_valid(&Value::from(text));
    is_plain_email(text) || EMAIL.as_ref().is_some_and(is_any)
}

/// Whether a text is an e-mail address beyond doubt: short, of letters, digits and a few signs.
fn is_plain_email(text: &str) -> bool {
    let is_word = |word: &str| {
        let is_sign = |byte: u8| b"_+-".contains(&byte);
        !word.is_empty()
            && word
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || is_sign(it))
    };
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|it| it.is_ascii_alphanumeric());
    let is_plain = |(local, domain): (&str, &str)| {
        local.split('.').all(is_word) && domain.split('.').all(is_label)
    };
    text.len() < 64 && text.split_once('@').is_some_and(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plainly_an_address_is_one_by_all_rules() {
        let parts = [
            "", "a", "A1", ".", "-", "+", "_", "@", "b.c", "xn", "\"", " ", "é",
        ];
        let mut plain = 0;
        for code in 0..parts.len().pow(5) {
            let piece = |at: u32| parts[code / parts.len().pow(at) % parts.len()];
            let text: String = (0..5).map(piece).collect();
            if is_plain_email(&text) {
                plain += 1;
                let by_rules = EMAIL.as_ref().unwrap().is_valid(&Value::from(&*text));
                assert!(by_rules, "{text}");
            }
        }
        assert!(plain > 1000, "{plain}");
    }

    #[test]
    fn addresses_that_are_not_plain_are_told_too() {
        for (text, want) in [
            ("ada@example.com", true),
            ("ada.lovelace+x@mail.example.com", true),
            ("\"a b\"@example.com", true),
            ("a@[127.0.0.1]", true),
            ("a@ex-ample.com", true),
            ("a@-example.com", false),
            ("a@example..com", false),
            (".a@example.com", false),
            ("a.@example.com", false),
            ("a@b@c", false),
            ("@example.com", false),
            ("ada", false),
            ("", false),
        ] {
            assert_eq!(is_email(text), want, "{text}");
        }
    }

    #[test]
    fn formats_take_what_they_name() {
        for (is_valid, text, want) in [
            (
                is_object_id as fn(&str) -> bool,
                "69603934cd7d6158385a200c",
                true,
            ),
            (is_object_id, "PARTICIPANT_ID_1", false),
            (is_object_id, "69603934cd7d6158385a200", false),
            (is_base64, "", true),
            (is_base64, "aGk=", true),
            (is_base64, "aGk", false),
            (is_base64, "a===", false),
            (is_base64, "a_-=", false),
        ] {
            assert_eq!(is_valid(text), want, "{text}");
        }
    }
}
