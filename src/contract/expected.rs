//! What may come back from outside, to hold against it what does: from a provider, and from the
//! receiver of a callback. Never sent.

use super::{
    content::Content, direction::Direction, header::Header, reader::Reader, reply::StatusKey,
};
use crate::description::{Finding, FindingCode, join};

/// A documented reply, as what comes is held against it.
#[derive(Debug)]
pub struct ExpectedReply {
    /// Its status, or range of them.
    pub key: StatusKey,
    /// The documented header fields.
    pub headers: Vec<Header>,
    /// One for each documented media type; none when no content is documented.
    pub content: Vec<Content>,
    /// What of it nothing can be held against, and why.
    pub undecidable: Vec<Finding>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

/// All documented replies of an operation, in ascending order of their keys; the values of their bodies
/// and header fields go one way.
///
/// # Errors
/// A key that is no status, or a reference that leads nowhere.
pub(super) fn read_all(
    reader: &mut Reader<'_>,
    operation: &str,
    direction: Direction,
) -> Result<Vec<ExpectedReply>, Finding> {
    let place = join(operation, "responses");
    let mut replies = Vec::new();
    for key in reader.keys(&place) {
        if key.starts_with("x-") {
            continue;
        }
        let pointer = join(&place, &key);
        let Some(key) = StatusKey::parse(&key) else {
            let message = format!("`{key}` is no status: 200, 2XX and default are");
            return Err(reader.fault(FindingCode::Shape, &pointer, message));
        };
        let pointer = reader.description.resolve(&pointer)?;
        replies.push(read(reader, key, pointer, direction));
    }
    replies.sort_by_key(|reply| reply.key);
    Ok(replies)
}

fn read(
    reader: &mut Reader<'_>,
    key: StatusKey,
    pointer: String,
    direction: Direction,
) -> ExpectedReply {
    let mut undecidable = Vec::new();
    let mut headers = Vec::new();
    for header in Header::all(reader, &pointer, direction) {
        match header {
            Ok(header) => headers.push(header),
            Err(fault) => undecidable.push(fault),
        }
    }
    let mut content = Vec::new();
    let place = join(&pointer, "content");
    for name in reader.keys(&place) {
        match Content::read(reader, &name, &join(&place, &name), direction) {
            Ok(read) => content.push(read),
            Err(fault) => undecidable.push(fault),
        }
    }
    ExpectedReply {
        key,
        headers,
        content,
        undecidable,
        pointer,
    }
}

impl ExpectedReply {
    /// Of several, the one of a status: its own, its range's, or `default`.
    pub fn of_status(all: &[Self], status: u16) -> Option<&Self> {
        let by_key = |key| all.iter().find(|reply| reply.key == key);
        by_key(StatusKey::Code(status))
            .or_else(|| by_key(StatusKey::Range(status / 100)))
            .or_else(|| by_key(StatusKey::Default))
    }
}
