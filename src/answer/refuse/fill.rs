//! The violations written into the places that a documented error shape offers.

mod item;

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::problem::{MAX_ERRORS, field};
use crate::{
    contract::{Refused, ReplyContent, Shape},
    exchange::Violation,
};

/// Errors stand in no more objects than these, one in the other.
const MAX_DEPTH: usize = 3;

/// A refusal in the documented shape, as JSON. It starts from the documented example, or a value
/// made from the schema, and has the violations in the places that are named for them; `None` when
/// the result would not be valid, or there is nothing to start from.
pub(super) fn fill(content: &ReplyContent, refused: &Refused<'_>) -> Option<Vec<u8>> {
    let start = content.first()?;
    let schema = content.schema.as_ref();
    let shape = schema.map_or(&Shape::UNKNOWN, |schema| schema.shape());
    let start: Value = serde_json::from_slice(&start.reply().body).ok()?;
    let fillings = LISTINGS
        .into_iter()
        .map(|listing| Filling { refused, listing }.whole(&start, shape));
    let is_valid = |value: &Value| schema.is_none_or(|schema| schema.allows(value));
    fillings
        .chain([error_text(&start, shape, refused)])
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
    /// The same with what else such objects have.
    WholeObjects,
    /// `[message, ...]`
    Texts,
}

const LISTINGS: [Listing; 5] = [
    Listing::Map,
    Listing::FlatMap,
    Listing::Objects,
    Listing::WholeObjects,
    Listing::Texts,
];

/// One way to write the violations.
struct Filling<'r> {
    refused: &'r Refused<'r>,
    listing: Listing,
}

/// How many places took some of the violations, and the value with them.
type Filled = (usize, Value);

impl Filling<'_> {
    fn whole(&self, start: &Value, shape: &Shape) -> Filled {
        match start {
            Value::Object(members) => self.object(members, shape, 0),
            Value::String(_) => (1, summary(self.refused).into()),
            Value::Array(_) => match self.list(start, shape) {
                Some(list) => (1, list),
                None => (0, Value::Null),
            },
            _ => (0, Value::Null),
        }
    }

    fn object(&self, start: &Map<String, Value>, shape: &Shape, depth: usize) -> Filled {
        let mut members = start.clone();
        let mut count = 0;
        for (name, shape) in places(start, shape) {
            let given = start.get(name).unwrap_or(&Value::Null);
            if let Some(value) = self.value(name, &shape, given) {
                count += usize::from(!value.is_number());
                members.insert(name.to_owned(), value);
            } else if let Value::Object(inner) = given
                && holds_error(name)
                && depth < MAX_DEPTH
            {
                let (inner_count, value) = self.object(inner, &shape, depth + 1);
                count += inner_count;
                members.insert(name.to_owned(), value);
            }
        }
        (count, Value::Object(members))
    }

    /// What belongs into a property, by its name and type.
    fn value(&self, name: &str, shape: &Shape, given: &Value) -> Option<Value> {
        let status = self.refused.status;
        match &*plain(name) {
            "message" | "detail" | "errormessage" | "errordescription" | "errortext"
            | "description" | "msg" | "reason"
                if shape.string =>
            {
                Some(summary(self.refused).into())
            }
            "status" | "statuscode" | "code" | "httpstatus" if shape.number => {
                Some(status.as_u16().into())
            }
            "title" if shape.string => status.canonical_reason().map(Value::from),
            "param" | "field" if shape.string => Some(field(self.refused.gravest().next()?).into()),
            "message" | "errors" | "messages" | "violations" | "details" | "fields"
            | "invalidparams" => self.list(given, shape),
            "detail" | "error" | "issues" | "reasons" | "causes" | "validationerrors"
            | "fielderrors"
                if shape.array.is_some() || shape.is_free_form() =>
            {
                self.list(given, shape)
            }
            _ => None,
        }
    }

    fn list(&self, given: &Value, shape: &Shape) -> Option<Value> {
        let listed = || self.refused.gravest().take(MAX_ERRORS);
        match (self.listing, &shape.array, &shape.object) {
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
                let bare = Map::new();
                let each = listed().map(|it| item::object(it, self.refused, items, &bare));
                each.collect()
            }
            (Listing::WholeObjects, Some(items), _) => {
                let first = given.get(0)?.as_object()?;
                let each = listed().map(|it| item::object(it, self.refused, items, first));
                each.collect()
            }
            (Listing::Texts, Some(_), _) => {
                let text =
                    |violation: &Violation| format!("{}: {}", violation.place, violation.message);
                Some(listed().map(text).map(Value::from).collect())
            }
            _ => None,
        }
    }
}

/// Whether an object of this name tells of an error, as in `{"error": {"message": ...}}`.
fn holds_error(name: &str) -> bool {
    matches!(
        &*plain(name),
        "error" | "errors" | "err" | "fault" | "problem" | "exception" | "failure"
    )
}

/// A name without what separates its words.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The members that the shape or the start has, with their shapes. Those of a schema can be large.
fn places<'a>(
    start: &'a Map<String, Value>,
    shape: &'a Shape,
) -> impl Iterator<Item = (&'a str, Cow<'a, Shape>)> {
    let described = shape.object.iter().flatten();
    let described = described.map(|(name, shape)| (&**name, Cow::Borrowed(shape)));
    let given = start
        .iter()
        .filter(|(name, _)| shape.property(name).is_none());
    described.chain(given.map(|(name, value)| (&**name, Cow::Owned(Shape::of_value(value)))))
}

/// A text in the member `error`, which is often a code or a title: for want of a better place.
fn error_text(start: &Value, shape: &Shape, refused: &Refused<'_>) -> Filled {
    let mut members = start.as_object().cloned().unwrap_or_default();
    let takes_text = places(&members, shape).any(|(name, shape)| name == "error" && shape.string);
    if takes_text {
        members.insert("error".to_owned(), summary(refused).into());
    }
    (usize::from(takes_text), Value::Object(members))
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
