//! Numbers with more digits than a double holds, which are kept as their text.

use std::{
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

use serde_json::{Map, Number, Value};

use super::Decimal;

/// So many digits every double has.
const DIGITS: usize = 15;

/// A number that a [`Value`] does not hold is the only member of an object, which has this name. It differs
/// from process to process, so that no client can write an object that passes for a number.
static NUMBER: LazyLock<String> =
    LazyLock::new(|| format!("number {:016x}", RandomState::new().hash_one(())));

/// A number as JSON writes it, as a value that a [`Tape`](super::Tape) holds without loss; `None` of what is none.
pub fn exact_number(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    let number = value.as_number()?;
    Some(match is_held(text, number) {
        true => value,
        false => held(text),
    })
}

/// Whether a value is a number, in whichever of the two forms.
pub fn is_number(value: &Value) -> bool {
    value.is_number() || text_of(value).is_some()
}

/// A number by its text.
pub(super) fn held(text: &str) -> Value {
    Value::Object(Map::from_iter([(NUMBER.clone(), Value::from(text))]))
}

/// The text of a number that a value does not hold by itself.
pub(super) fn text_of(value: &Value) -> Option<&str> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    members.get(&**NUMBER)?.as_str()
}

/// Whether a number is the one of a text.
pub(super) fn is_held(text: &str, number: &Number) -> bool {
    let is_short = || text.bytes().filter(u8::is_ascii_digit).count() <= DIGITS;
    let has_exponent = text.contains(['e', 'E']);
    !number.is_f64()
        || (!has_exponent && is_short())
        || Decimal::parse(text) == Decimal::parse(&number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Tape;

    #[test]
    fn what_a_double_holds_stays_a_number() {
        for (text, want) in [
            ("1", true),
            ("0.1", true),
            ("1e22", true),
            ("18446744073709551615", true),
            ("18446744073709551616", false),
            ("18446744073709551617", false),
            ("123456789012345.67", true),
            ("123456789012345.678", false),
            ("0.10000000000000000001", false),
            ("0.1000000000000000000", true),
            ("1e-400", false),
            ("-0.0", true),
        ] {
            let value = exact_number(text).unwrap();
            assert_eq!(value.is_number(), want, "{text}");
            let tape = Tape::parse(format!("[\"1e-400\", {text}]").as_bytes()).unwrap();
            let held = tape.root().items().nth(1).unwrap();
            assert_eq!(held.decimal(), (!want).then_some(text), "{text}");
        }
        assert_eq!(exact_number("1e400"), None);
        assert_eq!(exact_number("x"), None);
    }
}
