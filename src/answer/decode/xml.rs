//! XML bodies, by the schema's `xml` objects.

use std::borrow::Cow;

use serde_json::Value;

use super::{charset::Charset, fault::Fault};
use crate::{
    contract::{XmlFault, XmlSchema},
    description::join,
    exchange::{Element, MediaType, Rule},
};

/// How much of the text is looked through for its own declaration.
const DECLARATION: usize = 200;

/// The value of an XML text.
///
/// # Errors
/// Text that is not well-formed, or not written as its schema says.
pub(super) fn read(
    body: &[u8],
    media_type: &MediaType,
    schema: Option<&XmlSchema>,
) -> Result<Value, Fault> {
    of_text(&text(body, media_type)?, schema)
}

/// The same of what is text already, whatever it says of its encoding.
///
/// # Errors
/// As [`read`].
pub(super) fn of_text(text: &str, schema: Option<&XmlSchema>) -> Result<Value, Fault> {
    let root = Element::parse(text).map_err(|error| Fault::syntax(format!("not XML: {error}")))?;
    match schema {
        Some(schema) if !schema.is_text() => schema.read(&root).map_err(fault),
        _ => Ok(Value::from(text)),
    }
}

/// The value of a field or part that is XML.
///
/// # Errors
/// As [`read`].
pub(super) fn field(
    body: &[u8],
    media_type: &MediaType,
    name: &str,
    schema: Option<&XmlSchema>,
) -> Result<Value, Fault> {
    let text = text(body, media_type)?;
    let root = Element::parse(&text).map_err(|error| {
        Fault::syntax_at(join("", name), format!("this field is not XML: {error}"))
    })?;
    match schema {
        Some(schema) => schema.read_member(name, &root).map_err(fault),
        None => Ok(Value::from(text)),
    }
}

fn fault(fault: XmlFault) -> Fault {
    Fault {
        rule: Rule::Keyword("xml".into()),
        ..Fault::syntax_at(fault.pointer, fault.message)
    }
}

/// The bytes as text: by `charset`, else by a byte order mark, else by what the text declares (RFC
/// 7303 section 3).
fn text<'b>(body: &'b [u8], media_type: &MediaType) -> Result<Cow<'b, str>, Fault> {
    let has_utf16_mark = body.starts_with(b"\xFE\xFF") || body.starts_with(b"\xFF\xFE");
    let charset = match media_type.parameter("charset") {
        Some(_) => Charset::of(Some(media_type))?,
        None if has_utf16_mark => Charset::named("utf-16").unwrap_or(Charset::Utf8),
        None => declared(body)?,
    };
    charset.text(body)
}

/// The charset of `<?xml version="1.0" encoding="…"?>`.
fn declared(body: &[u8]) -> Result<Charset, Fault> {
    let head = String::from_utf8_lossy(&body[..body.len().min(DECLARATION)]);
    let declaration = head.trim_start_matches('\u{FEFF}').strip_prefix("<?xml");
    let label = declaration.and_then(|rest| {
        let rest = rest.split_once("?>")?.0.split_once("encoding")?.1;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next()?;
        rest[1..].split(quote).next()
    });
    label.map_or(Ok(Charset::Utf8), |label| {
        let unknown = || Fault::syntax(format!("the encoding `{label}` is not known"));
        Charset::named(label).ok_or_else(unknown)
    })
}
