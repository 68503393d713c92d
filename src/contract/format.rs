//! String formats beyond those of JSON Schema, from the OpenAPI format registry and from BSON.

use base64::{Engine, engine::general_purpose::STANDARD};

/// A format's name and whether a string is of it.
type Format = (&'static str, fn(&str) -> bool);

/// The formats that are asserted in addition to JSON Schema's own.
pub(super) const ALL: &[Format] = &[("ObjectId", is_object_id), ("byte", is_base64)];

/// A BSON ObjectId: 12 bytes as 24 hexadecimal digits.
fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Base64 (RFC 4648 section 4), padded.
fn is_base64(text: &str) -> bool {
    STANDARD.decode(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
