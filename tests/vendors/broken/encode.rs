//! A value as the content of a request, in each form that an operation takes.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    Json,
    UrlEncoded,
    Multipart,
}

impl Form {
    /// The `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::UrlEncoded => "application/x-www-form-urlencoded",
            Self::Multipart => "multipart/form-data; boundary=part",
        }
    }

    /// The body.
    pub fn encode(self, value: &Value) -> String {
        match self {
            Self::Json => value.to_string(),
            Self::UrlEncoded => {
                let pairs = fields(value);
                let pairs = pairs.iter().map(|(name, text)| {
                    let escaped = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
                    format!("{}={}", escaped(name), escaped(text))
                });
                pairs.collect::<Vec<_>>().join("&")
            }
            Self::Multipart => {
                let parts = fields(value).into_iter().map(|(name, text)| {
                    format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
                });
                parts.collect::<String>() + "--part--\r\n"
            }
        }
    }
}

/// The leaves of an object with their bracketed names.
fn fields(value: &Value) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    for (name, member) in value.as_object().expect("an object") {
        add(name.clone(), member, &mut leaves);
    }
    leaves
}

fn add(name: String, value: &Value, leaves: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, member)| add(format!("{name}[{key}]"), member, leaves)),
        Value::Array(items) => items
            .iter()
            .for_each(|item| add(format!("{name}[]"), item, leaves)),
        Value::String(text) => leaves.push((name, text.clone())),
        Value::Null => leaves.push((name, String::new())),
        other => leaves.push((name, other.to_string())),
    }
}
