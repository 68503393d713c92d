//! Bodies of replies: documented examples and made values, each in the form of its media type.

use serde_json::Value;

use super::{
    ReplyContent,
    write::{Written, text, written},
};
use crate::{
    contract::{
        BodyForm, XmlSchema,
        generate::{self, Direction},
        reader::Reader,
    },
    description::{Finding, FindingCode, join},
    exchange::{Element, MediaType},
};

/// Writes the bodies of one media type object.
pub(super) struct Writer {
    form: BodyForm,
    xml: Option<XmlSchema>,
    pointer: String,
}

impl Writer {
    /// The writer of the media type object at a pointer.
    ///
    /// # Errors
    /// An `xml` object that is not read.
    pub(super) fn new(
        reader: &Reader<'_>,
        pointer: &str,
        media_type: &MediaType,
    ) -> Result<Self, Finding> {
        let form = BodyForm::of(media_type);
        let schema = join(pointer, "schema");
        let has_schema = reader.description.at(&schema).is_some();
        let xml = match form == BodyForm::Xml && has_schema {
            true => Some(XmlSchema::compile(reader.description, &schema)?),
            false => None,
        };
        Ok(Self {
            form,
            xml,
            pointer: pointer.to_owned(),
        })
    }

    /// A documented example: JSON in the document's own digits and order, a text as it stands.
    ///
    /// # Errors
    /// One that has no form as this media type.
    pub(super) fn example(&self, reader: &Reader<'_>, place: &str) -> Result<String, Finding> {
        let value = reader.description.at(place).unwrap_or(&Value::Null);
        let json = |at: &str| {
            let part = reader.description.json_text(&format!("{place}{at}"));
            part.unwrap_or_default()
        };
        let written = Written { value, json: &json };
        text(self.form, self.xml.as_ref(), &written).map_err(|fault| {
            let message = format!("this example cannot be written: {fault}");
            reader.fault(FindingCode::Unsupported, place, message)
        })
    }

    /// Whether an example is a value of the schema, and not the body itself as a text. The text of an
    /// XML document is read, and warned of where it breaks the schema.
    pub(super) fn is_value(&self, reader: &mut Reader<'_>, place: &str) -> bool {
        let value = reader.description.at(place);
        let Some(Value::String(document)) = value else {
            return true;
        };
        match (self.form, &self.xml) {
            (BodyForm::Xml, Some(xml)) if !xml.is_text() && !xml.is_element_text() => {
                if let Err(fault) = check_document(reader, xml, &self.pointer, document) {
                    reader.warn(FindingCode::ExampleInvalid, place, fault);
                }
                false
            }
            (BodyForm::Json | BodyForm::Text | BodyForm::Binary | BodyForm::Xml, _) => true,
            _ => false,
        }
    }

    /// A body made from the schema, or of one item; `None` without either.
    ///
    /// # Errors
    /// A schema that nothing valid is found for, or only what has no form as this media type.
    pub(super) fn made(
        &self,
        reader: &mut Reader<'_>,
        content: &ReplyContent,
    ) -> Result<Option<String>, Finding> {
        let item_at = join(&self.pointer, "itemSchema");
        let has_items = self.form.is_sequential() && reader.description.at(&item_at).is_some();
        let (schema, is_item) = match &content.schema {
            Some(schema) => (schema.clone(), false),
            None if has_items => (reader.schemas.compile(&item_at)?, true),
            None => return Ok(None),
        };
        let Some(value) = generate::value(reader.description, &schema, Direction::Reply) else {
            let message = "nothing valid can be made from this schema; give an example".to_owned();
            return Err(reader.fault(FindingCode::NothingToAnswer, &schema.pointer, message));
        };
        let value = match is_item {
            true => Value::Array(vec![value]),
            false => value,
        };
        let written = written(self.form, self.xml.as_ref(), &value);
        written.map(Some).map_err(|fault| {
            let message = format!("a reply cannot be made from this schema: {fault}");
            reader.fault(FindingCode::Unsupported, &self.pointer, message)
        })
    }
}

/// Holds an XML document against its schema.
fn check_document(
    reader: &mut Reader<'_>,
    xml: &XmlSchema,
    pointer: &str,
    document: &str,
) -> Result<(), String> {
    let root = Element::parse(document)
        .map_err(|error| format!("this example is not the XML that it is to be: {error}"))?;
    let value = xml.read(&root).map_err(|fault| {
        let message = fault.message;
        format!("this example is not written as its schema says: {message}")
    })?;
    let schema = reader.schemas.compile(&join(pointer, "schema"));
    match schema {
        Ok(schema) if !schema.allows(&value) => {
            Err("this example, read as XML, breaks its own schema".to_owned())
        }
        _ => Ok(()),
    }
}
