//! Numbers at their bounds, and beyond them.

use serde_json::{Number, Value};

use super::said::Said;

/// What is a little less or more, where nothing says how fine numbers are.
const A_LITTLE: f64 = 0.01;

/// Each documented bound, and the nearest number on either side of it.
pub(super) fn others(said: &Said<'_>, number: &Number) -> Vec<Value> {
    let mut all = Vec::new();
    let is_integer = !said.has_type("number") || said.texts("type").any(|it| it == "integer");
    let step = said.numbers("multipleOf").find_map(Number::as_f64);
    let step = step.unwrap_or(if is_integer { 1.0 } else { A_LITTLE });
    for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
        for bound in said.numbers(keyword) {
            all.push(Value::Number(bound.clone()));
            all.extend(moved(bound, -step));
            all.extend(moved(bound, step));
        }
    }
    if said.numbers("multipleOf").next().is_some() {
        all.extend(moved(number, step / 2.0));
        all.extend(moved(number, 1.0));
    }
    for format in said.texts("format") {
        all.extend(widths(format).into_iter().map(Value::from));
    }
    all
}

/// A number by so much more. Integers stay integers as long as they can.
fn moved(number: &Number, by: f64) -> Option<Value> {
    if by.fract() == 0.0
        && let Some(integer) = number.as_i64()
    {
        // Steps are small: documented ones beyond 64 bits are none that anybody takes.
        return integer.checked_add(by as i64).map(Value::from);
    }
    let sum = number.as_f64()? + by;
    // What decimals add to has no more digits than they.
    let rounded = (sum * 1e6).round() / 1e6;
    Number::from_f64(if rounded == 0.0 { 0.0 } else { rounded }).map(Value::from)
}

/// The edges of the formats that say how wide a number is (OpenAPI format registry).
fn widths(format: &str) -> Vec<i64> {
    match format {
        "int8" => edges(i8::MIN.into(), i8::MAX.into()),
        "int16" => edges(i16::MIN.into(), i16::MAX.into()),
        "int32" => edges(i32::MIN.into(), i32::MAX.into()),
        _ => Vec::new(),
    }
}

fn edges(least: i64, most: i64) -> Vec<i64> {
    vec![most, most + 1, least, least - 1]
}
