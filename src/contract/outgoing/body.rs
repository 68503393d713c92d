//! The body of a request that the API sends.

use std::sync::{Arc, OnceLock};

use super::Unsendable;
use crate::{
    contract::{
        direction::Direction,
        example_place::{self, ExamplePlace},
        generate,
        reader::Reader,
        reply::{Sent, Writer},
        schema::Schema,
    },
    description::{Description, Finding, FindingCode, join},
    exchange::MediaType,
};

/// The body of a request that the API sends.
#[derive(Debug)]
pub struct OutgoingBody {
    /// Its media type.
    pub media_type: MediaType,
    /// The documented examples.
    pub(in crate::contract) examples: Vec<ExamplePlace>,
    pub(in crate::contract) schema: Option<Arc<Schema>>,
    /// Where it stands in the document, as a JSON pointer.
    pub(in crate::contract) pointer: String,
    source: Source,
    writer: Writer,
}

#[derive(Debug)]
enum Source {
    /// The first documented example.
    Example(Sent),
    /// Made from the schema when it is first sent: a large description has hundreds that never are.
    Schema(Arc<Schema>, OnceLock<Option<Sent>>),
}

impl OutgoingBody {
    /// The body as it is sent.
    ///
    /// # Errors
    /// Nothing valid can be made from the schema.
    pub(super) fn sent(&self, description: &Description) -> Result<Sent, Unsendable> {
        match &self.source {
            Source::Example(sent) => Ok(sent.clone()),
            Source::Schema(schema, made) => {
                // The API owns what it sends: what is `readOnly` for its clients is in.
                let make = || {
                    let value = generate::value(description, schema, Direction::Reply)?;
                    self.writer.made(&value).ok()
                };
                let made = made.get_or_init(make).clone();
                made.ok_or_else(|| Unsendable::NoBody(schema.pointer.clone()))
            }
        }
    }
}

/// The first documented body that can be written; `None` when none is documented.
///
/// # Errors
/// None of those that are documented can be written.
pub(super) fn read(
    reader: &mut Reader<'_>,
    operation: &str,
) -> Result<Option<OutgoingBody>, Finding> {
    let pointer = join(operation, "requestBody");
    if reader.description.at(&pointer).is_none() {
        return Ok(None);
    }
    let content = join(&reader.description.resolve(&pointer)?, "content");
    let mut unwritten = None;
    for name in reader.keys(&content) {
        match of_type(reader, &name, &join(&content, &name)) {
            Ok(written) => return Ok(written),
            Err(fault) => unwritten = unwritten.or(Some(fault)),
        }
    }
    unwritten.map_or(Ok(None), Err)
}

fn of_type(
    reader: &mut Reader<'_>,
    name: &str,
    pointer: &str,
) -> Result<Option<OutgoingBody>, Finding> {
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
    let places = example_place::of_object(reader, pointer)?;
    let writer = Writer::new(reader, pointer, &media_type, schema.as_deref())?;
    let source = match (places.first(), &schema) {
        (Some(place), _) => match writer.example(place) {
            Ok(sent) => Source::Example(sent),
            Err(fault) => {
                let message = format!("this example cannot be written: {fault}");
                return Err(reader.fault(FindingCode::Unsupported, place.pointer(), message));
            }
        },
        (None, Some(schema)) => Source::Schema(Arc::clone(schema), OnceLock::new()),
        (None, None) => return Ok(None),
    };
    Ok(Some(OutgoingBody {
        media_type,
        examples: places,
        schema,
        pointer: pointer.to_owned(),
        source,
        writer,
    }))
}
