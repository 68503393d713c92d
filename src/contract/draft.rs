//! A request before it is written: a value for each parameter, a body, credentials.

use bytes::Bytes;
use http::Method;
use serde_json::Value;

use super::{
    bracketed::fields,
    content::{BodyForm, Content},
    operation::Operation,
    reply::written,
    sample::Sample,
    security::Scheme,
};
use crate::exchange::MediaType;

/// A request before it is written: what each part of it says. It may keep to the contract or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The method.
    pub method: Method,
    /// A value for each parameter of the operation, in their order; `None` where it is left out.
    pub parameters: Vec<Option<Value>>,
    /// The body; `None` where there is none.
    pub body: Option<DraftBody>,
    /// The credentials, each with its secret as [`Scheme::written`] takes it.
    pub credentials: Vec<(Scheme, String)>,
}

/// The body of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftBody {
    /// Which of the documented contents it is, by its index.
    pub content: usize,
    /// What it says.
    pub says: BodyValue,
    /// Its `Content-Type`, where it is another than that of the content.
    pub media_type: Option<String>,
}

/// What a body says.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyValue {
    /// A value, written as the media type has it.
    Value(Value),
    /// Bytes as they stand.
    Bytes(Bytes),
}

/// Why a draft cannot be written, in words.
pub type Unwritable = String;

/// Between the parts of a body, which nothing else holds.
const BOUNDARY: &str = "mynah-5c1f0d9a7e3b";

impl Draft {
    /// The request, its target being the path of the operation below `base`.
    ///
    /// # Errors
    /// A value that cannot stand where it belongs, such as a line break in a header field.
    pub fn write(
        &self,
        operation: &Operation,
        base: &str,
    ) -> Result<http::Request<Bytes>, Unwritable> {
        let path = operation.path().split('#').next().unwrap_or_default();
        let slash = if path.starts_with('/') { "" } else { "/" };
        let mut sample = Sample::to(&self.method, &format!("{slash}{path}"));
        let mut query = Vec::new();
        for (scheme, secret) in &self.credentials {
            sample.add_credential(scheme, secret, &mut query);
        }
        for (parameter, value) in operation.parameters.iter().zip(&self.parameters) {
            if let Some(value) = value {
                sample.add_parameter(parameter, value, &mut query);
            }
        }
        sample.add_query(&query);
        let mut body = Bytes::new();
        if let Some(drafted) = &self.body {
            let contents = operation
                .body
                .as_ref()
                .map_or(&[][..], |body| &body.content);
            let content = contents.get(drafted.content);
            let content = content.ok_or_else(|| "no such content is documented".to_owned())?;
            let (media_type, bytes) = drafted.write(content)?;
            sample.headers.push(("Content-Type".to_owned(), media_type));
            body = bytes;
        }
        let target = format!("{base}{}", sample.target);
        let mut request = http::Request::builder()
            .method(self.method.clone())
            .uri(target);
        for (name, value) in &sample.headers {
            request = request.header(name, value);
        }
        request.body(body).map_err(|error| error.to_string())
    }
}

impl DraftBody {
    /// The parts that it is written as, by name, where it is a form of them.
    pub fn parts(&self, operation: &Operation) -> Option<Vec<(String, String)>> {
        let body = operation.body.as_ref()?;
        let content = body.content.get(self.content)?;
        match &self.says {
            BodyValue::Value(value) if self.media_type.is_none() => {
                let form = BodyForm::of(&sendable(&content.media_type));
                (form == BodyForm::Multipart).then(|| fields(value))
            }
            _ => None,
        }
    }

    /// The media type and the bytes.
    fn write(&self, content: &Content) -> Result<(String, Bytes), Unwritable> {
        let own = sendable(&content.media_type);
        let (media_type, bytes) = match &self.says {
            BodyValue::Bytes(bytes) => (own.to_string(), bytes.clone()),
            BodyValue::Value(value) if BodyForm::of(&own) == BodyForm::Multipart => {
                (format!("{own}; boundary={BOUNDARY}"), parts(value).into())
            }
            BodyValue::Value(Value::String(text)) if BodyForm::of(&own) == BodyForm::Binary => {
                (own.to_string(), octets(text)?)
            }
            BodyValue::Value(value) => {
                let text = written(BodyForm::of(&own), content.xml(), value)?;
                (own.to_string(), text.into())
            }
        };
        Ok((self.media_type.clone().unwrap_or(media_type), bytes))
    }
}

/// A range cannot be sent: JSON is what a schema can always be written as.
fn sendable(documented: &MediaType) -> MediaType {
    match (documented.kind(), documented.essence().contains('*')) {
        (_, false) => documented.clone(),
        ("text", _) => MediaType::parse("text/plain").unwrap_or_else(MediaType::json),
        _ => MediaType::json(),
    }
}

/// Bytes from a text with one character for each.
fn octets(text: &str) -> Result<Bytes, Unwritable> {
    let byte = |c: char| u8::try_from(u32::from(c));
    let bytes: Result<Vec<u8>, _> = text.chars().map(byte).collect();
    Ok(bytes.map_or_else(|_| text.as_bytes().to_vec().into(), Bytes::from))
}

/// The parts of a form, by name (RFC 7578).
fn parts(value: &Value) -> String {
    let mut text = String::new();
    for (name, value) in fields(value) {
        let name = name.replace('"', "%22").replace(['\r', '\n'], " ");
        text.push_str(&format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    format!("{text}--{BOUNDARY}--\r\n")
}
