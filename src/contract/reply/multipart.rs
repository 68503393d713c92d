//! Bodies of parts (RFC 2046 section 5.1, RFC 7578), by the Encoding Objects of their media type
//! (OpenAPI 3.1.1, "Encoding Object"; 3.2.0 adds those by position).

mod boundary;
mod part;

use std::collections::HashMap;

use http::StatusCode;
use serde_json::Value;

use super::{Fields, write::Written};
use crate::{
    contract::{
        BodyForm, Encodings, FieldEncoding, FieldStyle, XmlSchema, bracketed, content,
        direction::Direction,
        generate::{Step, subschemas},
        reader::Reader,
        schema::Schema,
    },
    description::{Description, Finding, join},
    exchange::MediaType,
};
use part::Part;

pub(super) use boundary::of_text;

/// Where a value comes from, that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The document: its texts are sent as they stand.
    Documented,
    /// It was made: where nothing but bytes is documented, it is a file.
    Made,
}

/// Writes values as parts.
#[derive(Debug)]
pub(super) struct Multipart {
    media_type: MediaType,
    /// Where the schemas stand, of the whole and of each part.
    schema: String,
    item_schema: String,
    /// `None` where they cannot be read: then nothing is written by them.
    encodings: Option<Encodings>,
    /// The header fields of parts, by the place of the encoding that documents them.
    fields: HashMap<String, Fields>,
    xml: Option<XmlSchema>,
}

/// A body of parts.
#[derive(Debug)]
pub(super) struct Body {
    pub bytes: Vec<u8>,
    /// Its media type, with the boundary.
    pub media_type: MediaType,
}

impl Multipart {
    /// The writer of the media type object at a pointer. Encodings that cannot be read are reported.
    pub(super) fn new(
        reader: &mut Reader<'_>,
        pointer: &str,
        media_type: &MediaType,
        schema: Option<&Schema>,
    ) -> Result<Self, Finding> {
        let what = "no body can be written from its parts";
        let encodings = reader.aside(what, |reader| {
            content::read_encodings(reader, pointer, schema, Direction::Reply)
        });
        let all = encodings.iter().flat_map(|it| {
            let by_place = it.prefix.iter().chain(&it.item);
            it.named.iter().chain(by_place)
        });
        let mut fields = HashMap::new();
        for encoding in all.clone() {
            let read = Fields::read(reader, &encoding.pointer, StatusCode::OK);
            fields.insert(encoding.pointer.clone(), read);
        }
        let schema_at = join(pointer, "schema");
        let xml = match all.clone().any(FieldEncoding::is_xml) && schema.is_some() {
            true => Some(XmlSchema::compile(&reader.description, &schema_at)?),
            false => None,
        };
        Ok(Self {
            media_type: media_type.clone(),
            schema: schema_at,
            item_schema: join(pointer, "itemSchema"),
            encodings,
            fields,
            xml,
        })
    }

    /// The documented media type.
    pub(super) fn media_type(&self) -> &MediaType {
        &self.media_type
    }

    /// A value as a body; `example` is its name, by which header fields of its parts are chosen.
    ///
    /// # Errors
    /// Why it has no form as parts, in words.
    pub(super) fn write(
        &self,
        description: &Description,
        value: &Written<'_>,
        origin: Origin,
        example: Option<&str>,
    ) -> Result<Body, String> {
        let Some(encodings) = &self.encodings else {
            return Err("how its parts are written is described wrongly".to_owned());
        };
        let writing = Writing {
            own: self,
            description,
            encodings,
            body: value,
            origin,
            example,
        };
        let is_form = self.media_type.essence() == "multipart/form-data";
        let parts = match value.value {
            Value::Object(members) => writing.by_name(members)?,
            Value::Array(items) if !is_form => writing.in_order(items)?,
            _ if is_form => return Err("a form of parts is an object".to_owned()),
            _ => return Err("parts are an array, or an object".to_owned()),
        };
        if parts.is_empty() && !is_form {
            return Err("there has to be one part at least (RFC 2046 section 5.1.1)".to_owned());
        }
        let boundary = boundary::of_parts(&self.media_type, &parts)?;
        let mut bytes = Vec::new();
        for part in &parts {
            bytes.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
            part.add_to(&mut bytes);
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Ok(Body {
            bytes,
            media_type: self.media_type.with_parameter("boundary", &boundary),
        })
    }
}

/// One value on its way to parts.
struct Writing<'a> {
    own: &'a Multipart,
    description: &'a Description,
    encodings: &'a Encodings,
    body: &'a Written<'a>,
    origin: Origin,
    example: Option<&'a str>,
}

