//! The body of a request that the API sends.

use bytes::Bytes;
use serde_json::Value;

use crate::{
    contract::{
        body::BodyForm,
        example_request::form_text,
        generate::{self, Direction},
        reader::Reader,
        reply::{check_example, example_places},
    },
    description::{Finding, FindingCode, join},
    exchange::MediaType,
};

/// The first documented body that can be written, with its media type; `None` when none is
/// documented.
///
/// # Errors
/// None of those that are documented can be written.
pub(super) fn read(
    reader: &mut Reader<'_>,
    operation: &str,
) -> Result<Option<(String, Bytes)>, Finding> {
    let pointer = join(operation, "requestBody");
    if reader.description.at(&pointer).is_none() {
        return Ok(None);
    }
    let content = join(&reader.description.resolve(&pointer)?, "content");
    let mut unwritten = None;
    for name in reader.keys(&content) {
        match of_type(reader, &name, &join(&content, &name)) {
            Ok(written) => return Ok(Some(written)),
            Err(fault) => unwritten = unwritten.or(Some(fault)),
        }
    }
    unwritten.map_or(Ok(None), Err)
}

fn of_type(reader: &mut Reader<'_>, name: &str, pointer: &str) -> Result<(String, Bytes), Finding> {
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
    let places = example_places(reader, pointer)?;
    for (_, place) in &places {
        check_example(reader, place, pointer, schema.as_deref());
    }
    let text = match (places.first(), &schema) {
        (Some((_, place)), _) => example_text(reader, &media_type, place),
        // The API owns what it sends: what is `readOnly` for its clients is in, as in its replies.
        (None, Some(schema)) => {
            let made = generate::value(reader.description, schema, Direction::Reply);
            let made = made.ok_or_else(|| {
                let message = "nothing valid can be made from this schema; give an example";
                reader.fault(
                    FindingCode::NothingToAnswer,
                    &schema.pointer,
                    message.to_owned(),
                )
            })?;
            text_of(&media_type, &made)
        }
        (None, None) => Some(String::new()),
    };
    let text = text.ok_or_else(|| {
        let message = format!("no body of `{name}` can be written yet; document it as JSON too");
        reader.fault(FindingCode::Unsupported, pointer, message)
    })?;
    Ok((media_type.to_string(), text.into()))
}

/// An example as it is sent: JSON in the document's own digits and order.
fn example_text(reader: &Reader<'_>, media_type: &MediaType, place: &str) -> Option<String> {
    match media_type.is_json() {
        true => reader.description.json_text(place),
        false => text_of(media_type, reader.description.at(place)?),
    }
}

fn text_of(media_type: &MediaType, value: &Value) -> Option<String> {
    match (BodyForm::of(media_type), value) {
        (Some(BodyForm::Json), value) => Some(value.to_string()),
        (Some(BodyForm::UrlEncoded), value) if value.is_object() => Some(form_text(value)),
        (Some(BodyForm::Multipart), _) => None,
        (_, Value::String(text)) => Some(text.clone()),
        _ => None,
    }
}
