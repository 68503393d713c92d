//! Header fields of parts (OpenAPI 3.1.1, "Encoding Object", `headers`).

use std::sync::Arc;

use crate::{
    contract::{direction::Direction, reader::Reader, schema::Schema, shape::Shape},
    description::{Finding, FindingCode, join},
    exchange::MediaType,
};

/// A header field of a part.
#[derive(Debug)]
pub struct PartHeader {
    /// Its name.
    pub name: Arc<str>,
    /// Whether a part without it leaves the contract.
    pub required: bool,
    /// Whether its value is JSON text.
    pub is_json: bool,
    /// Whether properties are written as `name=value`.
    pub explode: bool,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

impl PartHeader {
    /// The shape of its values.
    pub fn shape(&self) -> &Shape {
        self.schema
            .as_ref()
            .map_or(&Shape::UNKNOWN, |schema| schema.shape())
    }
}

/// The header fields of a part. `Content-Type` is described by `contentType` alone.
pub(super) fn headers(reader: &mut Reader<'_>, encoding: &str) -> Result<Vec<PartHeader>, Finding> {
    let place = join(encoding, "headers");
    let mut headers = Vec::new();
    for name in reader.keys(&place) {
        if !name.eq_ignore_ascii_case("content-type") {
            let pointer = reader.description.resolve(&join(&place, &name))?;
            headers.push(header(reader, &name, pointer)?);
        }
    }
    Ok(headers)
}

fn header(reader: &mut Reader<'_>, name: &str, pointer: String) -> Result<PartHeader, Finding> {
    if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
        let message = format!("`{name}` is no name of a header field");
        return Err(reader.fault(FindingCode::Shape, &pointer, message));
    }
    let content = join(&pointer, "content");
    let media_type = reader.keys(&content).into_iter().next();
    let is_json = |text: &str| MediaType::parse(text).is_some_and(|it| it.is_json());
    let schema_at = match &media_type {
        None => join(&pointer, "schema"),
        Some(media_type) if is_json(media_type) => join(&join(&content, media_type), "schema"),
        Some(media_type) => {
            let message =
                format!("a header field written as `{media_type}` is not read yet; JSON is");
            return Err(reader.fault(FindingCode::Unsupported, &content, message));
        }
    };
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.at(&schema_at, Direction::Request)?),
        None => None,
    };
    Ok(PartHeader {
        name: name.into(),
        required: reader.flag(&pointer, "required").unwrap_or(false),
        is_json: media_type.is_some(),
        explode: reader.flag(&pointer, "explode").unwrap_or(false),
        schema,
        pointer,
    })
}
