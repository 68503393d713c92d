//! Documented header fields of a reply that comes from outside, and of a part of a body (OpenAPI 3.1.1,
//! "Header Object").

use std::sync::Arc;

use super::{
    direction::Direction,
    parameter::{Style, content_of},
    reader::Reader,
    schema::Schema,
    shape::Shape,
    xml::XmlSchema,
};
use crate::description::{Finding, FindingCode, join};

/// A header field of a reply, or of a part.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: Arc<str>,
    /// Whether a reply or a part without it leaves the contract.
    pub required: bool,
    /// How its value is written: style `simple`, or as its media type.
    pub style: Style,
    /// Whether properties are written as `name=value`.
    pub explode: bool,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
    /// How its values are written as XML, where they are.
    pub xml: Option<Arc<XmlSchema>>,
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
        let content = content_of(reader, &pointer)?;
        let (style, schema_at) =
            content.unwrap_or_else(|| (Style::Simple, join(&pointer, "schema")));
        let schema = match reader.description.at(&schema_at) {
            Some(_) => Some(reader.schemas.at(&schema_at, direction)?),
            None => None,
        };
        Ok(Self {
            name: name.into(),
            required: reader.flag(&pointer, "required").unwrap_or(false),
            explode: reader.flag(&pointer, "explode").unwrap_or(false),
            xml: XmlSchema::of_content(reader, style, &schema_at)?,
            style,
            schema,
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
