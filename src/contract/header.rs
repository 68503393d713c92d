//! Documented header fields of a reply that comes from outside, and of a part of a body (OpenAPI 3.1.1,
//! "Header Object").

use std::sync::Arc;

use super::{direction::Direction, reader::Reader, schema::Schema, shape::Shape};
use crate::{
    description::{Finding, FindingCode, join},
    exchange::MediaType,
};

/// A header field of a reply, or of a part.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: Arc<str>,
    /// Whether a reply or a part without it leaves the contract.
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

impl Header {
    /// The `headers` of a reply or an encoding: each, or why it cannot be read. `Content-Type` is not
    /// among them, since it is described elsewhere.
    pub(super) fn all(
        reader: &mut Reader<'_>,
        owner: &str,
        direction: Direction,
    ) -> Vec<Result<Self, Finding>> {
        let place = join(owner, "headers");
        let mut names = reader.keys(&place);
        names.retain(|name| !name.eq_ignore_ascii_case("content-type"));
        let read = |name: String| {
            let pointer = reader.description.resolve(&join(&place, &name))?;
            Self::read(reader, &name, pointer, direction)
        };
        names.into_iter().map(read).collect()
    }

    fn read(
        reader: &mut Reader<'_>,
        name: &str,
        pointer: String,
        direction: Direction,
    ) -> Result<Self, Finding> {
        if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            let message = format!("`{name}` is no name of a header field");
            return Err(reader.fault(FindingCode::Shape, &pointer, message));
        }
        let content = join(&pointer, "content");
        let media_type = reader.keys(&content).into_iter().next();
        let is_json = |text: &str| MediaType::parse(text).is_some_and(|it| it.is_json());
        let holder = match &media_type {
            None => pointer.clone(),
            Some(media_type) if is_json(media_type) => join(&content, media_type),
            Some(media_type) => {
                let message =
                    format!("a header field written as `{media_type}` is not read yet; JSON is");
                return Err(reader.fault(FindingCode::Unsupported, &content, message));
            }
        };
        Ok(Self {
            name: name.into(),
            required: reader.flag(&pointer, "required").unwrap_or(false),
            is_json: media_type.is_some(),
            explode: reader.flag(&pointer, "explode").unwrap_or(false),
            schema: reader.schema_of(&holder, direction)?,
            pointer,
        })
    }

    /// The shape of its values.
    pub fn shape(&self) -> &Shape {
        self.schema
            .as_ref()
            .map_or(&Shape::UNKNOWN, |schema| schema.shape())
    }
}
