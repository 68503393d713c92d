//! The values of a header field: documented ones, and one that is made.

use http::HeaderValue;
use serde_json::Value;

use crate::{
    contract::{
        direction::Direction,
        example_place::{ExamplePlace, of_schema},
        generate,
        reader::Reader,
        reply::simple::Simple,
        schema::Schema,
    },
    description::{Finding, FindingCode},
};

/// A documented value, and the header fields that it becomes: several of `Set-Cookie`, else one.
pub(super) type Written<'p> = (&'p ExamplePlace, Vec<HeaderValue>);

/// The documented values as header fields. One that cannot be sent is reported and left out.
pub(super) fn written<'p>(
    reader: &mut Reader<'_>,
    style: Simple<'_>,
    places: &'p [ExamplePlace],
) -> Vec<Written<'p>> {
    let mut all = Vec::new();
    for place in places {
        let pointer = place.pointer();
        let value = reader.description.at(pointer).unwrap_or(&Value::Null);
        let json = |at: &str| {
            let text = reader.description.json_text(&format!("{pointer}{at}"));
            text.unwrap_or_default()
        };
        let fields = match (&place.text, value) {
            (Some(text), _) => style.as_it_stands(reader.description.at(text)),
            (None, value) => style.fields(value, &json),
        };
        match fields {
            Some(fields) => all.push((place, fields)),
            None => {
                let message = "this value cannot stand in a header field".to_owned();
                reader.warn(FindingCode::Shape, pointer, message);
            }
        }
    }
    all
}

/// The values that a schema documents itself, the best first; `at` is where it is referred to.
pub(super) fn of_keywords(reader: &Reader<'_>, at: &str, schema: &Schema) -> Vec<ExamplePlace> {
    let resolved = &schema.pointer;
    let mut places = of_schema(reader, at, resolved);
    let keywords = ["/const", "/default", "/enum/0"].map(|keyword| format!("{resolved}{keyword}"));
    let present = keywords
        .into_iter()
        .filter(|place| reader.description.at(place).is_some());
    places.extend(present.map(ExamplePlace::unnamed));
    places
}

/// A value made from the schema; without one, any is right.
///
/// # Errors
/// A schema that nothing is found for which can be sent.
pub(super) fn made(
    reader: &Reader<'_>,
    style: Simple<'_>,
    schema: Option<&Schema>,
    pointer: &str,
) -> Result<Vec<HeaderValue>, Finding> {
    let Some(schema) = schema else {
        return Ok(vec![HeaderValue::from_static("example")]);
    };
    let fields = || {
        let value = generate::value(&reader.description, schema, Direction::Reply)?;
        let json = |at: &str| value.pointer(at).map_or_else(String::new, Value::to_string);
        style.fields(&value, &json)
    };
    fields().ok_or_else(|| {
        let message = "no value can be made for this header field; give an example".to_owned();
        reader.fault(FindingCode::NothingToAnswer, pointer, message)
    })
}

/// The cookies of several documented values: those with one name are alternatives, of which the first
/// counts, and those with different names are different cookies.
pub(super) fn distinct_cookies(documented: &[Written<'_>]) -> Vec<HeaderValue> {
    let name = |value: &HeaderValue| {
        let bytes = value.as_bytes();
        let end = bytes.iter().position(|byte| *byte == b'=');
        bytes[..end.unwrap_or(bytes.len())].to_vec()
    };
    let mut cookies: Vec<HeaderValue> = Vec::new();
    for (_, values) in documented {
        let known: Vec<Vec<u8>> = cookies.iter().map(name).collect();
        let is_new = |value: &&HeaderValue| !known.contains(&name(value));
        cookies.extend(values.iter().filter(is_new).cloned());
    }
    cookies
}
