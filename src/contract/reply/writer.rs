//! Bodies of replies: documented examples and made values, each in the form of its media type.

use std::sync::Arc;

use serde_json::Value;

use super::write::{Written, text, written};
use crate::{
    contract::{BodyForm, Schema, XmlSchema, example_place::ExamplePlace, reader::Reader},
    description::{Description, Finding, join},
    exchange::{Element, MediaType},
};

/// Writes the bodies of one media type object.
#[derive(Debug)]
pub(in crate::contract) struct Writer {
    description: Arc<Description>,
    form: BodyForm,
    xml: Option<XmlSchema>,
}

impl Writer {
    /// The writer of the media type object at a pointer.
    ///
    /// # Errors
    /// An `xml` object that is not read.
    pub(in crate::contract) fn new(
        reader: &Reader<'_>,
        pointer: &str,
        media_type: &MediaType,
    ) -> Result<Self, Finding> {
        let form = BodyForm::of(media_type);
        let schema = join(pointer, "schema");
        let has_schema = reader.description.at(&schema).is_some();
        let xml = match form == BodyForm::Xml && has_schema {
            true => Some(XmlSchema::compile(&reader.description, &schema)?),
            false => None,
        };
        Ok(Self {
            description: Arc::clone(&reader.description),
            form,
            xml,
        })
    }

    /// Whether bodies are sequences of items.
    pub(in crate::contract) fn is_sequential(&self) -> bool {
        self.form.is_sequential()
    }

    /// A documented example as it is sent: its text as it stands, where that is documented.
    ///
    /// # Errors
    /// One that has no form as this media type, in words.
    pub(in crate::contract) fn example(&self, place: &ExamplePlace) -> Result<String, String> {
        match (&place.text, &place.value) {
            (Some(text), _) => {
                let text = self.description.at(text).and_then(Value::as_str);
                let text = text.map(str::to_owned);
                text.ok_or_else(|| "the text that it is sent as is no string".to_owned())
            }
            (None, Some(value)) => self.value_at(value),
            (None, None) => Err("it has no value".to_owned()),
        }
    }

    /// A value of the document: JSON in the document's own digits and order, a text as it stands.
    fn value_at(&self, place: &str) -> Result<String, String> {
        let value = self.description.at(place).unwrap_or(&Value::Null);
        let json = |at: &str| {
            let part = self.description.json_text(&format!("{place}{at}"));
            part.unwrap_or_default()
        };
        let written = Written { value, json: &json };
        text(self.form, self.xml.as_ref(), &written)
    }

    /// A made value.
    ///
    /// # Errors
    /// One that has no form as this media type, in words.
    pub(in crate::contract) fn made(&self, value: &Value) -> Result<String, String> {
        written(self.form, self.xml.as_ref(), value)
    }

    /// Whether bodies are made of parts, which are not written.
    pub(in crate::contract) fn is_multipart(&self) -> bool {
        self.form == BodyForm::Multipart
    }

    /// Whether each value has a form as this media type, whatever it is.
    pub(in crate::contract) fn takes_all(&self) -> bool {
        !matches!(
            self.form,
            BodyForm::Xml | BodyForm::UrlEncoded | BodyForm::Multipart
        )
    }

    /// Whether an example is a value of the schema, and not the body itself as a text.
    pub(in crate::contract) fn is_value(&self, place: &str) -> bool {
        let is_text = self.description.at(place).is_some_and(Value::is_string);
        let is_written_out = match (self.form, &self.xml) {
            (BodyForm::Xml, Some(xml)) => !xml.is_text() && !xml.is_element_text(),
            (BodyForm::Json | BodyForm::Text | BodyForm::Binary | BodyForm::Xml, _) => false,
            _ => true,
        };
        !(is_text && is_written_out)
    }

    /// What is wrong with an example that is an XML document, in words; `None` when nothing is, and
    /// for what is none.
    pub(in crate::contract) fn fault_in_document(
        &self,
        place: &str,
        schema: Option<&Schema>,
    ) -> Option<String> {
        let xml = self.xml.as_ref()?;
        let document = self.description.at(place)?.as_str()?;
        if self.is_value(place) {
            return None;
        }
        let root = match Element::parse(document) {
            Ok(root) => root,
            Err(error) => {
                return Some(format!(
                    "this example is not the XML that it is to be: {error}"
                ));
            }
        };
        match xml.read(&root) {
            Err(fault) => {
                let message = fault.message;
                Some(format!(
                    "this example is not written as its schema says: {message}"
                ))
            }
            Ok(value) if schema.is_some_and(|schema| !schema.allows(&value)) => {
                Some("this example, read as XML, breaks its own schema".to_owned())
            }
            Ok(_) => None,
        }
    }
}
