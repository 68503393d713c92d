//! A value as the body of a reply, in the form of its media type.

use serde_json::Value;

use crate::{
    contract::{BodyForm, XmlSchema, bracketed::fields, parameter::encode},
    exchange::Element,
};

/// Members of a server-sent event (OpenAPI 3.2.0, "Server-Sent Event Streams").
const EVENT: [&str; 5] = ["comment", "event", "id", "retry", "data"];

/// A value to write, with the JSON text of each of its parts by JSON pointer: that of the document
/// where it is documented, digit for digit.
pub(super) struct Written<'a> {
    pub(super) value: &'a Value,
    pub(super) json: &'a dyn Fn(&str) -> String,
}

/// The value as text.
///
/// # Errors
/// Why it cannot be written so, in words.
pub(super) fn text(
    form: BodyForm,
    xml: Option<&XmlSchema>,
    body: &Written<'_>,
) -> Result<String, String> {
    let json = body.json;
    match (form, body.value) {
        (BodyForm::Json, _) => Ok(json("")),
        // A text is what is sent already.
        (_, Value::String(text)) if !is_element_text(form, xml, text) => Ok(text.clone()),
        (BodyForm::Xml, value) => match xml {
            Some(xml) => xml
                .write(value)
                .map_err(|fault| format!("`{}`: {}", fault.pointer, fault.message)),
            None => Err("XML is written by a schema, and there is none".to_owned()),
        },
        (BodyForm::JsonLines, _) => Ok(each(body, |at| format!("{}\n", json(at)))),
        (BodyForm::JsonSequence, _) => Ok(each(body, |at| format!("\u{1E}{}\n", json(at)))),
        (BodyForm::EventStream, _) => Ok(each(body, |at| event(body, at))),
        (BodyForm::UrlEncoded, value @ Value::Object(_)) => Ok(url_encoded(value)),
        (BodyForm::UrlEncoded, _) => Err("a form is an object".to_owned()),
        (BodyForm::Multipart, _) => Err("parts are no text".to_owned()),
        // Objects have no form of their own as text: JSON is what everybody can read.
        (BodyForm::Text | BodyForm::Binary, _) => Ok(json("")),
    }
}

/// A value as text, that of a request too.
///
/// # Errors
/// As [`text`].
pub(in crate::contract) fn written(
    form: BodyForm,
    xml: Option<&XmlSchema>,
    value: &Value,
) -> Result<String, String> {
    let json = |at: &str| value.pointer(at).map_or_else(String::new, Value::to_string);
    text(form, xml, &Written { value, json: &json })
}

/// An object as `application/x-www-form-urlencoded`, with bracketed names.
pub(super) fn url_encoded(value: &Value) -> String {
    let pairs = fields(value)
        .into_iter()
        .map(|(name, text)| format!("{}={}", encode(&name), encode(&text)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Whether a string is the value of the root element and not the XML text itself.
fn is_element_text(form: BodyForm, xml: Option<&XmlSchema>, text: &str) -> bool {
    let is_plain = |xml: &XmlSchema| xml.is_text() && Element::parse(text).is_err();
    form == BodyForm::Xml && xml.is_some_and(|xml| xml.is_element_text() || is_plain(xml))
}

/// The items of an array, one after the other; any other value is the only one.
fn each(body: &Written<'_>, item: impl Fn(&str) -> String) -> String {
    match body.value {
        Value::Array(items) => (0..items.len())
            .map(|index| item(&format!("/{index}")))
            .collect(),
        _ => item(""),
    }
}

/// One server-sent event (WHATWG HTML section 9.2.5).
fn event(body: &Written<'_>, at: &str) -> String {
    let value = body.value.pointer(at).unwrap_or(&Value::Null);
    let mut text = String::new();
    let is_event = |name: &String| EVENT.contains(&name.as_str());
    match value {
        Value::Object(members) if members.contains_key("data") && members.keys().all(is_event) => {
            for name in EVENT.iter().filter(|name| members.contains_key(**name)) {
                let field = if *name == "comment" { "" } else { name };
                add_lines(&mut text, field, &plain(body, &format!("{at}/{name}")));
            }
        }
        _ => add_lines(&mut text, "data", &plain(body, at)),
    }
    text.push('\n');
    text
}

fn plain(body: &Written<'_>, at: &str) -> String {
    match body.value.pointer(at) {
        Some(Value::String(text)) => text.clone(),
        _ => (body.json)(at),
    }
}

fn add_lines(text: &mut String, field: &str, value: &str) {
    for line in value.split('\n') {
        text.push_str(&format!("{field}: {line}\n"));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_form_has_its_text() {
        for (form, value, want) in [
            (BodyForm::Json, json!("a"), Ok("\"a\"")),
            (BodyForm::Text, json!("a"), Ok("a")),
            (BodyForm::Text, json!({"a": 1}), Ok("{\"a\":1}")),
            (
                BodyForm::JsonLines,
                json!([{"a": 1}, 2]),
                Ok("{\"a\":1}\n2\n"),
            ),
            (BodyForm::JsonLines, json!({"a": 1}), Ok("{\"a\":1}\n")),
            (
                BodyForm::JsonSequence,
                json!([1, 2]),
                Ok("\u{1E}1\n\u{1E}2\n"),
            ),
            (
                BodyForm::EventStream,
                json!([{"a": 1}, "x\ny", {"id": "1", "data": {"b": 2}, "event": "e", "retry": 3}]),
                Ok(
                    "data: {\"a\":1}\n\ndata: x\ndata: y\n\nevent: e\nid: 1\nretry: 3\ndata: {\"b\":2}\n\n",
                ),
            ),
            (
                BodyForm::EventStream,
                json!("data: x\n\n"),
                Ok("data: x\n\n"),
            ),
            (
                BodyForm::UrlEncoded,
                json!({"a": [1, "b c"]}),
                Ok("a%5B%5D=1&a%5B%5D=b%20c"),
            ),
            (BodyForm::UrlEncoded, json!([1]), Err("a form is an object")),
        ] {
            let part = |at: &str| value.pointer(at).map_or_else(String::new, Value::to_string);
            let written = Written {
                value: &value,
                json: &part,
            };
            let text = text(form, None, &written);
            assert_eq!(
                text.as_deref().map_err(|fault| &**fault),
                want,
                "{form:?} {value}"
            );
        }
    }
}
