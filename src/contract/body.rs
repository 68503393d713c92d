//! What the body of a request may be (OpenAPI 3.1.1, "Request Body Object").

use super::{content::Content, direction::Direction, reader::Reader};
use crate::description::{Finding, join};

/// The body of an operation's requests.
#[derive(Debug)]
pub struct RequestBody {
    /// Whether a request without a body leaves the contract.
    pub required: bool,
    /// Where the body is described, as a JSON pointer.
    pub pointer: String,
    /// One for each documented media type, in the document's order.
    pub content: Vec<Content>,
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
        let at = join(&place, &media_type);
        let read = Content::read(reader, &media_type, &at, Direction::Request);
        content.extend(reader.keep(read));
    }
    Ok(Some(RequestBody {
        required: reader.flag(&pointer, "required").unwrap_or(false),
        pointer,
        content,
    }))
}
