//! A header field of a reply or of a part, by its Header Object (OpenAPI 3.1.1, "Header Object").

use http::{HeaderMap, header::SET_COOKIE};
use serde_json::{Map, Value};

use super::{content, fault::Fault};
use crate::{
    contract::{Header, Style},
    exchange::{Place, Rule},
};

/// The values of a field that stands at a place: one as a rule, none where it is absent and need not be
/// there, and of `Set-Cookie` each that there is (RFC 9110 section 5.3).
///
/// # Errors
/// One that is missing, or cannot be read.
pub(in crate::answer) fn read(
    described: &Header,
    fields: &HeaderMap,
    place: &Place,
) -> Result<Vec<Value>, Fault> {
    let fault = |rule: Rule, message: String| Fault {
        place: place.clone(),
        rule,
        message: message.into(),
        stated: Some(described.pointer.as_str().into()),
    };
    let mut texts = Vec::new();
    for value in fields.get_all(&*described.name) {
        let text = std::str::from_utf8(value.as_bytes());
        texts.push(text.map_err(|_| fault(Rule::Syntax, "the value is not UTF-8".to_owned()))?);
    }
    if texts.is_empty() {
        return match described.required {
            true => Err(fault(Rule::Required, "required, but missing".to_owned())),
            false => Ok(Vec::new()),
        };
    }
    let is_cookie = SET_COOKIE == *described.name;
    if is_cookie && described.shape().array.is_some() {
        return Ok(vec![texts.into_iter().map(Value::from).collect()]);
    }
    if is_cookie {
        return Ok(texts.into_iter().map(Value::from).collect());
    }
    let text = texts.join(",");
    let value = match described.style {
        Style::Simple => Ok(simple(described, &text)),
        style => content::value(style, &text, described.shape(), described.xml.as_deref()),
    };
    Ok(vec![value.map_err(|message| fault(Rule::Syntax, message))?])
}

/// Style `simple`: `a,b`, or names and values in turn, or `name=value`.
fn simple(described: &Header, text: &str) -> Value {
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
