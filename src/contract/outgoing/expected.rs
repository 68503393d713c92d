//! What the receiver of a request may answer: never sent, only held against what comes.

use std::sync::Arc;

use crate::{
    contract::{
        body::BodyForm,
        direction::Direction,
        reader::Reader,
        received_header::{self, ReceivedHeader},
        reply::StatusKey,
        schema::Schema,
    },
    description::{Finding, FindingCode, join},
    exchange::MediaType,
};

/// A documented reply of a receiver.
#[derive(Debug)]
pub struct ExpectedReply {
    /// Its status, or range of them.
    pub key: StatusKey,
    /// The documented header fields.
    pub headers: Vec<ReceivedHeader>,
    /// One for each documented media type; none when no content is documented.
    pub content: Vec<ExpectedContent>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

/// A receiver's reply as one media type.
#[derive(Debug)]
pub struct ExpectedContent {
    /// The documented media type or range.
    pub media_type: MediaType,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

/// All documented replies, in ascending order of their keys.
pub(super) fn read_all(
    reader: &mut Reader<'_>,
    operation: &str,
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
        replies.push(ExpectedReply {
            key,
            headers: received_header::read_all(reader, &pointer)?,
            content: contents(reader, &join(&pointer, "content"))?,
            pointer,
        });
    }
    replies.sort_by_key(|reply| reply.key);
    Ok(replies)
}

fn contents(reader: &mut Reader<'_>, place: &str) -> Result<Vec<ExpectedContent>, Finding> {
    let mut contents = Vec::new();
    for name in reader.keys(place) {
        let pointer = join(place, &name);
        let Some(media_type) = MediaType::parse(&name) else {
            let message = format!("`{name}` is not a media type");
            return Err(reader.fault(FindingCode::Shape, &pointer, message));
        };
        let schema = schema(reader, &pointer)?;
        let is_read = matches!(BodyForm::of(&media_type), BodyForm::Json | BodyForm::Text);
        if schema.is_some() && !is_read && !media_type.essence().contains('*') {
            let message = format!("what a receiver answers as `{name}` is not held against this");
            reader.warn(FindingCode::Unsupported, &pointer, message);
        }
        contents.push(ExpectedContent {
            media_type,
            schema,
            pointer,
        });
    }
    Ok(contents)
}

fn schema(reader: &mut Reader<'_>, owner: &str) -> Result<Option<Arc<Schema>>, Finding> {
    let place = join(owner, "schema");
    match reader.description.at(&place) {
        Some(_) => reader.schemas.at(&place, Direction::Request).map(Some),
        None => Ok(None),
    }
}
