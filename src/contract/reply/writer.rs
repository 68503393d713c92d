//! Bodies of replies: documented examples and made values, each in the form of its media type.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use super::{
    multipart::{self, Multipart, Origin},
    write::{Written, text, written},
};
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
    multipart: Option<Multipart>,
}

/// A body as it is sent.
#[derive(Debug, Clone, Default)]
pub(in crate::contract) struct Sent {
    /// Its bytes.
    pub bytes: Bytes,
    /// Its media type, where it says more than the documented one: the boundary of its parts.
    pub media_type: Option<String>,
}

impl From<String> for Sent {
    fn from(text: String) -> Self {
        Self {
            bytes: text.into(),
            media_type: None,
        }
    }
}

impl From<multipart::Body> for Sent {
    fn from(body: multipart::Body) -> Self {
        Self {
            bytes: body.bytes.into(),
            media_type: Some(body.media_type.to_string()),
        }
    }
}

impl Writer {
    /// The writer of the media type object at a pointer.
    ///
    /// # Errors
    /// An `xml` object that is not read.
    pub(in crate::contract) fn new(
        reader: &mut Reader<'_>,
        pointer: &str,
        media_type: &MediaType,
        known: Option<&Schema>,
    ) -> Result<Self, Finding> {
        let form = BodyForm::of(media_type);
        let schema = join(pointer, "schema");
        let has_schema = reader.description.at(&schema).is_some();
        let xml = match form == BodyForm::Xml && has_schema {
            true => Some(XmlSchema::compile(&reader.description, &schema)?),
            false => None,
        };
        let multipart = match multipart::is_multipart(media_type) {
            true => Some(Multipart::new(reader, pointer, media_type, known)?),
            false => None,
        };
        Ok(Self {
            description: Arc::clone(&reader.description),
            form,
            xml,
            multipart,
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
    pub(in crate::contract) fn example(&self, place: &ExamplePlace) -> Result<Sent, String> {
        match (&place.text, &place.value) {
            (Some(text), _) => {
                let text = self.description.at(text).and_then(Value::as_str);
                let text = text.ok_or("the text that it is sent as is no string")?;
                Ok(self.as_it_stands(text))
            }
            (None, Some(value)) => self.value_at(value, place.name.as_deref()),
            (None, None) => Err("it has no value".to_owned()),
        }
    }

    /// A text that is the body itself. The lines of parts end in CRLF, which documents seldom write.
    fn as_it_stands(&self, text: &str) -> Sent {
        let Some(multipart) = &self.multipart else {
            return text.to_owned().into();
        };
        let bytes = match text.contains("\r\n") {
            true => text.to_owned(),
            false => text.replace('\n', "\r\n"),
        };
        let documented = multipart.media_type();
        let boundary =
            multipart::of_text(text).filter(|_| documented.parameter("boundary").is_none());
        let typed = |boundary| documented.with_parameter("boundary", boundary).to_string();
        Sent {
            bytes: bytes.into(),
            media_type: boundary.map(typed),
        }
    }

    /// A value of the document: JSON in the document's own digits and order, a text as it stands.
    fn value_at(&self, place: &str, name: Option<&str>) -> Result<Sent, String> {
        let value = self.description.at(place).unwrap_or(&Value::Null);
        let json = |at: &str| {
            let part = self.description.json_text(&format!("{place}{at}"));
            part.unwrap_or_default()
        };
        let written = Written { value, json: &json };
        match (&self.multipart, value) {
            (Some(_), Value::String(text)) => Ok(self.as_it_stands(text)),
            (Some(multipart), _) => {
                let body =
                    multipart.write(&self.description, &written, Origin::Documented, name)?;
                Ok(body.into())
            }
            (None, _) => text(self.form, self.xml.as_ref(), &written).map(Sent::from),
        }
    }

    /// A made value.
    ///
    /// # Errors
    /// One that has no form as this media type, in words.
    pub(in crate::contract) fn made(&self, value: &Value) -> Result<Sent, String> {
        let Some(multipart) = &self.multipart else {
            return written(self.form, self.xml.as_ref(), value).map(Sent::from);
        };
        let json = |at: &str| value.pointer(at).map_or_else(String::new, Value::to_string);
        let value = Written { value, json: &json };
        let body = multipart.write(&self.description, &value, Origin::Made, None)?;
        Ok(body.into())
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

    /// What is wrong with an example that is a document of XML, or of parts, in words; `None` when
    /// nothing is, and for what is none.
    pub(in crate::contract) fn fault_in_document(
        &self,
        place: &str,
        schema: Option<&Schema>,
    ) -> Option<String> {
        let document = self.description.at(place)?.as_str()?;
        if self.multipart.is_some() {
            let fault = "this example is no body of parts: no line of it is a boundary that ends it, as `--x--`";
            return multipart::of_text(document)
                .is_none()
                .then(|| fault.to_owned());
        }
        let xml = self.xml.as_ref()?;
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
