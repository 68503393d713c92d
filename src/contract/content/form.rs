//! How the bytes of a media type become a value.

use crate::exchange::MediaType;

/// How the bytes of a body become a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyForm {
    /// JSON text.
    Json,
    /// `application/x-www-form-urlencoded`.
    UrlEncoded,
    /// `multipart/*`: parts by name, or in their order where the schema is of an array.
    Multipart,
    /// XML, read by the schema's `xml` objects.
    Xml,
    /// JSON texts, each on its own line: an array.
    JsonLines,
    /// JSON texts, each after a record separator (RFC 7464): an array.
    JsonSequence,
    /// Server-sent events: an array.
    EventStream,
    /// Text, which is one string.
    Text,
    /// Bytes: a string with one character for each byte, so that lengths count bytes.
    Binary,
}

impl BodyForm {
    /// How bodies of a media type are read.
    pub fn of(media_type: &MediaType) -> Self {
        match (media_type.essence(), media_type.kind()) {
            ("application/x-www-form-urlencoded", _) => Self::UrlEncoded,
            (_, "multipart") => Self::Multipart,
            (
                "application/jsonl"
                | "application/x-jsonl"
                | "application/jsonlines"
                | "application/x-jsonlines"
                | "application/ndjson"
                | "application/x-ndjson",
                _,
            ) => Self::JsonLines,
            ("application/json-seq", _) => Self::JsonSequence,
            ("text/event-stream", _) => Self::EventStream,
            _ if media_type.subtype().ends_with("+json-seq") => Self::JsonSequence,
            _ if media_type.is_json() => Self::Json,
            _ if media_type.is_xml() => Self::Xml,
            (_, "text") => Self::Text,
            _ => Self::Binary,
        }
    }

    /// Whether no bytes at all are a body of this form: an empty text, or a sequence of nothing.
    pub fn takes_nothing(self) -> bool {
        !matches!(self, Self::Json | Self::Xml | Self::Multipart)
    }

    /// Whether content of this form is a sequence, which `itemSchema` is about (OpenAPI 3.2.0,
    /// "Sequential Media Types").
    pub fn is_sequential(self) -> bool {
        matches!(
            self,
            Self::JsonLines | Self::JsonSequence | Self::EventStream | Self::Multipart
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_media_type_has_a_form() {
        for (text, want) in [
            ("application/json", BodyForm::Json),
            ("application/problem+json", BodyForm::Json),
            ("application/x-www-form-urlencoded", BodyForm::UrlEncoded),
            ("multipart/form-data", BodyForm::Multipart),
            ("multipart/mixed", BodyForm::Multipart),
            ("application/xml", BodyForm::Xml),
            ("text/xml; charset=utf-8", BodyForm::Xml),
            ("application/soap+xml", BodyForm::Xml),
            ("application/jsonl", BodyForm::JsonLines),
            ("application/x-ndjson", BodyForm::JsonLines),
            ("application/json-seq", BodyForm::JsonSequence),
            ("application/geo+json-seq", BodyForm::JsonSequence),
            ("text/event-stream", BodyForm::EventStream),
            ("text/csv", BodyForm::Text),
            ("application/octet-stream", BodyForm::Binary),
            ("image/png", BodyForm::Binary),
        ] {
            let media_type = MediaType::parse(text).unwrap();
            assert_eq!(BodyForm::of(&media_type), want, "{text}");
        }
    }
}
