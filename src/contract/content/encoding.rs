//! How single fields of a form and parts of a multipart body are written (OpenAPI 3.1.1, "Encoding
//! Object"; 3.2.0 adds those by position).

use crate::{
    contract::{
        direction::Direction, header::Header, reader::Reader, schema::Schema, shape::Shape,
    },
    description::{Finding, FindingCode, join},
    exchange::MediaType,
};

/// How the fields or parts of a body are written.
#[derive(Debug, Default)]
pub struct Encodings {
    /// Those by name.
    pub named: Vec<FieldEncoding>,
    /// Those of the first parts, by position.
    pub prefix: Vec<FieldEncoding>,
    /// That of all other parts.
    pub item: Option<FieldEncoding>,
}

/// How one field of a form, or one part, is written.
#[derive(Debug)]
pub struct FieldEncoding {
    /// The field; its position when it has no name.
    pub name: String,
    /// The media types or ranges that it may have; none when not documented.
    pub content_types: Vec<MediaType>,
    /// How it is written as text. Where this is documented, the media type means nothing.
    pub style: Option<FieldStyle>,
    /// The header fields that its part has.
    pub headers: Vec<Header>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

/// How a field's value is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldStyle {
    /// Each item under the field's name, each property under its own.
    Exploded,
    /// All in one text, between separators.
    Separated(char),
    /// Each property in brackets: `user[name]=x`.
    Deep,
}

impl Encodings {
    /// The encoding of a field.
    pub fn of(&self, name: &str) -> Option<&FieldEncoding> {
        self.named.iter().find(|encoding| encoding.name == name)
    }

    /// The encoding of the part at a position.
    pub fn at(&self, index: usize) -> Option<&FieldEncoding> {
        self.prefix.get(index).or(self.item.as_ref())
    }

    /// The field of objects written property by property that has a property of this name.
    pub fn exploded_owner(&self, property: &str, shape: &Shape) -> Option<&FieldEncoding> {
        let owns = |encoding: &&FieldEncoding| {
            encoding.style == Some(FieldStyle::Exploded)
                && shape
                    .property(&encoding.name)
                    .is_some_and(|shape| shape.property(property).is_some())
        };
        self.named.iter().find(owns)
    }
}

impl FieldEncoding {
    /// Whether the field is written as JSON.
    pub fn is_json(&self) -> bool {
        self.style.is_none() && self.content_types.iter().any(MediaType::is_json)
    }

    /// Whether the field is written as XML.
    pub fn is_xml(&self) -> bool {
        self.style.is_none() && self.content_types.iter().any(MediaType::is_xml)
    }
}

/// The encodings of a media type object.
pub(in crate::contract) fn read(
    reader: &mut Reader<'_>,
    media_type: &str,
    schema: Option<&Schema>,
    direction: Direction,
) -> Result<Encodings, Finding> {
    let mut encodings = Encodings::default();
    let place = join(media_type, "encoding");
    for name in reader.keys(&place) {
        let at = join(&place, &name);
        let shape = schema.map_or(&Shape::UNKNOWN, Schema::shape);
        if shape.object.is_some() && shape.property(&name).is_none() {
            let message = format!("the schema has no property `{name}` that this is about");
            reader.warn(FindingCode::Shape, &at, message);
        }
        encodings
            .named
            .push(read_one(reader, name, &at, direction)?);
    }
    let place = join(media_type, "prefixEncoding");
    for index in 0..reader.length(&place) {
        let at = join(&place, &index.to_string());
        encodings
            .prefix
            .push(read_one(reader, index.to_string(), &at, direction)?);
    }
    let place = join(media_type, "itemEncoding");
    if reader.description.at(&place).is_some() {
        encodings.item = Some(read_one(reader, "item".to_owned(), &place, direction)?);
    }
    Ok(encodings)
}

fn read_one(
    reader: &mut Reader<'_>,
    name: String,
    pointer: &str,
    direction: Direction,
) -> Result<FieldEncoding, Finding> {
    for nested in ["encoding", "prefixEncoding", "itemEncoding"] {
        let at = join(pointer, nested);
        if reader.description.at(&at).is_some() {
            let message = "parts inside of parts are not read yet; describe the part as bytes";
            return Err(reader.fault(FindingCode::Unsupported, &at, message.to_owned()));
        }
    }
    Ok(FieldEncoding {
        content_types: content_types(reader, pointer)?,
        style: style(reader, pointer)?,
        headers: Header::all(reader, pointer, direction)
            .into_iter()
            .collect::<Result<_, _>>()?,
        pointer: pointer.to_owned(),
        name,
    })
}

/// `contentType` is a list, separated by commas.
fn content_types(reader: &Reader<'_>, encoding: &str) -> Result<Vec<MediaType>, Finding> {
    let listed = reader.text(encoding, "contentType").into_iter();
    let each = listed.flat_map(|list| list.split(','));
    each.map(|text| {
        MediaType::parse(text).ok_or_else(|| {
            let message = format!("`{text}` is not a media type");
            reader.fault(FindingCode::Shape, &join(encoding, "contentType"), message)
        })
    })
    .collect()
}

/// `style` and its fellows; without any of them the media type says how the field is written.
fn style(reader: &Reader<'_>, encoding: &str) -> Result<Option<FieldStyle>, Finding> {
    let style = reader.text(encoding, "style");
    let explode = reader.flag(encoding, "explode");
    let reserved = reader.flag(encoding, "allowReserved");
    if style.is_none() && explode.is_none() && reserved.is_none() {
        return Ok(None);
    }
    let (separator, explodes) = match style {
        // Tabs are Swagger 2.0's, and no style has them.
        Some("form") if reader.text(encoding, "x-collection-format") == Some("tsv") => {
            ('\t', false)
        }
        None | Some("form") => (',', true),
        Some("spaceDelimited") => (' ', false),
        Some("pipeDelimited") => ('|', false),
        Some("deepObject") => return Ok(Some(FieldStyle::Deep)),
        Some(other) => {
            let message = format!(
                "`{other}` is no style of a field; form, spaceDelimited, pipeDelimited and \
                 deepObject are"
            );
            return Err(reader.fault(FindingCode::Shape, &join(encoding, "style"), message));
        }
    };
    Ok(Some(match explode.unwrap_or(explodes) {
        true => FieldStyle::Exploded,
        false => FieldStyle::Separated(separator),
    }))
}
