//! Header fields by their Header Objects, beside the parameters of requests.

use serde_json::{Map, Value};

use super::content;
use crate::contract::{ReceivedHeader, Style};

/// The value of a header field, several of one name joined by commas.
///
/// # Errors
/// Text that is not of the documented media type, in words.
pub(crate) fn header_value(described: &ReceivedHeader, text: &str) -> Result<Value, String> {
    match described.style {
        Style::Simple => Ok(simple(described, text)),
        style => content::value(style, text, described.shape(), described.xml.as_deref()),
    }
}

/// Style `simple`: `a,b`, or names and values in turn, or `name=value`.
fn simple(described: &ReceivedHeader, text: &str) -> Value {
    let shape = described.shape();
    let pieces = || text.split(',').map(str::trim);
    if shape.array.is_some() && !shape.string {
        let read = |(index, item)| shape.item(index).value_of(item);
        return pieces().enumerate().map(read).collect();
    }
    if shape.object.is_none() || shape.string {
        return shape.value_of(text);
    }
    let pieces: Vec<&str> = pieces().collect();
    let pairs: Vec<(&str, &str)> = match described.explode {
        true => pieces
            .iter()
            .map(|piece| piece.split_once('=').unwrap_or((piece, "")))
            .collect(),
        false => pieces
            .chunks(2)
            .map(|pair| (pair[0], pair.get(1).copied().unwrap_or("")))
            .collect(),
    };
    let member =
        |(name, value): (&str, &str)| (name.to_owned(), shape.member(name).value_of(value));
    Value::Object(pairs.into_iter().map(member).collect::<Map<_, _>>())
}
