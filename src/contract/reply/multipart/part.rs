//! One part: its header fields, and its content by its media type.

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use serde_json::Value;

use super::{Origin, Source, Writing};
use crate::{
    contract::{
        BodyForm, bracketed,
        generate::{self, ByteFacts},
        reply::{
            read::sendable,
            write::{self, Written},
        },
    },
    exchange::MediaType,
};

const TRANSFER_ENCODING: HeaderName = HeaderName::from_static("content-transfer-encoding");

/// One part.
#[derive(Debug)]
pub(super) struct Part {
    headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Part {
    /// A part without content, known by its name; a file has a name of its own.
    pub(super) fn named(name: &str, file: Option<&str>) -> Self {
        let mut text = format!("form-data; name=\"{}\"", escaped(name));
        if let Some(file) = file {
            text.push_str(&format!("; filename=\"{}\"", escaped(file)));
        }
        let mut part = Self::unnamed();
        if let Ok(value) = HeaderValue::from_bytes(text.as_bytes()) {
            part.headers.insert(CONTENT_DISPOSITION, value);
        }
        part
    }

    fn unnamed() -> Self {
        Self {
            headers: HeaderMap::new(),
            body: Vec::new(),
        }
    }

    /// Adds documented header fields, which come before those that are made.
    pub(super) fn add_fields(&mut self, fields: HeaderMap) {
        for name in fields.keys() {
            self.headers.remove(name);
        }
        for (name, value) in &fields {
            self.headers.append(name.clone(), value.clone());
        }
    }

    /// Whether a text stands in it.
    pub(super) fn contains(&self, text: &str) -> bool {
        let is_it = |bytes: &[u8]| {
            let mut windows = bytes.windows(text.len().max(1));
            windows.any(|window| window == text.as_bytes())
        };
        is_it(&self.body) || self.headers.values().any(|value| is_it(value.as_bytes()))
    }

    /// Writes it after its boundary.
    pub(super) fn add_to(&self, bytes: &mut Vec<u8>) {
        for (name, value) in &self.headers {
            bytes.extend_from_slice(capitalised(name.as_str()).as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value.as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes.extend_from_slice(b"\r\n");
    }
}

impl Writing<'_> {
    /// A value as one part.
    ///
    /// # Errors
    /// Why it has no form as its media type, in words.
    pub(super) fn part(&self, source: &Source<'_>) -> Result<Part, String> {
        let facts = generate::byte_facts(self.description, &source.schemas);
        let documented = source.encoding.filter(|encoding| encoding.style.is_none());
        let documented = documented.and_then(|encoding| encoding.content_types.first());
        let default = default_type(source.value, &facts);
        let is_form = self.own.media_type.essence() == "multipart/form-data";
        // Text in a form says no type, as from a browser.
        let is_plain = documented.is_none() && default.essence() == "text/plain";
        let media_type = documented.map_or(default, |range| sendable(range.clone()));
        let is_said = documented.is_some() || facts.media_type.is_some();
        let is_file = facts.is_binary || (is_said && BodyForm::of(&media_type) == BodyForm::Binary);
        let mut part = match source.name {
            Some(name) if is_file => Part::named(name, Some(&file_name(name, &media_type))),
            Some(name) => Part::named(name, None),
            None => Part::unnamed(),
        };
        part.body = self.content(source, &media_type, &facts)?;
        if !(is_plain && is_form) {
            let typed = with_charset(media_type, &part.body).to_string();
            if let Ok(value) = HeaderValue::from_str(&typed) {
                part.headers.insert(CONTENT_TYPE, value);
            }
        }
        // OpenAPI 3.1.1, "Encoding Object": `contentEncoding` of a part is this field.
        let encoding = facts
            .encoding
            .as_deref()
            .filter(|_| source.value.is_string());
        if let Some(Ok(value)) = encoding.map(HeaderValue::from_str) {
            part.headers.insert(TRANSFER_ENCODING, value);
        }
        part.add_fields(self.fields(source));
        Ok(part)
    }

    fn content(
        &self,
        source: &Source<'_>,
        media_type: &MediaType,
        facts: &ByteFacts,
    ) -> Result<Vec<u8>, String> {
        if self.origin == Origin::Made
            && facts.is_any_bytes
            && let Some(file) = generate::file(media_type.essence())
        {
            return Ok(file.to_vec());
        }
        let place = |fault: String| format!("`{}`: {fault}", source.at);
        let json = |at: &str| (self.body.json)(&format!("{}{at}", source.at));
        let value = Written {
            value: source.value,
            json: &json,
        };
        let text = match (BodyForm::of(media_type), source.value) {
            (BodyForm::Multipart, _) => {
                return Err(place("parts inside of parts are not written".to_owned()));
            }
            (BodyForm::Xml, value @ (Value::Object(_) | Value::Array(_))) => {
                let (Some(xml), Some(property)) = (&self.own.xml, source.property) else {
                    return Err(place("it has no schema to write it as XML by".to_owned()));
                };
                xml.write_member(property, value)
                    .map_err(|fault| place(fault.message))?
            }
            (BodyForm::Text | BodyForm::Binary | BodyForm::Xml, scalar)
                if !scalar.is_object() && !scalar.is_array() =>
            {
                match scalar {
                    Value::Number(_) => json(""),
                    other => bracketed::text(other),
                }
            }
            (form, _) => write::text(form, None, &value).map_err(place)?,
        };
        Ok(text.into_bytes())
    }
}

/// The media type of a part that none is documented for (OpenAPI 3.1.1, "Encoding Object").
fn default_type(value: &Value, facts: &ByteFacts) -> MediaType {
    let named = |name: &str| MediaType::parse(name);
    let default = match value {
        Value::Object(_) | Value::Array(_) => return MediaType::json(),
        Value::String(_) => match &facts.media_type {
            Some(documented) => named(documented),
            None if facts.is_binary || facts.encoding.is_some() => {
                named("application/octet-stream")
            }
            None => named("text/plain"),
        },
        _ => named("text/plain"),
    };
    default.unwrap_or_else(MediaType::json)
}

/// Text that is not ASCII says that it is UTF-8, since text without a charset is ASCII (RFC 2046
/// section 4.1.2).
fn with_charset(media_type: MediaType, body: &[u8]) -> MediaType {
    let is_open = media_type.kind() == "text" && media_type.parameter("charset").is_none();
    match is_open && !body.is_ascii() {
        true => media_type.with_parameter("charset", "utf-8"),
        false => media_type,
    }
}

/// The field's name with the ending of its media type, where that is one.
fn file_name(name: &str, media_type: &MediaType) -> String {
    let ending = media_type.subtype();
    let is_ending = ending.len() <= 4 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match is_ending {
        true => format!("{name}.{ending}"),
        false => name.to_owned(),
    }
}

/// As browsers have it (WHATWG HTML, "multipart/form-data encoding algorithm").
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// `Content-Type`: some readers know field names in this form only.
fn capitalised(name: &str) -> String {
    let word = |word: &str| {
        let mut characters = word.chars();
        let first = characters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(characters).collect::<String>()
    };
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}
