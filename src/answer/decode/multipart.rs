//! `multipart/*` (RFC 2046 section 5.1): parts by name, as in `multipart/form-data` (RFC 7578), or in
//! their order, where the schema is of an array.

mod disposition;
mod part;
mod split;

use bytes::Bytes;
use http::header::CONTENT_DISPOSITION;
use serde_json::Value;

use super::{fault::Fault, fields::Fields, header, layout};
use crate::{
    contract::{Content, Formats, Header},
    description::join,
    exchange::{MediaType, Place},
};
use disposition::Disposition;
use split::Part;

const FORM_DATA: &str = "multipart/form-data";

/// A header field of a part, read.
pub(super) type HeaderValue<'a> = (&'a Header, Place, Value);

/// What the parts say.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    /// The parts as one value.
    pub(super) value: Value,
    /// Their described header fields.
    pub(super) headers: Vec<HeaderValue<'a>>,
}

/// Reads the parts of a body.
///
/// # Errors
/// A body that is not what its `Content-Type` says, or all parts that are not as documented.
pub(super) fn read<'a>(
    body: &Bytes,
    media_type: &MediaType,
    content: &'a Content,
    formats: Formats,
) -> Result<Parts<'a>, Vec<Fault>> {
    let syntax = |message: String| vec![Fault::syntax(message)];
    let boundary = media_type.parameter("boundary").ok_or_else(|| {
        syntax(format!(
            "the Content-Type says no boundary, as in `{}; boundary=abc`",
            media_type.essence()
        ))
    })?;
    let parts = split::split(body, boundary)
        .map_err(|message| syntax(format!("not {}: {message}", media_type.essence())))?;
    // Browsers send a form without fields as no part at all.
    if parts.is_empty() && media_type.essence() != FORM_DATA {
        let message = "there is no part; at least one is needed (RFC 2046 section 5.1.1)";
        return Err(syntax(message.to_owned()));
    }
    let mut reading = Reading {
        content,
        headers: Vec::new(),
        faults: Vec::new(),
    };
    let value = match content.is_positional() {
        true => reading.in_order(&parts),
        false => reading.by_name(&parts, media_type, formats),
    };
    match reading.faults.is_empty() {
        true => Ok(Parts {
            value,
            headers: reading.headers,
        }),
        false => Err(reading.faults),
    }
}

struct Reading<'a> {
    content: &'a Content,
    headers: Vec<HeaderValue<'a>>,
    faults: Vec<Fault>,
}

impl<'a> Reading<'a> {
    fn in_order(&mut self, parts: &[Part]) -> Value {
        let content = self.content;
        let mut values = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let described = part::Described {
                pointer: join("", &index.to_string()),
                name: "",
                xml: None,
                shape: content.item_shape(index),
                encoding: content.encodings.at(index),
            };
            let disposition = Disposition::default();
            if let Some(leaf) = self.part(part, &disposition, &described) {
                let value = leaf.alone(&described.pointer, described.shape, described.encoding);
                values.extend(self.keep(value));
            }
        }
        Value::Array(values)
    }

    fn by_name(&mut self, parts: &[Part], media_type: &MediaType, formats: Formats) -> Value {
        let shape = self.content.shape();
        let mut fields = Fields::default();
        for (index, part) in parts.iter().enumerate() {
            let named = self.keep(name(part, index, media_type));
            let Some((name, disposition)) = named else {
                continue;
            };
            let described = part::Described {
                pointer: join("", &name),
                name: &name,
                xml: self.content.xml(),
                shape: shape.member(&name),
                encoding: self.content.encodings.of(&name),
            };
            if let Some(leaf) = self.part(part, &disposition, &described) {
                let added = layout::add_to_body(self.content, formats, &mut fields, &name, leaf);
                self.keep(added);
            }
        }
        let read = fields.into_readings(shape, &self.content.encodings);
        let read = self.keep(read).unwrap_or_default();
        read.settled(self.content.schema.as_deref())
    }

    /// The content of one part; its header fields are kept beside.
    fn part(
        &mut self,
        part: &Part,
        disposition: &Disposition,
        described: &part::Described<'_, 'a>,
    ) -> Option<super::fields::Leaf> {
        for described_header in described.encoding.iter().flat_map(|it| &it.headers) {
            let name = described_header.name.clone();
            let place = Place::PartHeader(described.pointer.as_str().into(), name);
            let read = header::read(described_header, &part.headers, &place);
            for value in self.keep(read).into_iter().flatten() {
                self.headers.push((described_header, place.clone(), value));
            }
        }
        self.keep(part::leaf(part, disposition, described))
    }

    fn keep<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.faults.push(fault)).ok()
    }
}

/// The name of a part.
fn name(part: &Part, index: usize, whole: &MediaType) -> Result<(String, Disposition), Fault> {
    let number = index + 1;
    let field = part.headers.get(CONTENT_DISPOSITION);
    let field = field.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let mut disposition = Disposition::parse(field.as_deref().unwrap_or(""));
    if disposition.is_ambiguous || part.headers.get_all(CONTENT_DISPOSITION).iter().count() > 1 {
        return Err(Fault::syntax(format!(
            "part {number} says its name twice in its Content-Disposition"
        )));
    }
    if whole.essence() == FORM_DATA && disposition.kind != "form-data" {
        return Err(Fault::syntax(format!(
            "part {number} has no `Content-Disposition: form-data; name=…`"
        )));
    }
    match disposition.name.take() {
        Some(name) => Ok((name, disposition)),
        None => Err(Fault::syntax(format!(
            "part {number} has no `name` in its Content-Disposition"
        ))),
    }
}

impl Content {
    /// Whether its parts are known by their order and not by their names.
    fn is_positional(&self) -> bool {
        let shape = self.shape();
        shape.object.is_none()
            && (shape.array.is_some()
                || self.item_schema.is_some()
                || !self.encodings.prefix.is_empty()
                || self.encodings.item.is_some())
    }
}
