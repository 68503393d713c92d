//! A body as one media type, whichever way it goes (OpenAPI 3.1.1, "Media Type Object").

mod encoding;
mod form;

use std::sync::{Arc, OnceLock};

use serde_json::Value;

use super::{
    direction::Direction,
    example_place::{self, ExamplePlace, InputExample},
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

/// A body as one media type: of a request, or of a reply that comes from outside.
#[derive(Debug)]
pub struct Content {
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

/// Whether the schema of a sequence is about each of its items, as it is in descriptions from before
/// `itemSchema`: it allows no list, which a sequence is.
fn is_of_item(form: BodyForm, schema: &Schema) -> bool {
    let shape = schema.shape();
    form != BodyForm::Multipart && shape.array.is_none() && shape.object.is_some()
}

impl Content {
    /// Reads the media type object at a pointer, for values that go one way.
    ///
    /// # Errors
    /// What is no media type, and what values cannot be held against.
    pub(super) fn read(
        reader: &mut Reader<'_>,
        media_type: &str,
        pointer: &str,
        direction: Direction,
    ) -> Result<Self, Finding> {
        let Some(media_type) = MediaType::parse(media_type) else {
            let message = format!("`{media_type}` is not a media type");
            return Err(reader.fault(FindingCode::Shape, pointer, message));
        };
        let form = BodyForm::of(&media_type);
        let schema = reader.schema_of(pointer, direction)?;
        let item_at = join(pointer, "itemSchema");
        let item_schema = match reader.description.at(&item_at) {
            Some(_) if form.is_sequential() => Some(reader.schemas.at(&item_at, direction)?),
            Some(_) => {
                let message =
                    format!("`{media_type}` is no sequence, so `itemSchema` says nothing here");
                reader.warn(FindingCode::Shape, &item_at, message);
                None
            }
            None => None,
        };
        let (schema, item_schema) = match (schema, item_schema) {
            (Some(schema), None) if form.is_sequential() && is_of_item(form, &schema) => {
                (None, Some(schema))
            }
            both => both,
        };
        let encodings = encoding::read(reader, pointer, schema.as_deref(), direction)?;
        let has_xml_field = encodings.named.iter().any(FieldEncoding::is_xml);
        let xml = OnceLock::new();
        if schema.is_some() && (form == BodyForm::Xml || has_xml_field) {
            let known = XmlSchema::compile(&reader.description, &join(pointer, "schema"))?;
            xml.get_or_init(|| Some(known));
        }
        Ok(Self {
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

    /// The documented content that a `Content-Type` names, the most exact one where several do,
    /// and how to read it. A range is read as what it turned out to be.
    pub fn named<'c>(all: &'c [Self], content_type: &str) -> Option<(&'c Self, BodyForm)> {
        let is_named = |content: &&Self| content.media_type.is_exactly(content_type);
        if let Some(content) = all.iter().find(is_named) {
            return Some((content, content.form));
        }
        let given = MediaType::parse(content_type)?;
        let fitting = all
            .iter()
            .filter(|content| content.media_type.includes(&given));
        let content = fitting.max_by_key(|content| content.media_type.specificity())?;
        Some((content, BodyForm::of(&given)))
    }

    /// The documented examples, in the document's order.
    pub fn documented(&self) -> impl Iterator<Item = InputExample> {
        let places = self.examples.iter();
        places.map(|place| InputExample::of(&self.description, place))
    }

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
        let of = |schema: &Schema| generate::value(&self.description, schema, schema.direction);
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
