//! Numbers within their bounds.

use serde_json::{Map, Number, Value};

/// The integer nearest to 1 that the bounds allow.
pub(super) fn integer(schema: &Map<String, Value>) -> Option<i64> {
    let step = schema.get("multipleOf").and_then(Value::as_f64);
    if let Some(step) = step.filter(|step| *step > 0.0) {
        return whole(multiple(schema, step)?);
    }
    let least = integer_bound(schema, "minimum", "exclusiveMinimum", 1);
    let most = integer_bound(schema, "maximum", "exclusiveMaximum", -1);
    let nearest = 1
        .max(least.unwrap_or(i64::MIN))
        .min(most.unwrap_or(i64::MAX));
    least
        .is_none_or(|least| least <= nearest)
        .then_some(nearest)
}

/// The number nearest to 1 that the bounds allow, whole where it can be.
pub(super) fn number(schema: &Map<String, Value>) -> Option<Value> {
    if let Some(step) = schema
        .get("multipleOf")
        .and_then(Value::as_f64)
        .filter(|step| *step > 0.0)
    {
        return rendered(multiple(schema, step)?);
    }
    let (low, high) = float_bounds(schema);
    if let Some(integer) = integer(schema)
        && allows(schema, integer as f64)
    {
        return Some(Value::from(integer));
    }
    let candidates = [low, high, (low + high) / 2.0];
    let fitting = candidates
        .into_iter()
        .find(|candidate| allows(schema, *candidate))?;
    rendered(fitting)
}

/// The multiple of `step` nearest above the least allowed value, from `step` on.
fn multiple(schema: &Map<String, Value>, step: f64) -> Option<f64> {
    let (low, _) = float_bounds(schema);
    let first = (low.max(step) / step).ceil();
    [first, first + 1.0, 0.0]
        .into_iter()
        .map(|count| count * step)
        .find(|candidate| allows(schema, *candidate))
}

fn integer_bound(
    schema: &Map<String, Value>,
    plain: &str,
    exclusive: &str,
    step: i64,
) -> Option<i64> {
    let of = |keyword: &str| {
        let limit = schema.get(keyword)?;
        // A bound with a fraction allows the next whole number on the inner side.
        limit.as_i64().or_else(|| {
            let limit = limit.as_f64()?;
            whole(if step > 0 {
                limit.ceil()
            } else {
                limit.floor()
            })
        })
    };
    let exclusive = of(exclusive).and_then(|limit| limit.checked_add(step));
    match (of(plain), exclusive) {
        (Some(one), Some(other)) => Some(if step > 0 {
            one.max(other)
        } else {
            one.min(other)
        }),
        (one, other) => one.or(other),
    }
}

fn float_bounds(schema: &Map<String, Value>) -> (f64, f64) {
    let of = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let low = of("minimum").or_else(|| of("exclusiveMinimum"));
    let high = of("maximum").or_else(|| of("exclusiveMaximum"));
    let low = low.unwrap_or_else(|| high.map_or(0.0, |high| high - 1.0).min(0.0));
    (low, high.unwrap_or(low + 1.0))
}

fn allows(schema: &Map<String, Value>, candidate: f64) -> bool {
    let holds = |keyword: &str, test: fn(f64, f64) -> bool| {
        let limit = schema.get(keyword).and_then(Value::as_f64);
        limit.is_none_or(|limit| test(candidate, limit))
    };
    holds("minimum", |one, limit| one >= limit)
        && holds("maximum", |one, limit| one <= limit)
        && holds("exclusiveMinimum", |one, limit| one > limit)
        && holds("exclusiveMaximum", |one, limit| one < limit)
}

/// A float as an integer, when it is one.
#[expect(
    clippy::cast_possible_truncation,
    reason = "within the range checked here"
)]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9e18).then_some(number as i64)
}

/// Written without a fraction where it has none.
fn rendered(number: f64) -> Option<Value> {
    whole(number)
        .map(Value::from)
        .or_else(|| Number::from_f64(number).map(Value::Number))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_keep_to_their_bounds() {
        for (schema, want) in [
            (json!({}), json!(1)),
            (json!({"minimum": 10}), json!(10)),
            (json!({"exclusiveMinimum": 10}), json!(11)),
            (json!({"maximum": -3}), json!(-3)),
            (json!({"exclusiveMaximum": 1}), json!(0)),
            (json!({"multipleOf": 5, "minimum": 12}), json!(15)),
            (
                json!({"exclusiveMinimum": 0, "exclusiveMaximum": 1}),
                json!(0.5),
            ),
            (
                json!({"multipleOf": 0.5, "minimum": 0.7, "maximum": 1.2}),
                json!(1),
            ),
        ] {
            let made = number(schema.as_object().unwrap());
            assert_eq!(made, Some(want), "{schema}");
        }
        assert_eq!(
            integer(json!({"minimum": 2, "maximum": 1}).as_object().unwrap()),
            None
        );
    }
}