/// What one part is to be written from.
struct Source<'a> {
    /// The name of the field; `None` of a part that is known by its position.
    name: Option<&'a str>,
    /// The property that it is, or is an item of.
    property: Option<&'a str>,
    value: &'a Value,
    /// Where the value stands in the whole, as a JSON pointer.
    at: String,
    /// The schemas that it keeps to.
    schemas: Vec<&'a Value>,
    encoding: Option<&'a FieldEncoding>,
}

impl<'a> Writing<'a> {
    fn by_name(&self, members: &'a serde_json::Map<String, Value>) -> Result<Vec<Part>, String> {
        let mut parts = Vec::new();
        for (name, value) in members {
            let source = Source {
                name: Some(name),
                property: Some(name),
                value,
                at: join("", name),
                schemas: self.schemas(&self.own.schema, &Step::Member(name)),
                encoding: self.encodings.of(name),
            };
            let style = source.encoding.and_then(|encoding| encoding.style);
            match (style, value) {
                (Some(FieldStyle::Separated(separator)), Value::Array(_) | Value::Object(_)) => {
                    parts.push(self.text(&source, name, separated(value, separator)));
                }
                (Some(FieldStyle::Deep), Value::Object(_)) => {
                    let fields = bracketed::below(name, value);
                    parts.extend(
                        fields
                            .into_iter()
                            .map(|(name, text)| self.text(&source, &name, text)),
                    );
                }
                (Some(FieldStyle::Exploded), Value::Object(inner)) => {
                    for (name, value) in inner {
                        parts.push(self.text(&source, name, bracketed::text(value)));
                    }
                }
                (_, Value::Array(items)) => {
                    for (index, item) in items.iter().enumerate() {
                        parts.push(self.part(&self.item(&source, index, item))?);
                    }
                }
                _ => parts.push(self.part(&source)?),
            }
        }
        Ok(parts)
    }

    fn in_order(&self, items: &'a [Value]) -> Result<Vec<Part>, String> {
        let part = |(index, value): (usize, &'a Value)| {
            let mut schemas = self.schemas(&self.own.schema, &Step::Item(index));
            schemas.extend(self.description.at(&self.own.item_schema));
            self.part(&Source {
                name: None,
                property: None,
                value,
                at: join("", &index.to_string()),
                schemas,
                encoding: self.encodings.at(index),
            })
        };
        items.iter().enumerate().map(part).collect()
    }

    fn item(&self, list: &Source<'a>, index: usize, value: &'a Value) -> Source<'a> {
        Source {
            value,
            at: join(&list.at, &index.to_string()),
            schemas: subschemas(self.description, &list.schemas, &Step::Item(index)),
            ..*list
        }
    }

    fn schemas(&self, pointer: &str, step: &Step<'_>) -> Vec<&'a Value> {
        let whole: Vec<&Value> = self.description.at(pointer).into_iter().collect();
        subschemas(self.description, &whole, step)
    }

    /// A part with a text that a style gives.
    fn text(&self, source: &Source<'_>, name: &str, text: String) -> Part {
        let mut part = Part::named(name, None);
        part.add_fields(self.fields(source));
        part.body = text.into_bytes();
        part
    }

    fn fields(&self, source: &Source<'_>) -> http::HeaderMap {
        let fields = source
            .encoding
            .and_then(|encoding| self.own.fields.get(&encoding.pointer));
        fields.map_or_else(http::HeaderMap::new, |it| it.beside(self.example))
    }
}

/// A list, or names and values in turn, in one text.
fn separated(value: &Value, separator: char) -> String {
    let pieces: Vec<String> = match value {
        Value::Array(items) => items.iter().map(bracketed::text).collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| [name.clone(), bracketed::text(value)])
            .collect(),
        other => vec![bracketed::text(other)],
    };
    pieces.join(&separator.to_string())
}

/// Whether a media type is that of parts.
pub(super) fn is_multipart(media_type: &MediaType) -> bool {
    BodyForm::of(media_type) == BodyForm::Multipart
}
