//! Whether a value on a tape is a given one.

use serde_json::{Map, Number, Value};

use super::{Cell, Decimal, Tape, TapeNode, exact};

impl TapeNode<'_> {
    /// Whether this is the same JSON value: `1` is `1.0`, members have no order, and of members with
    /// one name the last counts.
    ///
    /// ```
    /// use mynah::exchange::Tape;
    /// use serde_json::json;
    ///
    /// let tape = Tape::parse(br#"{"b": [1.0], "a": null}"#).unwrap();
    /// assert!(tape.root().equals(&json!({"a": null, "b": [1]})));
    /// assert!(!tape.root().equals(&json!({"b": [1]})));
    /// ```
    pub fn equals(self, value: &Value) -> bool {
        match (self.cell(), value) {
            (Cell::Null, Value::Null) => true,
            (Cell::Bool(own), Value::Bool(other)) => own == *other,
            (Cell::String { .. }, Value::String(other)) => self.text() == Some(other),
            (Cell::Array { count, .. }, Value::Array(others)) => {
                let mut pairs = self.children().zip(others);
                count as usize == others.len() && pairs.all(|(own, other)| own.equals(other))
            }
            (Cell::Object { count, .. }, Value::Object(others)) => {
                count as usize >= others.len() && self.has_members(others)
            }
            (Cell::Unsigned(own), Value::Number(other)) => Magnitude::from(own).is(other),
            (Cell::Signed(own), Value::Number(other)) => Magnitude::from(own).is(other),
            (Cell::Float(own), Value::Number(other)) => Magnitude::from(own).is(other),
            // No other number equals it: a value holds all those exactly.
            (Cell::Decimal { .. }, other) => exact::text_of(other).is_some_and(|other| {
                Decimal::parse(other) == self.decimal().and_then(Decimal::parse)
            }),
            _ => false,
        }
    }

    /// Whether this is the same once its numbers are rounded to doubles, as those of a description's
    /// values are.
    pub fn rounds_to(self, value: &Value) -> bool {
        self.equals(value) || (self.has_decimal() && Tape::from(&self.value()).root().equals(value))
    }

    fn has_members(self, others: &Map<String, Value>) -> bool {
        // Members mostly stand in one order: then each has to be looked at once only.
        let mut members = self.members();
        let mut rest = others.iter();
        loop {
            match (members.next(), rest.next()) {
                (None, None) => return true,
                (Some((name, own)), Some((other, value))) if name == other => {
                    if !own.equals(value) && !self.has_several(name) {
                        return false;
                    }
                }
                _ => return self.has_members_in_any_order(others),
            }
        }
    }

    fn has_members_in_any_order(self, others: &Map<String, Value>) -> bool {
        let last = |name: &str| self.members().filter(|(own, _)| *own == name).last();
        let is_equal =
            |(name, other): (&String, &Value)| last(name).is_some_and(|(_, own)| own.equals(other));
        others.iter().all(is_equal) && self.members().all(|(name, _)| others.contains_key(name))
    }

    fn has_several(self, name: &str) -> bool {
        self.members()
            .filter(|(own, _)| *own == name)
            .nth(1)
            .is_some()
    }
}

/// A number without the form in which it was written.
#[derive(Debug, PartialEq)]
enum Magnitude {
    Whole(i128),
    Float(f64),
}

impl Magnitude {
    fn is(self, other: &Number) -> bool {
        let whole = other.as_u64().map(Self::from);
        let whole = whole.or_else(|| other.as_i64().map(Self::from));
        whole.or_else(|| other.as_f64().map(Self::from)) == Some(self)
    }
}

impl From<u64> for Magnitude {
    fn from(number: u64) -> Self {
        Self::Whole(number.into())
    }
}

impl From<i64> for Magnitude {
    fn from(number: i64) -> Self {
        Self::Whole(number.into())
    }
}

impl From<f64> for Magnitude {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole, and smaller than any i128"
    )]
    fn from(number: f64) -> Self {
        match number.fract() == 0.0 && number.abs() < 1e38 {
            true => Self::Whole(number as i128),
            false => Self::Float(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_equal_whatever_their_form() {
        for (one, other, want) in [
            ("1", "1.0", true),
            ("-0.0", "0", true),
            ("1e2", "100", true),
            ("0.5", "0.50", true),
            ("1e300", "1e300", true),
            ("9007199254740993", "9007199254740992.0", false),
            ("18446744073709551615", "-1", false),
            ("1", "\"1\"", false),
            ("0", "false", false),
            ("null", "null", true),
            ("[1,2]", "[1.0,2]", true),
            ("[1,2]", "[2,1]", false),
            ("[1]", "[1,2]", false),
            ("[]", "{}", false),
            (r#"{"a":1,"b":[{}]}"#, r#"{"b":[{}],"a":1}"#, true),
            (r#"{"a":1}"#, r#"{"a":1,"b":null}"#, false),
            (r#"{"a":1,"b":null}"#, r#"{"a":1}"#, false),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#, true),
            (r#"{"a":1,"a":2}"#, r#"{"a":1}"#, false),
            (r#"{"a":1,"a":2}"#, r#"{"a":1,"b":2}"#, false),
            (r#"{"a":1,"b":1,"a":2}"#, r#"{"a":2,"b":1}"#, true),
            (r#"{"a":1,"b":2}"#, r#"{"a":1,"c":2}"#, false),
        ] {
            let tape = Tape::parse(one.as_bytes()).unwrap();
            let value: Value = serde_json::from_str(other).unwrap();
            assert_eq!(tape.root().equals(&value), want, "{one} {other}");
        }
    }
}
