//! Header fields that are received, beside the parameters of requests: those of parts (OpenAPI 3.1.1,
//! "Encoding Object", `headers`), and those of a receiver's answer.

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

/// A documented header field that is received.
#[derive(Debug)]
pub struct ReceivedHeader {
    /// Its name.
    pub name: Arc<str>,
    /// Whether a message without it leaves the contract.
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

impl ReceivedHeader {
    /// The shape of its values.
    pub fn shape(&self) -> &Shape {
        self.schema
            .as_ref()
            .map_or(&Shape::UNKNOWN, |schema| schema.shape())
    }
}

/// The header fields of an object that has them by name. `Content-Type` is described by the media type
/// alone.
///
/// # Errors
/// One that cannot be the name of a field, or is written as what no field can have.
pub(super) fn read_all(
    reader: &mut Reader<'_>,
    owner: &str,
) -> Result<Vec<ReceivedHeader>, Finding> {
    let place = join(owner, "headers");
    let mut headers = Vec::new();
    for name in reader.keys(&place) {
        if !name.eq_ignore_ascii_case("content-type") {
            let pointer = reader.description.resolve(&join(&place, &name))?;
            headers.push(read(reader, &name, pointer)?);
        }
    }
    Ok(headers)
}

fn read(reader: &mut Reader<'_>, name: &str, pointer: String) -> Result<ReceivedHeader, Finding> {
    if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
        let message = format!("`{name}` is no name of a header field");
        return Err(reader.fault(FindingCode::Shape, &pointer, message));
    }
    let content = content_of(reader, &pointer)?;
    let (style, schema_at) = content.unwrap_or_else(|| (Style::Simple, join(&pointer, "schema")));
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.at(&schema_at, Direction::Request)?),
        None => None,
    };
    Ok(ReceivedHeader {
        name: name.into(),
        required: reader.flag(&pointer, "required").unwrap_or(false),
        explode: reader.flag(&pointer, "explode").unwrap_or(false),
        xml: XmlSchema::of_content(reader, style, &schema_at)?,
        style,
        schema,
        pointer,
    })
}
