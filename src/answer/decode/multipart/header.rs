//! A header field of a part, by its Header Object (OpenAPI 3.1.1, "Encoding Object", `headers`).

use serde_json::{Map, Value};

use super::{Fault, split::Part};
use crate::{
    answer::decode::json,
    contract::PartHeader,
    exchange::{Place, Rule},
};

/// The field's value and its place; `None` where it is absent and need not be there.
pub(super) fn read(
    described: &PartHeader,
    part: &Part,
    pointer: &str,
) -> Result<Option<(Place, Value)>, Fault> {
    let place = Place::PartHeader(pointer.into(), described.name.clone());
    let fault = |rule: Rule, message: String| Fault {
        place: place.clone(),
        rule,
        message: message.into(),
        stated: Some(described.pointer.as_str().into()),
    };
    let mut texts = Vec::new();
    for value in part.headers.get_all(&*described.name) {
        let text = std::str::from_utf8(value.as_bytes());
        texts.push(text.map_err(|_| fault(Rule::Syntax, "the value is not UTF-8".to_owned()))?);
    }
    if texts.is_empty() {
        return match described.required {
            true => Err(fault(Rule::Required, "required, but missing".to_owned())),
            false => Ok(None),
        };
    }
    let text = texts.join(",");
    let value = match described.is_json {
        true => json::value(text.as_bytes())
            .map_err(|error| fault(Rule::Syntax, format!("not JSON: {error}")))?,
        false => simple(described, &text),
    };
    Ok(Some((place, value)))
}

/// Style `simple`: `a,b`, or names and values in turn, or `name=value`.
fn simple(described: &PartHeader, text: &str) -> Value {
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
