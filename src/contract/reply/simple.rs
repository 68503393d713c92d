//! Values as text of header fields, in style `simple` (OpenAPI 3.1.1, "Style Values").

use http::HeaderValue;
use serde_json::Value;

use super::write::url_encoded;
use crate::contract::XmlSchema;

/// How the values of a header field are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Simple<'x> {
    /// Whether members of objects are written as `k=v`.
    pub explode: bool,
    /// How values are written: as the style has it, or as a media type.
    pub content: Content<'x>,
    /// Whether each item of a list is a field of its own, as only `Set-Cookie` has it
    /// (RFC 9110 section 5.3).
    pub several: bool,
}

/// What the value of a header field is written as.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'x> {
    /// What the style `simple` makes of it.
    Style,
    /// JSON text.
    Json,
    /// A form.
    Form,
    /// XML, by its schema where it has one.
    Xml(Option<&'x XmlSchema>),
    /// The text itself; JSON of what is none.
    Text,
}

impl Simple<'_> {
    /// The fields that a value becomes; `text` gives the JSON text of a part of it, by JSON pointer.
    /// `None` where one cannot stand in a header field.
    pub(super) fn fields(
        self,
        value: &Value,
        text: &dyn Fn(&str) -> String,
    ) -> Option<Vec<HeaderValue>> {
        let texts = match value {
            Value::Array(items) if self.several => items
                .iter()
                .enumerate()
                .map(|(index, item)| plain(item, &text(&format!("/{index}"))))
                .collect(),
            Value::String(lines) if self.several => lines.lines().map(str::to_owned).collect(),
            value => vec![self.one(value, text)?],
        };
        fields(texts)
    }

    /// A value as one text.
    fn one(self, value: &Value, text: &dyn Fn(&str) -> String) -> Option<String> {
        match (self.content, value) {
            (Content::Json, _) => Some(text("")),
            (Content::Xml(Some(xml)), value) if !value.is_string() => xml.write_element(value).ok(),
            (Content::Form, value @ Value::Object(_)) => Some(url_encoded(value)),
            (_, Value::String(plain)) => Some(plain.clone()),
            (Content::Style, value) => Some(self.text(value, text)),
            (Content::Text, _) => Some(text("")),
            (Content::Form | Content::Xml(_), _) => None,
        }
    }

    /// The fields of a text that is documented as it is sent.
    pub(super) fn as_it_stands(self, text: Option<&Value>) -> Option<Vec<HeaderValue>> {
        let text = text?.as_str()?;
        match self.several {
            true => fields(text.lines().map(str::to_owned).collect()),
            false => fields(vec![text.to_owned()]),
        }
    }

    fn text(self, value: &Value, text: &dyn Fn(&str) -> String) -> String {
        let pieces: Vec<String> = match value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| plain(item, &text(&format!("/{index}"))))
                .collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, member)| {
                    let value = plain(member, &text(&crate::description::join("", name)));
                    let separator = if self.explode { '=' } else { ',' };
                    format!("{name}{separator}{value}")
                })
                .collect(),
            other => return plain(other, &text("")),
        };
        pieces.join(",")
    }
}

fn fields(texts: Vec<String>) -> Option<Vec<HeaderValue>> {
    let field = |text: &String| HeaderValue::from_bytes(text.as_bytes()).ok();
    texts.iter().map(field).collect()
}

/// A text without quotes; anything else as its JSON text, so that numbers keep their digits.
fn plain(value: &Value, json: &str) -> String {
    match value {
        Value::String(text) => text.clone(),
        _ => json.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_as_the_style_has_it() {
        let simple = Simple {
            explode: false,
            content: Content::Style,
            several: false,
        };
        let exploded = Simple {
            explode: true,
            ..simple
        };
        let content = Simple {
            content: Content::Json,
            ..simple
        };
        let form = Simple {
            content: Content::Form,
            ..simple
        };
        let cookies = Simple {
            several: true,
            ..simple
        };
        for (style, value, want) in [
            (simple, json!("a b"), Some(&["a b"][..])),
            (simple, json!(1.50), Some(&["1.5"])),
            (simple, json!(true), Some(&["true"])),
            (simple, json!([1, "b"]), Some(&["1,b"])),
            (simple, json!({"r": 1, "g": "x"}), Some(&["r,1,g,x"])),
            (exploded, json!({"r": 1, "g": "x"}), Some(&["r=1,g=x"])),
            (exploded, json!([1, 2]), Some(&["1,2"])),
            (content, json!({"a": [1]}), Some(&[r#"{"a":[1]}"#])),
            (content, json!("a"), Some(&["\"a\""])),
            (
                cookies,
                json!(["a=1; Path=/", "b=2"]),
                Some(&["a=1; Path=/", "b=2"]),
            ),
            (
                form,
                json!({"a": [1], "b": "c d"}),
                Some(&["a%5B%5D=1&b=c%20d"]),
            ),
            (form, json!([1]), None),
            (cookies, json!("a=1\nb=2\n"), Some(&["a=1", "b=2"])),
            (simple, json!("a\nb"), None),
            (simple, json!(["\u{0}"]), None),
        ] {
            let part = |at: &str| value.pointer(at).map_or_else(String::new, Value::to_string);
            let fields = style.fields(&value, &part);
            let fields = fields.as_ref().map(|fields| {
                let texts = fields.iter().map(|field| field.to_str().unwrap());
                texts.collect::<Vec<_>>()
            });
            assert_eq!(fields.as_deref(), want, "{style:?} {value}");
        }
    }
}
