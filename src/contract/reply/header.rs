//! Documented header fields of a reply.

use http::{HeaderName, HeaderValue};
use serde_json::Value;

use crate::{
    contract::{direction::Direction, generate, reader::Reader},
    description::{Finding, FindingCode, join},
};

/// Header fields that the server writes itself, from what it really sends.
const OWN_HEADERS: [&str; 6] = [
    "content-type",
    "content-length",
    "content-encoding",
    "transfer-encoding",
    "connection",
    "date",
];

/// The documented header fields that have a documented value, or have to be there.
pub(super) fn headers(reader: &mut Reader<'_>, reply: &str) -> Vec<(HeaderName, HeaderValue)> {
    let place = join(reply, "headers");
    let mut fields = Vec::new();
    for name in reader.keys(&place) {
        if OWN_HEADERS.contains(&&*name.to_ascii_lowercase()) {
            continue;
        }
        let field = header(reader, &name, &join(&place, &name));
        fields.extend(reader.keep(field).flatten());
    }
    fields
}

fn header(
    reader: &mut Reader<'_>,
    name: &str,
    pointer: &str,
) -> Result<Option<(HeaderName, HeaderValue)>, Finding> {
    let pointer = reader.description.resolve(pointer)?;
    let not_a_header = |reader: &Reader<'_>, what: &str| {
        reader.fault(
            FindingCode::Shape,
            &pointer,
            format!("`{what}` cannot stand in a header field"),
        )
    };
    let field = HeaderName::from_bytes(name.as_bytes()).map_err(|_| not_a_header(reader, name))?;
    let schema_at = join(&pointer, "schema");
    let documented = [
        join(&pointer, "example"),
        join(&schema_at, "example"),
        join(&schema_at, "default"),
    ];
    let mut value = documented
        .iter()
        .find_map(|place| reader.description.at(place))
        .cloned();
    let required = reader.flag(&pointer, "required").unwrap_or(false);
    if value.is_none() && required && reader.description.at(&schema_at).is_some() {
        let schema = reader.schemas.at(&schema_at, Direction::Reply)?;
        value = generate::value(&reader.description, &schema, Direction::Reply);
    }
    let text = match value {
        None => return Ok(None),
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
    };
    let value = HeaderValue::from_str(&text).map_err(|_| not_a_header(reader, &text))?;
    Ok(Some((field, value)))
}
