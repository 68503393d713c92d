//! Replies out of the document.

use std::sync::{Arc, OnceLock};

use super::{
    DocumentedReply, Example, ReplyContent, StatusKey,
    example::{Body, Frame, example_places},
    header::headers,
    writer::Writer,
};
use crate::{
    contract::{direction::Direction, link, reader::Reader},
    description::{Finding, FindingCode, join},
    exchange::{MediaType, Reply},
};

/// All documented replies of an operation, in ascending order of their keys.
pub(in crate::contract) fn read_all(
    reader: &mut Reader<'_>,
    operation: &str,
) -> Result<Vec<DocumentedReply>, Finding> {
    let place = join(operation, "responses");
    let mut replies = Vec::new();
    for key in reader.keys(&place) {
        let pointer = join(&place, &key);
        if key.starts_with("x-") {
            continue;
        }
        let Some(key) = StatusKey::parse(&key) else {
            let message = format!("`{key}` is no status: 200, 2XX and default are");
            return Err(reader.fault(FindingCode::Shape, &pointer, message));
        };
        replies.push(read(reader, key, &pointer)?);
    }
    if replies.is_empty() {
        let message = "no response is documented, so there is nothing to answer".to_owned();
        return Err(reader.fault(FindingCode::NothingToAnswer, operation, message));
    }
    replies.sort_by_key(|reply| reply.key);
    Ok(replies)
}

fn read(
    reader: &mut Reader<'_>,
    key: StatusKey,
    pointer: &str,
) -> Result<DocumentedReply, Finding> {
    let pointer = reader.description.resolve(pointer)?;
    let mut bare = Reply::empty(key.status());
    for (name, value) in headers(reader, &pointer) {
        bare.headers.append(name, value);
    }
    let bare = Arc::new(bare);
    let place = join(&pointer, "content");
    let mut content = Vec::new();
    for media_type in reader.keys(&place) {
        let read = read_content(reader, &media_type, &join(&place, &media_type), &bare);
        content.extend(reader.keep(read));
    }
    Ok(DocumentedReply {
        key,
        content,
        bare,
        links: link::read_all(reader, &pointer),
        pointer,
    })
}

fn read_content(
    reader: &mut Reader<'_>,
    name: &str,
    pointer: &str,
    bare: &Arc<Reply>,
) -> Result<ReplyContent, Finding> {
    let Some(mut media_type) = MediaType::parse(name) else {
        let message = format!("`{name}` is not a media type");
        return Err(reader.fault(FindingCode::Shape, pointer, message));
    };
    if media_type.essence().contains('*') {
        // A range cannot be sent; JSON is what a schema can always be written as.
        media_type = MediaType::json();
    }
    let schema_at = join(pointer, "schema");
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.at(&schema_at, Direction::Reply)?),
        None => None,
    };
    let label: Arc<str> = media_type.to_string().into();
    let frame = Arc::new(Frame {
        description: Arc::clone(&reader.description),
        writer: Writer::new(reader, pointer, &media_type)?,
        label: Arc::clone(&label),
        bare: Arc::clone(bare),
    });
    let mut examples = Vec::new();
    for (name, place) in example_places(reader, pointer)? {
        if !frame.writer.takes_all()
            && let Err(fault) = frame.writer.example(&place)
        {
            let message = format!("this example cannot be written: {fault}");
            return Err(reader.fault(FindingCode::Unsupported, &place, message));
        }
        examples.push(Example::new(name, Body::Documented(place), &frame));
    }
    let item_at = join(pointer, "itemSchema");
    let item_schema = match reader.description.at(&item_at) {
        Some(_) if frame.writer.is_sequential() => {
            Some(reader.schemas.at(&item_at, Direction::Reply)?)
        }
        _ => None,
    };
    Ok(ReplyContent {
        label,
        media_type,
        schema,
        item_schema,
        examples,
        pointer: pointer.to_owned(),
        frame,
        row: None,
        made: OnceLock::new(),
    })
}
