//! The violations written into the places that a documented error shape offers.

use serde_json::{Map, Value};

use super::problem::{MAX_ERRORS, field};
use crate::{
    contract::{Refused, ReplyContent, Shape},
    exchange::Violation,
};

/// A refusal in the documented shape, as JSON. It starts from the documented example, or a value
/// made from the schema, and has the violations in the places that are named for them; `None` when
/// the result would not be valid, or there is nothing to start from.
pub(super) fn fill(content: &ReplyContent, refused: &Refused<'_>) -> Option<Vec<u8>> {
    let start = content.first()?;
    let schema = content.schema.as_ref();
    let shape = schema.map_or(&Shape::UNKNOWN, |schema| schema.shape());
    let Value::Object(start) = serde_json::from_slice(&start.reply().body).ok()? else {
        return None;
    };
    let places = places(&start, shape);
    let fillings = LISTINGS
        .into_iter()
        .map(|listing| filled(&start, &places, refused, listing));
    let is_valid = |value: &Value| schema.is_none_or(|schema| schema.allows(value));
    fillings
        .chain([error_text(&start, &places, refused)])
        .filter(|(count, filled)| *count > 0 && is_valid(filled))
        // Of those with as many places filled, the first: `max_by_key` takes the last.
        .rev()
        .max_by_key(|(count, _)| *count)
        .map(|(_, filled)| filled.to_string().into_bytes())
}

/// How an API lists several faults.
#[derive(Clone, Copy, PartialEq)]
enum Listing {
    /// `{field: [message, ...]}`
    Map,
    /// `{field: message}`
    FlatMap,
    /// `[{field, message}, ...]`
    Objects,
    /// `[message, ...]`
    Texts,
}

const LISTINGS: [Listing; 4] = [
    Listing::Map,
    Listing::FlatMap,
    Listing::Objects,
    Listing::Texts,
];

/// The members that the shape or the start has, with their shapes.
fn places(start: &Map<String, Value>, shape: &Shape) -> Vec<(String, Shape)> {
    let described = shape.object.iter().flatten().cloned();
    let given = start
        .iter()
        .filter(|(name, _)| shape.property(name).is_none());
    described
        .chain(given.map(|(name, value)| (name.clone(), Shape::of_value(value))))
        .collect()
}

/// The start with the violations in it, and how many places took some.
fn filled(
    start: &Map<String, Value>,
    places: &[(String, Shape)],
    refused: &Refused<'_>,
    listing: Listing,
) -> (usize, Value) {
    let mut members = start.clone();
    let mut count = 0;
    for (name, shape) in places {
        if let Some(value) = value(name, shape, refused, listing) {
            count += usize::from(!value.is_number());
            members.insert(name.clone(), value);
        }
    }
    (count, Value::Object(members))
}

/// A text in the member `error`, which is often a code or a title: for want of a better place.
fn error_text(
    start: &Map<String, Value>,
    places: &[(String, Shape)],
    refused: &Refused<'_>,
) -> (usize, Value) {
    let mut members = start.clone();
    let mut takes_text = places
        .iter()
        .filter(|(name, shape)| name == "error" && shape.string);
    let found = takes_text.next();
    if let Some((name, _)) = found {
        members.insert(name.clone(), summary(refused).into());
    }
    (usize::from(found.is_some()), Value::Object(members))
}

/// What belongs into a property, by its name and type.
fn value(name: &str, shape: &Shape, refused: &Refused<'_>, listing: Listing) -> Option<Value> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    match &*plain.to_ascii_lowercase() {
        "message" | "detail" | "errormessage" | "errordescription" | "errortext"
        | "description" | "msg" | "reason"
            if shape.string =>
        {
            Some(summary(refused).into())
        }
        "status" | "statuscode" | "code" | "httpstatus" if shape.number => {
            Some(refused.status.as_u16().into())
        }
        "title" if shape.string => refused.status.canonical_reason().map(Value::from),
        "message" | "errors" | "messages" | "violations" | "details" | "fields"
        | "invalidparams" => list(shape, refused, listing),
        _ => None,
    }
}

/// The first violation, and how many there are beside it.
pub(super) fn summary(refused: &Refused<'_>) -> String {
    let mut all = refused.gravest();
    let first = all
        .next()
        .map(|violation| format!("{}: {}", violation.place, violation.message));
    match all.count() {
        0 => first.unwrap_or_default(),
        more => format!("{} (and {more} more)", first.unwrap_or_default()),
    }
}

fn list(shape: &Shape, refused: &Refused<'_>, listing: Listing) -> Option<Value> {
    let listed = || refused.gravest().take(MAX_ERRORS);
    match (listing, &shape.array, &shape.object) {
        (Listing::Map, _, Some(_)) => {
            let mut map = Map::new();
            for violation in listed() {
                let messages = map
                    .entry(field(violation))
                    .or_insert_with(|| Value::Array(vec![]));
                if let Value::Array(messages) = messages {
                    messages.push(violation.message.as_str().into());
                }
            }
            Some(map.into())
        }
        (Listing::FlatMap, _, Some(_)) => {
            let entry =
                |violation: &Violation| (field(violation), violation.message.as_str().into());
            Some(Value::Object(listed().map(entry).collect()))
        }
        (Listing::Objects, Some(items), _) => {
            listed().map(|violation| object(violation, items)).collect()
        }
        (Listing::Texts, Some(_), _) => {
            let text =
                |violation: &Violation| format!("{}: {}", violation.place, violation.message);
            Some(listed().map(text).map(Value::from).collect())
        }
        _ => None,
    }
}

/// One violation as an object of the documented properties.
fn object(violation: &Violation, shape: &Shape) -> Option<Value> {
    let properties = shape.object.as_ref()?.iter();
    let members = properties.filter_map(|(name, _)| {
        let value = match &*name.to_ascii_lowercase() {
            "field" | "name" | "path" | "property" | "parameter" | "param" | "source" => {
                field(violation)
            }
            "pointer" => match &violation.place {
                crate::exchange::Place::Body(pointer) => pointer.clone(),
                _ => field(violation),
            },
            "message" | "detail" | "reason" | "msg" | "description" | "error" => {
                violation.message.clone()
            }
            "code" | "rule" | "type" | "keyword" => violation.rule.code().to_owned(),
            _ => return None,
        };
        Some((name.clone(), Value::from(value)))
    });
    Some(Value::Object(members.collect()))
}
