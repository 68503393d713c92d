//! Decimal numbers without rounding, as far as 38 digits go.

use serde_json::{Number, Value};

/// `digits` divided by ten to the power of `scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    pub digits: i128,
    pub scale: u32,
}

/// Numbers are not divided more finely.
pub(super) const MAX_SCALE: u32 = 15;

impl Decimal {
    /// A number of the document; `None` when it is too large or too fine.
    pub(super) fn of(number: &Value) -> Option<Self> {
        let text = number.as_number()?.to_string();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (&*text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let scale = i32::try_from(fraction.len()).ok()? - exponent;
        let up = u32::try_from(-scale).unwrap_or(0);
        let decimal = Self {
            digits: digits.checked_mul(10_i128.checked_pow(up)?)?,
            scale: u32::try_from(scale).unwrap_or(0),
        };
        (decimal.scale <= MAX_SCALE).then_some(decimal)
    }

    /// Its digits at a scale that is not smaller than its own.
    pub(super) fn at(self, scale: u32) -> Option<i128> {
        let factor = 10_i128.checked_pow(scale.checked_sub(self.scale)?)?;
        self.digits.checked_mul(factor)
    }

    /// As JSON: whole numbers without a fraction, integers of 64 bits exactly.
    pub(super) fn to_value(self) -> Option<Value> {
        let one = 10_i128.checked_pow(self.scale)?;
        if self.digits % one == 0 {
            let whole = self.digits / one;
            return match (i64::try_from(whole), u64::try_from(whole)) {
                (Ok(whole), _) => Some(Value::from(whole)),
                (_, Ok(whole)) => Some(Value::from(whole)),
                _ => float(&whole.to_string()),
            };
        }
        let sign = if self.digits < 0 { "-" } else { "" };
        let (whole, fraction) = (self.digits.abs() / one, self.digits.abs() % one);
        let width = usize::try_from(self.scale).ok()?;
        float(&format!("{sign}{whole}.{fraction:0width$}"))
    }
}

fn float(text: &str) -> Option<Value> {
    let number: f64 = text.parse().ok()?;
    Number::from_f64(number).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for (number, digits, scale, want) in [
            (
                json!(9007199254740993_i64),
                9_007_199_254_740_993,
                0,
                "9007199254740993",
            ),
            (json!(0.01), 1, 2, "0.01"),
            (json!(-2.50), -25, 1, "-2.5"),
            (json!(1e3), 1000, 0, "1000"),
            (json!(1e-7), 1, 7, "1e-7"),
            (json!(275.0), 275, 0, "275"),
        ] {
            let decimal = Decimal::of(&number).unwrap();
            assert_eq!(decimal, Decimal { digits, scale }, "{number}");
            assert_eq!(decimal.to_value().unwrap().to_string(), want);
        }
        assert_eq!(Decimal::of(&json!(1e300)), None);
        assert_eq!(Decimal::of(&json!(1e-300)), None);
    }
}
