//! The content of one part, by its media type and what is documented for it.

use http::header::{CONTENT_TYPE, HeaderName};
use serde_json::Value;

use super::{Fault, disposition::Disposition, split::Part};
use crate::{
    answer::decode::{
        charset::{Charset, octets},
        fields::Leaf,
        json, xml,
    },
    contract::{FieldEncoding, FieldStyle, Shape, XmlSchema},
    exchange::{MediaType, Place, Rule},
};

const TRANSFER_ENCODING: HeaderName = HeaderName::from_static("content-transfer-encoding");

/// Where a part stands, and what is described for it.
pub(super) struct Described<'n, 'a> {
    pub(super) pointer: String,
    pub(super) name: &'n str,
    pub(super) shape: &'a Shape,
    pub(super) encoding: Option<&'a FieldEncoding>,
    pub(super) xml: Option<&'a XmlSchema>,
}

/// The content of a part.
///
/// # Errors
/// A media type that is not documented for it, or content that is not of its media type.
pub(super) fn leaf(
    part: &Part,
    disposition: &Disposition,
    described: &Described<'_, '_>,
) -> Result<Leaf, Fault> {
    check_transfer_encoding(part, described)?;
    let media_type = media_type(part, described)?;
    check_documented(media_type.as_ref(), described)?;
    let syntax = |message: String| Fault::syntax_at(described.pointer.clone(), message);
    let takes_string = takes_only_strings(described.shape);
    let is_file = disposition.has_filename && takes_string;
    match &media_type {
        Some(given) if given.is_json() && !is_file => {
            let charset = charset(given, described)?;
            if !matches!(charset, Charset::Utf8 | Charset::Ascii) {
                let charset = charset.name();
                return Err(syntax(format!("JSON is always UTF-8, and never {charset}")));
            }
            match json::value(&part.body) {
                Ok(Value::String(text)) => Ok(Leaf::Value(text.into())),
                // A string that holds JSON text.
                Ok(_) if takes_string && described.shape.array.is_none() => {
                    Ok(Leaf::Value(octets(&part.body).into()))
                }
                Ok(value) => Ok(Leaf::Value(value)),
                Err(error) => Err(syntax(format!("this part is not JSON: {error}"))),
            }
        }
        Some(given)
            if given.is_xml()
                && !takes_string
                && described.encoding.is_some_and(FieldEncoding::is_xml) =>
        {
            let value = xml::field(&part.body, given, described.name, described.xml)?;
            Ok(Leaf::Value(value))
        }
        Some(given) if given.kind() == "text" => {
            let charset = charset(given, described)?;
            let text = charset.decode(&part.body);
            let text =
                text.ok_or_else(|| syntax(format!("the bytes are not {}", charset.name())))?;
            Ok(text_leaf(&text, described.encoding))
        }
        None => match (std::str::from_utf8(&part.body), disposition.has_filename) {
            (Ok(text), _) => Ok(text_leaf(text, described.encoding)),
            (Err(_), true) => Ok(Leaf::Value(octets(&part.body).into())),
            (Err(error), false) => Err(syntax(format!(
                "byte {} is not UTF-8, and the part says no Content-Type",
                error.valid_up_to() + 1
            ))),
        },
        Some(given) => {
            check_default(given, described)?;
            Ok(Leaf::Value(octets(&part.body).into()))
        }
    }
}

/// Whether nothing but a string, or strings, can be meant.
fn takes_only_strings(shape: &Shape) -> bool {
    let is_string =
        |shape: &Shape| shape.string && shape.object.is_none() && !shape.number && !shape.boolean;
    match &shape.array {
        Some(items) => is_string(items),
        None => is_string(shape),
    }
}

/// Content that is encoded once more is not decoded (RFC 7578 section 4.7 has done away with it). It is the
/// value where that is documented as the encoded text (OpenAPI 3.1.1, "Encoding Object").
fn check_transfer_encoding(part: &Part, described: &Described<'_, '_>) -> Result<(), Fault> {
    let plain = [&b"7bit"[..], b"8bit", b"binary"];
    let items = described.shape.array.as_deref();
    let documented = items.unwrap_or(described.shape).encoding.as_deref();
    let documented = documented.map(str::as_bytes);
    let is_plain = |value: &[u8]| {
        let mut all = plain.into_iter().chain(documented);
        all.any(|it| value.eq_ignore_ascii_case(it))
    };
    match part.headers.get(TRANSFER_ENCODING) {
        Some(value) if !is_plain(value.as_bytes()) => Err(Fault::syntax_at(
            described.pointer.clone(),
            format!(
                "Content-Transfer-Encoding {value:?} is not decoded; send the bytes as they are"
            ),
        )),
        _ => Ok(()),
    }
}

/// The media type that a part says it has.
fn media_type(part: &Part, described: &Described<'_, '_>) -> Result<Option<MediaType>, Fault> {
    let mut all = part.headers.get_all(CONTENT_TYPE).iter();
    let Some(given) = all.next() else {
        return Ok(None);
    };
    let parsed = given.to_str().ok().and_then(MediaType::parse);
    match parsed.filter(|_| all.next().is_none()) {
        Some(media_type) if media_type.is_exact() => Ok(Some(media_type)),
        _ => Err(Fault::syntax_at(
            described.pointer.clone(),
            format!("the Content-Type of this part, {given:?}, is no media type"),
        )),
    }
}

/// A part that says no type is taken for what is documented.
fn check_documented(given: Option<&MediaType>, described: &Described<'_, '_>) -> Result<(), Fault> {
    let (Some(given), Some(encoding)) = (given, described.encoding) else {
        return Ok(());
    };
    let documented = &encoding.content_types;
    let is_free = documented.is_empty() || encoding.style.is_some();
    if is_free || documented.iter().any(|range| range.includes(given)) {
        return Ok(());
    }
    let wanted: Vec<String> = documented.iter().map(MediaType::to_string).collect();
    Err(Fault {
        place: Place::Body(described.pointer.clone()),
        rule: Rule::UnsupportedMediaType,
        message: format!(
            "this part is {given}; documented for it: {}",
            wanted.join(", ")
        )
        .into(),
        stated: Some(format!("{}/contentType", encoding.pointer).into()),
    })
}

/// Objects are JSON where nothing else is documented (OpenAPI 3.1.1, "Encoding Object").
fn check_default(given: &MediaType, described: &Described<'_, '_>) -> Result<(), Fault> {
    let shape = described.shape;
    let is_documented = described
        .encoding
        .is_some_and(|encoding| !encoding.content_types.is_empty());
    let takes_object = shape.object.is_some() && !shape.string && shape.array.is_none();
    match takes_object && !is_documented {
        true => Err(Fault {
            place: Place::Body(described.pointer.clone()),
            rule: Rule::UnsupportedMediaType,
            message: format!("this part is {given}; an object is written as application/json")
                .into(),
            stated: None,
        }),
        false => Ok(()),
    }
}

fn charset(given: &MediaType, described: &Described<'_, '_>) -> Result<Charset, Fault> {
    Charset::of(Some(given)).map_err(|fault| Fault {
        place: Place::Body(described.pointer.clone()),
        ..fault
    })
}

fn text_leaf(text: &str, encoding: Option<&FieldEncoding>) -> Leaf {
    match encoding.and_then(|encoding| encoding.style) {
        Some(FieldStyle::Separated(_)) if text.is_empty() => Leaf::List(Vec::new()),
        Some(FieldStyle::Separated(separator)) => {
            Leaf::List(text.split(separator).map(str::to_owned).collect())
        }
        _ => Leaf::Text(text.to_owned()),
    }
}
