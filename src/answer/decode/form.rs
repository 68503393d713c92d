//! `application/x-www-form-urlencoded` (WHATWG URL section 5.1), with bracketed names and the styles
//! of OpenAPI's Encoding Object.

use serde_json::Value;

use super::{
    charset::Charset,
    fault::Fault,
    fields::{Fields, Leaf},
    layout, pairs, xml,
};
use crate::{
    contract::{Content, Described, FieldEncoding, FieldStyle, Formats, Shape},
    exchange::{MediaType, form_decoded},
};

/// Reads a form.
///
/// # Errors
/// Why it is none, or which field is not written as described.
pub(super) fn read(
    body: &[u8],
    charset: Charset,
    content: &Content,
    formats: Formats,
) -> Result<Value, Fault> {
    let text = std::str::from_utf8(body).map_err(|error| {
        let byte = error.valid_up_to() + 1;
        Fault::syntax(format!("a form is ASCII; byte {byte} is not UTF-8 either"))
    })?;
    let shape = content.shape();
    let decoded = |text| pairs::decode_as(text, charset);
    let mut fields = Fields::default();
    let pairs = text
        .split('&')
        .flat_map(|piece| at_semicolons(piece, shape));
    for (name, value) in pairs {
        let undecoded = |what: String| undecoded(&what, charset);
        let name = decoded(name).ok_or_else(|| undecoded(format!("`{name}`")))?;
        let decoded = |text| decoded(text).ok_or_else(|| undecoded(shown(text, &name, content)));
        let encoding = content.encodings.of(&name);
        let leaf = match encoding.and_then(separator) {
            _ if encoding.is_some_and(FieldEncoding::is_xml) => {
                let text = decoded(value)?;
                let value = xml::field(text.as_bytes(), &MediaType::xml(), &name, content.xml());
                Leaf::Value(value?)
            }
            Some(separator) => {
                let pieces = separated(value, separator).into_iter();
                let pieces = pieces.map(|piece| decoded(piece).map(Into::into));
                Leaf::List(pieces.collect::<Result<_, Fault>>()?)
            }
            None => Leaf::Text(decoded(value)?.into_owned()),
        };
        layout::add_to_body(content, formats, &mut fields, &name, leaf)?;
    }
    let read = fields.into_readings(shape, &content.encodings)?;
    Ok(read.settled(content.schema.as_deref()))
}

/// A value as a message has it; of a secret, nothing.
fn shown(value: &str, name: &str, content: &Content) -> String {
    let described = Described::by(content.schema.as_deref(), "");
    match described.member(name).is_secret() {
        true => format!("the value of `{name}`"),
        false => format!("`{value}`"),
    }
}

fn undecoded(what: &str, charset: Charset) -> Fault {
    let charset = charset.name();
    Fault::syntax(format!("the bytes of {what} are not {charset}"))
}

fn separator(encoding: &FieldEncoding) -> Option<char> {
    match encoding.style {
        Some(FieldStyle::Separated(separator)) => Some(separator),
        _ => None,
    }
}

/// The pieces of a value, still escaped. A separator that is escaped is data where one is not;
/// clients that escape everything escape the separators too.
fn separated(value: &str, separator: char) -> Vec<&str> {
    if value.is_empty() {
        return Vec::new();
    }
    let (plain, escaped): (&[char], &[&str]) = match separator {
        ' ' => (&['+', ' '], &["%20"]),
        '|' => (&['|'], &["%7C", "%7c"]),
        '\t' => (&['\t'], &["%09"]),
        _ => (&[','], &["%2C", "%2c"]),
    };
    if separator != ' ' && value.contains(plain) {
        return value.split(plain).collect();
    }
    let mut pieces: Vec<&str> = value.split(plain).collect();
    for escape in escaped {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| piece.split(escape))
            .collect();
    }
    pieces
}

/// A piece between two `&`, split further at each `;` that a described field follows. Older servers
/// take `;` for a separator; everywhere else it belongs to the value.
fn at_semicolons<'t>(piece: &'t str, shape: &Shape) -> Vec<(&'t str, &'t str)> {
    let starts = piece.match_indices(';').map(|(at, _)| at);
    // No further than to the next one, or many would be looked through many times.
    let next = |at: usize| piece[at + 1..].split(';').next().unwrap_or_default();
    let starts = starts.filter(|at| begins_with_field(next(*at), shape));
    let mut pairs = Vec::new();
    let mut from = 0;
    for end in starts.chain([piece.len()]) {
        let pair = piece[from..end].trim_start();
        if !pair.is_empty() {
            pairs.push(pair.split_once('=').unwrap_or((pair, "")));
        }
        from = end + 1;
    }
    pairs
}

fn begins_with_field(text: &str, shape: &Shape) -> bool {
    let Some((name, _)) = text.trim_start().split_once('=') else {
        return false;
    };
    form_decoded(name).is_some_and(|name| {
        let root = name.split('[').next().unwrap_or(&name);
        shape
            .property(&name)
            .or_else(|| shape.property(root))
            .is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_split_before_escapes_are_undone() {
        for (value, separator, want) in [
            ("a,b", ',', &["a", "b"][..]),
            ("a%2Cb", ',', &["a", "b"]),
            ("a%2Cb,c", ',', &["a%2Cb", "c"]),
            ("a+b%20c", ' ', &["a", "b", "c"]),
            ("a|b", '|', &["a", "b"]),
            ("a%7Cb%7cc", '|', &["a", "b", "c"]),
            ("", ',', &[]),
        ] {
            assert_eq!(separated(value, separator), want, "{value}");
        }
    }
}
