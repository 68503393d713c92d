//! Numbers with more digits than a double holds. The parser gives them as the nearest double, so they are
//! looked for in the text once more.

use std::{
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

use serde_json::{Map, Number, Value};

use super::{Cell, Decimal, Tape};

/// So many digits every double has.
const DIGITS: usize = 15;

/// A number that a [`Value`] does not hold is the only member of an object, which has this name. It differs
/// from process to process, so that no client can write an object that passes for a number.
static NUMBER: LazyLock<String> =
    LazyLock::new(|| format!("number {:016x}", RandomState::new().hash_one(())));

/// A number as JSON writes it, as a value that a [`Tape`] holds without loss; `None` of what is none.
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

impl Tape {
    /// Puts right the numbers of a text that was read into the cells from one on. Most texts have integers
    /// only, and are not looked at again.
    pub(super) fn hold_exactly(&mut self, from: u32, json: &[u8]) {
        let mut cells = self.cells[from as usize..].iter();
        if !cells.any(|cell| matches!(cell, Cell::Float(_))) {
            return;
        }
        let long: Vec<(usize, &str)> = numbers(json)
            .enumerate()
            .filter(|it| is_long(it.1))
            .collect();
        if long.is_empty() {
            return;
        }
        let is_number =
            |cell: &Cell| matches!(cell, Cell::Unsigned(_) | Cell::Signed(_) | Cell::Float(_));
        let places: Vec<usize> = (from as usize..self.cells.len())
            .filter(|at| is_number(&self.cells[*at]))
            .collect();
        for (index, text) in long {
            let Some(at) = places.get(index).copied() else {
                continue;
            };
            let Cell::Float(rounded) = self.cells[at] else {
                continue;
            };
            let number = Number::from_f64(rounded);
            if number.is_some_and(|number| !is_held(text, &number)) {
                self.cells[at] = self.decimal(text);
            }
        }
    }

    /// The cell of a number that is kept as its text.
    pub(super) fn decimal(&mut self, text: &str) -> Cell {
        let (start, length) = self.keep(text);
        Cell::Decimal { start, length }
    }
}

/// Whether a double may not hold a number.
fn is_long(text: &str) -> bool {
    text.len() > DIGITS || text.contains(['e', 'E'])
}

/// The numbers of a JSON text that was found to be one, in their order.
fn numbers(json: &[u8]) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = json.get(at) {
            match byte {
                b'"' => at = end_of_string(json, at + 1),
                b'-' | b'0'..=b'9' => {
                    let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
                    let length = json[at..].iter().take_while(|byte| is_part(byte)).count();
                    let start = at;
                    at += length;
                    return std::str::from_utf8(&json[start..at]).ok();
                }
                _ => at += 1,
            }
        }
        None
    })
}

/// Where what follows a string begins.
fn end_of_string(json: &[u8], mut at: usize) -> usize {
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_outside_of_strings() {
        let json = br#"{"a-1": [1, -2.5e+3, "3\"4", {"\\": 5}], "6": null}"#;
        assert_eq!(numbers(json).collect::<Vec<_>>(), ["1", "-2.5e+3", "5"]);
    }

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
