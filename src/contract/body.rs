//! What the body of a request may be (OpenAPI 3.1.1, "Request Body Object").

use std::sync::{Arc, OnceLock};

use serde_json::Value;

use super::{
    direction::Direction,
    example_place::{self, ExamplePlace},
    generate,
    reader::Reader,
    schema::Schema,
    shape::Shape,
};
use crate::{
    description::{Description, Finding, FindingCode, join},
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
    pub(super) description: Arc<Description>,
    /// The documented examples.
    pub(super) examples: Vec<ExamplePlace>,
    sample: OnceLock<Option<Value>>,
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
    /// The media types or ranges that it may have; none when not documented.
    pub content_types: Vec<MediaType>,
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
    let Some(form) = BodyForm::of(&media_type) else {
        let message = format!("bodies of `{media_type}` are not read yet");
        return Err(reader.fault(FindingCode::Unsupported, pointer, message));
    };
    let schema_at = join(pointer, "schema");
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.at(&schema_at, Direction::Request)?),
        None => None,
    };
    Ok(RequestContent {
        encodings: encodings(reader, pointer)?,
        pointer: pointer.to_owned(),
        media_type,
        form,
        schema,
        examples: example_place::of_object(reader, pointer)?,
        description: Arc::clone(&reader.description),
        sample: OnceLock::new(),
    })
}

impl BodyForm {
    /// How bodies of a media type are read; `None` for what could only be let through unread.
    pub fn of(media_type: &MediaType) -> Option<Self> {
        Some(match (media_type.essence(), media_type.kind()) {
            ("application/x-www-form-urlencoded", _) => Self::UrlEncoded,
            ("multipart/form-data", _) => Self::Multipart,
            ("application/xml" | "text/xml", _) | (_, "multipart") => return None,
            _ if media_type.is_json() => Self::Json,
            _ if media_type.subtype().ends_with("+xml") => return None,
            (_, "text") => Self::Text,
            _ => Self::Binary,
        })
    }
}

impl RequestBody {
    /// The documented content that a `Content-Type` names, the most exact one where several do,
    /// and how to read it. A range is read as what it turned out to be.
    pub fn content_for(&self, content_type: &str) -> Option<(&RequestContent, BodyForm)> {
        let is_named = |content: &&RequestContent| content.media_type.is_exactly(content_type);
        if let Some(content) = self.content.iter().find(is_named) {
            return Some((content, content.form));
        }
        let given = MediaType::parse(content_type)?;
        let fitting = self
            .content
            .iter()
            .filter(|content| content.media_type.includes(&given));
        let content = fitting.max_by_key(|content| content.media_type.specificity())?;
        Some((content, BodyForm::of(&given)?))
    }
}

impl RequestContent {
    /// The first documented example, or a value made from the schema.
    pub fn sample(&self) -> Option<&Value> {
        let value = |example: &ExamplePlace| self.description.at(example.value.as_deref()?);
        let make = || match self.examples.iter().find_map(value) {
            Some(value) => Some(value.clone()),
            None => generate::value(
                &self.description,
                self.schema.as_deref()?,
                Direction::Request,
            ),
        };
        self.sample.get_or_init(make).as_ref()
    }

    /// The shape of its values.
    pub fn shape(&self) -> &Shape {
        self.schema
            .as_ref()
            .map_or(&Shape::UNKNOWN, |schema| schema.shape())
    }
}

impl FieldEncoding {
    /// Whether the field is written as JSON.
    pub fn is_json(&self) -> bool {
        self.content_types.iter().any(MediaType::is_json)
    }
}

fn encodings(reader: &mut Reader<'_>, pointer: &str) -> Result<Vec<FieldEncoding>, Finding> {
    let place = join(pointer, "encoding");
    let mut encodings = Vec::new();
    for name in reader.keys(&place) {
        let at = join(&place, &name);
        encodings.push(FieldEncoding {
            content_types: content_types(reader, &at)?,
            separator: separator(reader, &at),
            name,
        });
    }
    Ok(encodings)
}

/// `contentType` is a list, separated by commas.
fn content_types(reader: &Reader<'_>, encoding: &str) -> Result<Vec<MediaType>, Finding> {
    let listed = reader.text(encoding, "contentType").into_iter();
    let each = listed.flat_map(|list| list.split(','));
    each.map(|text| {
        MediaType::parse(text).ok_or_else(|| {
            let message = format!("`{text}` is not a media type");
            reader.fault(FindingCode::Shape, &join(encoding, "contentType"), message)
        })
    })
    .collect()
}

fn separator(reader: &Reader<'_>, encoding: &str) -> Option<char> {
    match (
        reader.text(encoding, "style"),
        reader.flag(encoding, "explode"),
    ) {
        (Some("spaceDelimited"), _) => Some(' '),
        (Some("pipeDelimited"), _) => Some('|'),
        (_, Some(false)) => Some(','),
        _ => None,
    }
}
