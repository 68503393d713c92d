//! From the reply to one operation to requests of others: by its links, and by the things that it names.

use serde_json::Value;

use super::{
    plan::Basis,
    trial::{Aim, Origin, Target, Trial},
};
use crate::{
    Exchange,
    answer::{Handed, handed_on, uncoded},
    contract::{BodyValue, DraftBody, In, Link, Operation},
    exchange::{Reply, Tape},
};

/// The request that a link of a reply leads to.
///
/// # Errors
/// A value that the exchange does not have, in a sentence.
pub(super) fn linked(
    target: &Target<'_>,
    basis: &Basis,
    link: &Link,
    exchange: &Exchange,
) -> Result<Trial, String> {
    let Handed { parameters, body } = handed_on(target.api, exchange, link)?;
    let mut draft = basis.least.clone();
    for (name, value) in parameters {
        match index_of(target.operation, &name) {
            Some(index) => draft.parameters[index] = Some(fitting(target.operation, index, value)),
            None => {
                return Err(format!(
                    "`{name}` is no parameter of `{}`",
                    target.operation.label()
                ));
            }
        }
    }
    if let (Some(value), Some(own)) = (body, &basis.least.body) {
        draft.body = Some(DraftBody {
            says: BodyValue::Value(value),
            ..own.clone()
        });
    }
    let faults = target.faults(&draft);
    if let Some(fault) = faults.and_then(|faults| faults.into_iter().next()) {
        return Err(format!(
            "what it hands on breaks the contract there: {fault}"
        ));
    }
    let how = format!("the link `{}`", link.name);
    let aim = Aim::Success(Origin::Linked(how));
    Ok(Trial { draft, aim })
}

/// The parameter of a name, which may say where it stands: `id`, or `path.id`.
fn index_of(operation: &Operation, name: &str) -> Option<usize> {
    let place = |place: In| match place {
        In::Path => "path.",
        In::Query | In::Querystring => "query.",
        In::Header => "header.",
        In::Cookie => "cookie.",
    };
    let mut parameters = operation.parameters.iter();
    parameters.position(|it| {
        *it.name == *name
            || name
                .strip_prefix(place(it.place))
                .is_some_and(|name| *it.name == *name)
    })
}

/// A value as its parameter has it: a text that stands for a number is one.
fn fitting(operation: &Operation, index: usize, value: Value) -> Value {
    let value = whole(value);
    match &value {
        Value::String(text) => match operation.parameters[index].shape().value_of(text) {
            // A number that no double holds is sent as it is written.
            Value::Object(_) => value,
            read => read,
        },
        _ => value,
    }
}

/// A number without a fraction of nothing, which few servers take in an address: 1.0 as 1.
fn whole(value: Value) -> Value {
    match value.as_f64().filter(|_| value.is_f64()) {
        // Beyond this not every whole number is a double (IEEE 754).
        Some(number) if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 => {
            (number as i64).into()
        }
        _ => value,
    }
}

/// What the reply to an operation on a path names of the parameters of another, by their index: those that
/// follow that path, as `{id}` of `/pets/{id}` does `/pets`.
pub(super) fn named(from: &str, to: &Operation, reply: &Reply) -> Vec<(usize, Value)> {
    let following = to
        .path()
        .strip_prefix(from.trim_end_matches('/'))
        .and_then(|rest| rest.strip_prefix("/{"))
        .and_then(|rest| rest.split_once('}'));
    let Some((name, _)) = following else {
        return Vec::new();
    };
    let mut parameters = to.parameters.iter();
    let at = parameters.position(|it| it.place == In::Path && *it.name == *name);
    let found = || {
        let index = at?;
        let body = uncoded(&reply.headers, &reply.body)?;
        let body = Tape::parse(&body).ok()?.root().value();
        let value = whole(value_of(&body, name)?);
        let schema = to.parameters[index].schema.as_ref();
        let fits = schema.is_none_or(|schema| schema.allows(&value));
        fits.then_some((index, value))
    };
    found().into_iter().collect()
}

/// The value of a name in a thing, in the first of a list of them, or one level down.
fn value_of(reply: &Value, name: &str) -> Option<Value> {
    if let Some(thing) = first(reply).and_then(Value::as_object) {
        let wanted = plain(name);
        let is_it = |key: &&String| plain(key) == wanted;
        let is_id = |key: &&String| plain(key) == "id" && wanted.ends_with("id");
        let key = thing
            .keys()
            .find(is_it)
            .or_else(|| thing.keys().find(is_id));
        let value = key.and_then(|key| thing.get(key));
        if let Some(value @ (Value::String(_) | Value::Number(_))) = value {
            return Some(value.clone());
        }
        let lists = thing.values().filter(|it| it.is_array() || it.is_object());
        return lists.filter_map(first).find_map(|inner| {
            let inner = inner.as_object()?;
            let key = inner
                .keys()
                .find(is_it)
                .or_else(|| inner.keys().find(is_id))?;
            match inner.get(key)? {
                value @ (Value::String(_) | Value::Number(_)) => Some(value.clone()),
                _ => None,
            }
        });
    }
    None
}

fn first(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(items) => items.first(),
        other => Some(other),
    }
}

/// `petId`, `pet_id` and `pet-id` are one name.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reply_names_the_thing_that_it_is_about() {
        for (reply, name, want) in [
            (json!({"id": 5}), "id", Some(json!(5))),
            (json!({"id": 5}), "petId", Some(json!(5))),
            (json!({"pet_id": "a", "id": 5}), "petId", Some(json!("a"))),
            (json!([{"id": 7}, {"id": 8}]), "petId", Some(json!(7))),
            (
                json!({"pets": [{"id": 7}], "total": 1}),
                "petId",
                Some(json!(7)),
            ),
            (json!({"data": {"uuid": "x"}}), "uuid", Some(json!("x"))),
            (json!([]), "id", None),
            (json!({"id": null}), "id", None),
            (json!({"name": "a"}), "slug", None),
            (json!(5), "id", None),
        ] {
            assert_eq!(value_of(&reply, name), want, "{reply} {name}");
        }
    }

    #[test]
    fn a_whole_number_is_written_as_one() {
        for (value, want) in [
            (json!(1.0), "1"),
            (json!(-3.0), "-3"),
            (json!(1.5), "1.5"),
            (json!(9_007_199_254_740_993_u64), "9007199254740993"),
            (json!("1.0"), "\"1.0\""),
        ] {
            assert_eq!(whole(value).to_string(), want);
        }
    }
}
