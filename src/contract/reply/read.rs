//! Replies out of the document.

use std::sync::Arc;

use super::{
    DocumentedReply, Example, ReplyContent, StatusKey,
    example::{check_example, example_places},
    header::headers,
    writer::Writer,
};
use crate::{
    contract::reader::Reader,
    description::{Finding, FindingCode, join},
    exchange::{MediaType, Reply, ReplySource},
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
    let place = join(&pointer, "content");
    let mut content = Vec::new();
    for media_type in reader.keys(&place) {
        let read = read_content(reader, &media_type, &join(&place, &media_type), &bare);
        content.extend(reader.keep(read));
    }
    Ok(DocumentedReply {
        key,
        content,
        bare: Arc::new(bare),
        pointer,
    })
}

fn read_content(
    reader: &mut Reader<'_>,
    name: &str,
    pointer: &str,
    bare: &Reply,
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
        Some(_) => Some(reader.schemas.compile(&schema_at)?),
        None => None,
    };
    let mut content = ReplyContent {
        label: media_type.to_string().into(),
        media_type,
        schema,
        examples: Vec::new(),
        made: None,
    };
    let writer = Writer::new(reader, pointer, &content.media_type)?;
    for (name, place) in example_places(reader, pointer)? {
        let body = writer.example(reader, &place)?;
        if writer.is_value(reader, &place) {
            check_example(reader, &place, pointer, content.schema.as_deref());
        }
        let source = ReplySource::Example(name.clone());
        let example = content.example(name, source, body, bare);
        content.examples.push(example);
    }
    match writer.made(reader, &content) {
        Ok(made) => {
            content.made = made.map(|body| content.example(None, ReplySource::Schema, body, bare));
        }
        // With an example there is something to answer all the same.
        Err(_) if !content.examples.is_empty() => {}
        Err(fault) => return Err(fault),
    }
    Ok(content)
}

impl ReplyContent {
    fn example(
        &self,
        name: Option<Arc<str>>,
        source: ReplySource,
        body: String,
        bare: &Reply,
    ) -> Example {
        let mut reply = Reply::with_content(bare.status, &self.label, body);
        reply.headers.extend(bare.headers.clone());
        Example {
            name,
            source,
            reply: Arc::new(reply),
        }
    }
}
