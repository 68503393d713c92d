//! Parameters that stand as one text, by their style (OpenAPI 3.1.1, "Style Values").

use serde_json::{Map, Value};

use super::{Fault, escape::Unescape};
use crate::contract::{In, Parameter, Shape, Style};

/// A parameter from one text. Delimiters count before escapes are undone: an escaped one is data.
pub(super) fn from_text(
    parameter: &Parameter,
    shape: &Shape,
    text: &str,
    unescape: Unescape,
) -> Result<Value, Fault> {
    if parameter.style == Style::Json {
        let json = unescape(text)?;
        return serde_json::from_str(&json).map_err(|error| format!("not JSON: {error}"));
    }
    let text = unprefixed(parameter, shape, text)?;
    if let Some(items) = &shape.array
        && !(shape.string && parameter.place != In::Path)
    {
        let read = |item: &str| Ok(items.value_of(&unescape(trimmed(parameter, item))?));
        let items = split(parameter, text).into_iter().map(read);
        return items.collect::<Result<Vec<_>, Fault>>().map(Value::Array);
    }
    match &shape.object {
        Some(_) if !shape.string => object(parameter, shape, text, unescape),
        _ => Ok(shape.value_of(&unescape(text)?)),
    }
}

/// The text without what its style puts before it: `.` or `;name=`.
fn unprefixed<'t>(parameter: &Parameter, shape: &Shape, text: &'t str) -> Result<&'t str, Fault> {
    let name = &parameter.name;
    match parameter.style {
        Style::Label => text
            .strip_prefix('.')
            .ok_or_else(|| format!("`{text}` does not begin with a `.`, as style label has it")),
        Style::Matrix if parameter.explode && shape.object.is_some() => text
            .strip_prefix(';')
            .ok_or_else(|| format!("`{text}` does not begin with a `;`, as style matrix has it")),
        Style::Matrix => text
            .strip_prefix(&format!(";{name}"))
            .map(|rest| rest.strip_prefix('=').unwrap_or(rest))
            .ok_or_else(|| format!("`{text}` is not `;{name}=…`, as style matrix has it")),
        _ => Ok(text),
    }
}

/// The items of a text, still escaped. An empty text has none.
fn split<'t>(parameter: &Parameter, text: &'t str) -> Vec<&'t str> {
    if text.is_empty() {
        return Vec::new();
    }
    match (parameter.style, parameter.explode) {
        (Style::Label, true) => text.split('.').collect(),
        (Style::Matrix, true) => {
            let again = format!(";{}=", parameter.name);
            text.split(&*again).collect()
        }
        (Style::SpaceDelimited, _) => text
            .split("%20")
            .flat_map(|part| part.split(['+', ' ']))
            .collect(),
        (Style::PipeDelimited, _) => text
            .split('|')
            .flat_map(|part| part.split("%7C"))
            .flat_map(|part| part.split("%7c"))
            .collect(),
        _ => text.split(',').collect(),
    }
}

/// In a header list, space around an item is not part of it (RFC 9110 section 5.6.1).
fn trimmed<'t>(parameter: &Parameter, item: &'t str) -> &'t str {
    match parameter.place {
        In::Header => item.trim(),
        _ => item,
    }
}

/// `k,v,k2,v2`, or `k=v` pairs when exploded.
fn object(
    parameter: &Parameter,
    shape: &Shape,
    text: &str,
    unescape: Unescape,
) -> Result<Value, Fault> {
    let pieces: Vec<&str> = match (parameter.style, parameter.explode) {
        (Style::Matrix, true) => text.split(';').collect(),
        _ => split(parameter, text),
    };
    let pieces = pieces.into_iter().map(|piece| trimmed(parameter, piece));
    let mut members = Map::new();
    let mut add = |name: &str, value: &str| {
        let name = unescape(name)?;
        let shape = shape.property(&name).unwrap_or(&Shape::UNKNOWN);
        let value = shape.value_of(&unescape(value)?);
        members.insert(name.into_owned(), value);
        Ok::<_, Fault>(())
    };
    if parameter.explode {
        for piece in pieces {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            add(name, value)?;
        }
        return Ok(Value::Object(members));
    }
    let pieces: Vec<&str> = pieces.collect();
    for pair in pieces.chunks(2) {
        let [name, value] = pair else {
            return Err(format!(
                "`{text}` is not a list of names and values in turn"
            ));
        };
        add(name, value)?;
    }
    Ok(Value::Object(members))
}
