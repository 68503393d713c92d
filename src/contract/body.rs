//! What the body of a request may be (OpenAPI 3.1.1, "Request Body Object").

use std::sync::Arc;

use serde_json::Value;

use super::{compile::Reader, schema::Schema};
use crate::{
    description::{Finding, FindingCode, join},
    exchange::MediaType,
};

/// The body of an operation's requests.
#[derive(Debug)]
pub struct RequestBody {
    /// Whether a request without a body leaves the contract.
    pub required: bool,
    /// Where the body is described, as a JSON pointer.
    pub pointer: String,
    /// One for each documented media type, in the document's order.
    pub content: Vec<RequestContent>,
}

/// The body as one media type.
#[derive(Debug)]
pub struct RequestContent {
    /// The documented media type or range.
    pub media_type: MediaType,
    /// How its bytes become a value.
    pub form: BodyForm,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
    /// How single fields of a form are written.
    pub encodings: Vec<FieldEncoding>,
    /// The first documented example, or a value made from the schema.
    pub sample: Option<Value>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

/// How the bytes of a body become a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyForm {
    /// JSON text.
    Json,
    /// `application/x-www-form-urlencoded`.
    UrlEncoded,
    /// `multipart/form-data`.
    Multipart,
    /// Text, which is one string.
    Text,
    /// Bytes, of which only their presence can be checked.
    Binary,
}

/// How one field of a form is written (OpenAPI 3.1.1, "Encoding Object").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEncoding {
    /// The field.
    pub name: String,
    /// Its media type, when documented.
    pub content_type: Option<MediaType>,
    /// What separates the items of an array that is not exploded.
    pub separator: Option<char>,
}

/// The body of an operation.
pub(super) fn read(
    reader: &mut Reader<'_>,
    operation: &str,
) -> Result<Option<RequestBody>, Finding> {
    let pointer = join(operation, "requestBody");
    if reader.description.at(&pointer).is_none() {
        return Ok(None);
    }
    let pointer = reader.description.resolve(&pointer)?;
    let place = join(&pointer, "content");
    let mut content = Vec::new();
    for media_type in reader.keys(&place) {
        let read = read_content(reader, &media_type, &join(&place, &media_type));
        content.extend(reader.keep(read));
    }
    Ok(Some(RequestBody {
        required: reader.flag(&pointer, "required").unwrap_or(false),
        pointer,
        content,
    }))
}

fn read_content(
    reader: &mut Reader<'_>,
    media_type: &str,
    pointer: &str,
) -> Result<RequestContent, Finding> {
    let Some(media_type) = MediaType::parse(media_type) else {
        let message = format!("`{media_type}` is not a media type");
        return Err(reader.fault(FindingCode::Shape, pointer, message));
    };
    let Some(form) = form_of(&media_type) else {
        let message = format!("bodies of `{media_type}` are not read yet");
        return Err(reader.fault(FindingCode::Unsupported, pointer, message));
    };
    let schema_at = join(pointer, "schema");
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.compile(&schema_at)?),
        None => None,
    };
    let sample = super::reply::request_sample(reader, pointer, schema.as_deref());
    Ok(RequestContent {
        encodings: encodings(reader, pointer),
        pointer: pointer.to_owned(),
        media_type,
        form,
        schema,
        sample,
    })
}

/// `None` for what could only be let through unread.
fn form_of(media_type: &MediaType) -> Option<BodyForm> {
    Some(match (media_type.essence(), media_type.kind()) {
        ("*/*" | "application/*", _) => BodyForm::Binary,
        ("application/x-www-form-urlencoded", _) => BodyForm::UrlEncoded,
        ("multipart/form-data", _) => BodyForm::Multipart,
        ("application/xml" | "text/xml", _) | (_, "multipart") => return None,
        _ if media_type.is_json() => BodyForm::Json,
        _ if media_type.subtype().ends_with("+xml") => return None,
        (_, "text") => BodyForm::Text,
        _ => BodyForm::Binary,
    })
}

fn encodings(reader: &Reader<'_>, pointer: &str) -> Vec<FieldEncoding> {
    let place = join(pointer, "encoding");
    let read = |name: String| {
        let at = join(&place, &name);
        let content_type = reader.text(&at, "contentType").and_then(MediaType::parse);
        let separator = match (reader.text(&at, "style"), reader.flag(&at, "explode")) {
            (Some("spaceDelimited"), _) => Some(' '),
            (Some("pipeDelimited"), _) => Some('|'),
            (_, Some(false)) => Some(','),
            _ => None,
        };
        FieldEncoding {
            name,
            content_type,
            separator,
        }
    };
    reader.keys(&place).into_iter().map(read).collect()
}
