//! Media types, as far as the generator tells them apart.

use serde_json::{Map, Value};

/// What a media type is to the generated client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// `application/json` itself.
    Json,
    /// Another name for JSON, such as `application/problem+json`.
    JsonByAnotherName,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `application/octet-stream`.
    Bytes,
    /// `text/plain` or `text/x-markdown`.
    Text,
    /// Anything that the client cannot send.
    Other,
}

/// The kind of a media type, whatever its parameters.
pub(super) fn kind(media_type: &str) -> Kind {
    let essence = media_type.split(';').next().unwrap_or_default();
    match essence.trim().to_ascii_lowercase().as_str() {
        "application/json" => Kind::Json,
        essence if essence.ends_with("+json") => Kind::JsonByAnotherName,
        "application/x-www-form-urlencoded" => Kind::Form,
        "application/octet-stream" => Kind::Bytes,
        "text/plain" | "text/x-markdown" => Kind::Text,
        _ => Kind::Other,
    }
}

/// Whether a media type is JSON by any name.
pub(super) fn is_json(media_type: &str) -> bool {
    kind(media_type) <= Kind::JsonByAnotherName
}

/// Whether a media type carries fields by name without being JSON.
pub(super) fn is_form(media_type: &str) -> bool {
    kind(media_type) == Kind::Form || media_type.starts_with("multipart/form-data")
}

/// The one media type that the client sends or reads: JSON before all others.
pub(super) fn preferred(content: &Map<String, Value>) -> Option<(&String, &Value)> {
    content
        .iter()
        .filter(|(name, _)| kind(name) != Kind::Other)
        .min_by_key(|(name, _)| kind(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_many_names() {
        for (media_type, want) in [
            ("application/json", Kind::Json),
            ("Application/JSON; charset=utf-8", Kind::Json),
            ("application/problem+json", Kind::JsonByAnotherName),
            ("application/x-www-form-urlencoded", Kind::Form),
            ("multipart/form-data", Kind::Other),
            ("text/x-markdown", Kind::Text),
            ("*/*", Kind::Other),
        ] {
            assert_eq!(kind(media_type), want, "{media_type}");
        }
    }

    #[test]
    fn json_is_preferred_wherever_it_stands() {
        for (names, want) in [
            (
                &["application/x-www-form-urlencoded", "application/json"][..],
                Some("application/json"),
            ),
            (
                &["text/plain", "application/x-www-form-urlencoded"],
                Some("application/x-www-form-urlencoded"),
            ),
            (
                &["application/merge-patch+json", "application/json"],
                Some("application/json"),
            ),
            (&["multipart/form-data"], None),
        ] {
            let content = names
                .iter()
                .map(|name| ((*name).to_owned(), Value::Null))
                .collect();
            assert_eq!(
                preferred(&content).map(|(name, _)| name.as_str()),
                want,
                "{names:?}"
            );
        }
    }
}
