//! Documented header fields of a reply (OpenAPI 3.1.1, "Header Object").

mod value;

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::simple::{Content, Simple};
use crate::{
    contract::{
        direction::Direction,
        example_place::of_object,
        parameter::{Style, content_of},
        reader::Reader,
        schema::Schema,
        xml::XmlSchema,
    },
    description::{Finding, FindingCode, join},
};
use value::{Written, distinct_cookies, made, of_keywords, written};

/// Header fields that the server writes itself, from what it really sends.
const OWN: [HeaderName; 9] = [
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
    header::DATE,
    header::TRAILER,
    header::TE,
    header::UPGRADE,
];

/// The documented header fields of a reply that have a documented value, or have to be there.
#[derive(Debug, Default)]
pub(in crate::contract) struct Fields(Vec<Field>);

/// One documented header field.
#[derive(Debug)]
pub(in crate::contract) struct Field {
    name: HeaderName,
    values: Vec<HeaderValue>,
    /// The values that go with the body's example of the same name.
    named: Vec<(Arc<str>, Vec<HeaderValue>)>,
    /// Where the documented values stand, as JSON pointers.
    pub places: Vec<String>,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
}

impl Fields {
    /// Reads those of the response at a pointer. What cannot be sent is a fault.
    pub(super) fn read(reader: &mut Reader<'_>, response: &str, status: StatusCode) -> Self {
        let place = join(response, "headers");
        let mut fields = Vec::new();
        for name in reader.keys(&place) {
            let at = join(&place, &name);
            let Ok(known) = HeaderName::from_bytes(name.as_bytes()) else {
                let message = format!("`{name}` cannot be the name of a header field");
                let fault = reader.fault(FindingCode::Shape, &at, message);
                reader.keep(Err::<(), _>(fault));
                continue;
            };
            if OWN.contains(&known) {
                continue;
            }
            let field = field(reader, known, &at, status);
            fields.extend(reader.keep(field).flatten());
        }
        Self(fields)
    }

    /// The fields beside a body; those of its example's name where they have a value of that name.
    pub(super) fn beside(&self, example: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for field in &self.0 {
            let is_named = |(name, _): &&(Arc<str>, _)| Some(&**name) == example;
            let named = field.named.iter().find(is_named);
            let values = named.map_or(&field.values, |(_, values)| values);
            for value in values {
                headers.append(field.name.clone(), value.clone());
            }
        }
        headers
    }

    /// Each field.
    pub(in crate::contract) fn iter(&self) -> impl Iterator<Item = &Field> {
        self.0.iter()
    }
}

fn field(
    reader: &mut Reader<'_>,
    name: HeaderName,
    pointer: &str,
    status: StatusCode,
) -> Result<Option<Field>, Finding> {
    let pointer = reader.description.resolve(pointer)?;
    let content = content_of(reader, &pointer)?;
    let (written_as, schema_at) =
        content.unwrap_or_else(|| (Style::Simple, join(&pointer, "schema")));
    let holder = schema_at
        .strip_suffix("/schema")
        .unwrap_or(&pointer)
        .to_owned();
    let xml = XmlSchema::of_content(reader, written_as, &schema_at)?;
    let style = Simple {
        explode: reader.flag(&pointer, "explode").unwrap_or(false),
        content: match written_as {
            Style::Json => Content::Json,
            Style::UrlEncoded => Content::Form,
            Style::Xml => Content::Xml(xml.as_deref()),
            Style::Text => Content::Text,
            _ => Content::Style,
        },
        several: name == header::SET_COOKIE,
    };
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.at(&schema_at, Direction::Reply)?),
        None => None,
    };
    let own = of_object(reader, &holder)?;
    let of_schema = match schema.as_deref().filter(|_| own.is_empty()) {
        Some(schema) => of_keywords(reader, &schema_at, schema),
        None => Vec::new(),
    };
    let mut documented = written(reader, style, &own);
    // Of what a schema says, the first that can be sent.
    documented.extend(written(reader, style, &of_schema).into_iter().next());
    // A redirection without its target leads nowhere (RFC 9110 section 15.4).
    let leads = name == header::LOCATION && status.is_redirection();
    let required = leads || reader.flag(&pointer, "required").unwrap_or(false);
    let values = match documented.first() {
        Some(_) if style.several => distinct_cookies(&documented),
        Some((_, values)) => values.clone(),
        None if required => made(reader, style, schema.as_deref(), &pointer)?,
        None => return Ok(None),
    };
    let named = |(place, values): &Written<'_>| Some((place.name.clone()?, values.clone()));
    Ok(Some(Field {
        name,
        values,
        named: documented.iter().filter_map(named).collect(),
        places: own.iter().filter_map(|place| place.value.clone()).collect(),
        schema,
    }))
}
