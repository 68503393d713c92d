//! Replies out of the document.

use std::sync::{Arc, OnceLock};

use http::StatusCode;

use super::{
    DocumentedReply, Example, Fields, ReplyContent, StatusKey,
    example::{Body, Frame},
    writer::Writer,
};
use crate::{
    contract::{
        direction::Direction,
        example_place::{ExamplePlace, of_object, of_schema},
        link,
        reader::Reader,
    },
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
    if is_without_final_success(&replies) {
        let message = "the only success is an interim status, so requests get 501".to_owned();
        reader.warn(FindingCode::NothingToAnswer, &place, message);
    }
    replies.sort_by_key(|reply| reply.key);
    Ok(replies)
}

/// Whether what a right request leads to is no reply yet, as where a connection is taken over.
fn is_without_final_success(replies: &[DocumentedReply]) -> bool {
    let has = |hundreds: &[Option<u16>]| {
        let mut of_replies = replies.iter().map(|reply| reply.key.hundreds());
        of_replies.any(|of_reply| hundreds.contains(&of_reply))
    };
    has(&[Some(1)]) && !has(&[None, Some(2), Some(3)])
}

fn read(
    reader: &mut Reader<'_>,
    key: StatusKey,
    pointer: &str,
) -> Result<DocumentedReply, Finding> {
    let pointer = reader.description.resolve(pointer)?;
    let fields = Arc::new(Fields::read(reader, &pointer, key.status()));
    let mut bare = Reply::empty(key.status());
    bare.headers = fields.beside(None);
    let reply = Shared {
        status: key.status(),
        fields: &fields,
    };
    let place = join(&pointer, "content");
    let mut content = Vec::new();
    for media_type in reader.keys(&place) {
        let read = read_content(reader, &media_type, &join(&place, &media_type), &reply);
        content.extend(reader.keep(read));
    }
    Ok(DocumentedReply {
        key,
        content,
        bare: Arc::new(bare),
        links: link::read_all(reader, &pointer),
        fields,
        pointer,
    })
}

/// What a reply is whatever its media type.
struct Shared<'a> {
    status: StatusCode,
    fields: &'a Arc<Fields>,
}

fn read_content(
    reader: &mut Reader<'_>,
    name: &str,
    pointer: &str,
    reply: &Shared<'_>,
) -> Result<ReplyContent, Finding> {
    let Some(media_type) = MediaType::parse(name).map(sendable) else {
        let message = format!("`{name}` is not a media type");
        return Err(reader.fault(FindingCode::Shape, pointer, message));
    };
    let schema_at = join(pointer, "schema");
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.at(&schema_at, Direction::Reply)?),
        None => None,
    };
    let label: Arc<str> = media_type.to_string().into();
    let frame = Arc::new(Frame {
        description: Arc::clone(&reader.description),
        writer: Writer::new(reader, pointer, &media_type, schema.as_deref())?,
        label: Arc::clone(&label),
        status: reply.status,
        fields: Arc::clone(reply.fields),
    });
    let places = examples(reader, pointer, &frame.writer)?;
    let has_own = !places.is_empty();
    let places = match &schema {
        Some(schema) if !has_own => {
            let writer = &frame.writer;
            let mut places = of_schema(reader, &schema_at, &schema.pointer);
            places.retain(|place| writer.takes_all() || writer.example(place).is_ok());
            places
        }
        _ => places,
    };
    let item_at = join(pointer, "itemSchema");
    let item_schema = match reader.description.at(&item_at) {
        Some(_) if frame.writer.is_sequential() => {
            Some(reader.schemas.at(&item_at, Direction::Reply)?)
        }
        _ => None,
    };
    let example = |place: ExamplePlace| Example::new(Body::Documented(place), &frame);
    Ok(ReplyContent {
        examples: places.into_iter().map(example).collect(),
        label,
        media_type,
        schema,
        item_schema,
        pointer: pointer.to_owned(),
        has_own,
        frame,
        row: None,
        fitting: OnceLock::new(),
        made: OnceLock::new(),
    })
}

/// The documented examples of a media type object.
///
/// # Errors
/// One that cannot be written as the media type.
fn examples(
    reader: &mut Reader<'_>,
    pointer: &str,
    writer: &Writer,
) -> Result<Vec<ExamplePlace>, Finding> {
    let places = of_object(reader, pointer)?;
    for place in &places {
        if (place.text.is_some() || !writer.takes_all())
            && let Err(fault) = writer.example(place)
        {
            let message = format!("this example cannot be written: {fault}");
            return Err(reader.fault(FindingCode::Unsupported, place.pointer(), message));
        }
    }
    Ok(places)
}

/// A range cannot be sent: the type of it that is sent. JSON is what a schema can always be written
/// as.
pub(in crate::contract) fn sendable(media_type: MediaType) -> MediaType {
    if !media_type.essence().contains('*') {
        return media_type;
    }
    let common = match media_type.kind() {
        "text" => "text/plain",
        "image" => "image/png",
        "audio" => "audio/mpeg",
        "video" => "video/mp4",
        "font" => "font/woff2",
        _ => "application/json",
    };
    MediaType::parse(common).unwrap_or_else(MediaType::json)
}
