//! A text of a media type, where one text is all that there is: in a parameter or a header field (OpenAPI
//! 3.1.1, "Fixed Fields for use with `content`").

use serde_json::Value;

use super::{
    fields::{Fields, Leaf},
    json, xml,
};
use crate::{
    contract::{Encodings, Shape, Style, XmlSchema},
    exchange::{form_decoded, pairs},
};

/// The value of a text whose escapes are undone, by the style that its media type has.
///
/// # Errors
/// Why it is none, in words.
pub(super) fn value(
    style: Style,
    text: &str,
    shape: &Shape,
    schema: Option<&XmlSchema>,
) -> Result<Value, String> {
    match style {
        Style::Json => json::value(text.as_bytes()).map_err(|error| format!("not JSON: {error}")),
        Style::UrlEncoded => form(text, shape),
        Style::Xml => Ok(xml::of_text(text, schema)?),
        _ => Ok(shape.value_of(text)),
    }
}

/// The value of a form.
///
/// # Errors
/// Text that is not UTF-8, or a field that is written in two ways, in words.
pub(super) fn form(text: &str, shape: &Shape) -> Result<Value, String> {
    let decoded =
        |text| form_decoded(text).ok_or_else(|| format!("the bytes of `{text}` are not UTF-8"));
    let mut fields = Fields::default();
    for (name, value) in pairs(text) {
        let leaf = Leaf::Text(decoded(value)?.into_owned());
        fields.add(&decoded(name)?, leaf, shape)?;
    }
    Ok(fields.into_value(shape, &Encodings::default())?)
}
