//! What the body of a request may be (OpenAPI 3.1.1, "Request Body Object").

mod encoding;
mod form;

use std::sync::{Arc, OnceLock};

use serde_json::Value;

use super::{
    direction::Direction,
    example_place::{self, ExamplePlace},
    generate,
    reader::Reader,
    schema::Schema,
    shape::Shape,
    xml::XmlSchema,
};
use crate::{
    description::{Description, Finding, FindingCode, join},
    exchange::MediaType,
};
pub(super) use encoding::read as read_encodings;
pub use encoding::{Encodings, FieldEncoding, FieldStyle};
pub use form::BodyForm;

/// The body of an operation's requests.
#[derive(Debug)]
pub struct RequestBody {
    /// Whether a request without a body leaves the contract.
    pub required: bool,
    /// Where the body is described, as a JSON pointer.
    pub pointer: String,
    /// One for each documented media type, in the document's order.
    pub content: Vec<RequestContent>,
}

/// The body as one media type.
#[derive(Debug)]
pub struct RequestContent {
    /// The documented media type or range.
    pub media_type: MediaType,
    /// How its bytes become a value.
    pub form: BodyForm,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
    /// Which values each of its items may have, where it is a sequence (OpenAPI 3.2.0, `itemSchema`).
    pub item_schema: Option<Arc<Schema>>,
    /// How single fields or parts are written.
    pub encodings: Encodings,
    pub(super) description: Arc<Description>,
    /// The documented examples.
    pub(super) examples: Vec<ExamplePlace>,
    xml: OnceLock<Option<XmlSchema>>,
    sample: OnceLock<Option<Value>>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
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
        let read = read_content(reader, &media_type, &join(&place, &media_type));
        content.extend(reader.keep(read));
    }
    Ok(Some(RequestBody {
        required: reader.flag(&pointer, "required").unwrap_or(false),
        pointer,
        content,
    }))
}

fn read_content(
    reader: &mut Reader<'_>,
    media_type: &str,
    pointer: &str,
) -> Result<RequestContent, Finding> {
    let Some(media_type) = MediaType::parse(media_type) else {
        let message = format!("`{media_type}` is not a media type");
        return Err(reader.fault(FindingCode::Shape, pointer, message));
    };
    let form = BodyForm::of(&media_type);
    let schema = optional_schema(reader, &join(pointer, "schema"))?;
    let item_schema = match form.is_sequential() {
        true => optional_schema(reader, &join(pointer, "itemSchema"))?,
        false => None,
    };
    if !form.is_sequential()
        && reader
            .description
            .at(&join(pointer, "itemSchema"))
            .is_some()
    {
        let message = format!("`{media_type}` is no sequence, so `itemSchema` says nothing here");
        reader.warn(FindingCode::Shape, &join(pointer, "itemSchema"), message);
    }
    let encodings = encoding::read(reader, pointer, schema.as_deref())?;
    let has_xml_field = encodings.named.iter().any(FieldEncoding::is_xml);
    let xml = OnceLock::new();
    if schema.is_some() && (form == BodyForm::Xml || has_xml_field) {
        let known = XmlSchema::compile(&reader.description, &join(pointer, "schema"))?;
        xml.get_or_init(|| Some(known));
    }
    Ok(RequestContent {
        encodings,
        xml,
        pointer: pointer.to_owned(),
        media_type,
        form,
        schema,
        item_schema,
        examples: example_place::of_object(reader, pointer)?,
        description: Arc::clone(&reader.description),
        sample: OnceLock::new(),
    })
}

fn optional_schema(reader: &mut Reader<'_>, pointer: &str) -> Result<Option<Arc<Schema>>, Finding> {
    match reader.description.at(pointer) {
        Some(_) => reader.schemas.at(pointer, Direction::Request).map(Some),
        None => Ok(None),
    }
}

impl RequestBody {
    /// The documented content that a `Content-Type` names, the most exact one where several do,
    /// and how to read it. A range is read as what it turned out to be.
    pub fn content_for(&self, content_type: &str) -> Option<(&RequestContent, BodyForm)> {
        let is_named = |content: &&RequestContent| content.media_type.is_exactly(content_type);
        if let Some(content) = self.content.iter().find(is_named) {
            return Some((content, content.form));
        }
        let given = MediaType::parse(content_type)?;
        let fitting = self
            .content
            .iter()
            .filter(|content| content.media_type.includes(&given));
        let content = fitting.max_by_key(|content| content.media_type.specificity())?;
        Some((content, BodyForm::of(&given)))
    }
}

impl RequestContent {
    /// The first documented example, or a value made from the schema.
    pub fn sample(&self) -> Option<&Value> {
        let value = |example: &ExamplePlace| self.description.at(example.value.as_deref()?);
        let make = || match self.examples.iter().find_map(value) {
            Some(value) => Some(value.clone()),
            None => self.made(),
        };
        self.sample.get_or_init(make).as_ref()
    }

    fn made(&self) -> Option<Value> {
        let of = |schema| generate::value(&self.description, schema, Direction::Request);
        match (&self.schema, &self.item_schema) {
            (Some(schema), _) => of(schema),
            (None, Some(item)) => Some(Value::Array(vec![of(item)?])),
            (None, None) => None,
        }
    }

    /// How values are written as XML; of a range, which may turn out to be XML, only when it does.
    pub fn xml(&self) -> Option<&XmlSchema> {
        let compile = || {
            self.schema.as_ref()?;
            XmlSchema::compile(&self.description, &join(&self.pointer, "schema")).ok()
        };
        self.xml.get_or_init(compile).as_ref()
    }

    /// The shape of its values.
    pub fn shape(&self) -> &Shape {
        self.schema
            .as_ref()
            .map_or(&Shape::UNKNOWN, |schema| schema.shape())
    }

    /// The shape of the item at an index, where it is a sequence.
    pub fn item_shape(&self, index: usize) -> &Shape {
        match &self.item_schema {
            Some(schema) => schema.shape(),
            None => self.shape().item(index),
        }
    }
}
