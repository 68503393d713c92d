//! Decimal numbers as they are written, without loss.

use std::cmp::Ordering;

/// A decimal number, exact: its digits times a power of ten.
///
/// ```
/// use mynah::exchange::Decimal;
///
/// let read = |text| Decimal::parse(text).unwrap();
/// assert!(read("0.10000000000000000001") > read("1e-1"));
/// assert!(read("123456789012345.67").is_multiple_of(&read("0.01")));
/// assert!(!read("123456789012345.678").is_multiple_of(&read("0.01")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    is_negative: bool,
    /// Without zeros at either end; none of zero.
    digits: String,
    exponent: i64,
}

/// An exponent beyond this is no number that anybody means, and stays far from any overflow.
const MAX_EXPONENT: i64 = 1 << 40;

impl Decimal {
    /// Reads a number as JSON writes it; `None` of what is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = all.trim_start_matches('0').trim_end_matches('0');
        let trailing = all.len() - all.trim_end_matches('0').len();
        let exponent: i64 = exponent.parse().unwrap_or(match exponent.starts_with('-') {
            true => -MAX_EXPONENT,
            false => MAX_EXPONENT,
        });
        let exponent = exponent.clamp(-MAX_EXPONENT, MAX_EXPONENT);
        let shift = i64::try_from(trailing).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(match digits.is_empty() {
            true => Self {
                is_negative: false,
                digits: String::new(),
                exponent: 0,
            },
            false => Self {
                is_negative,
                digits: digits.to_owned(),
                exponent: exponent + shift,
            },
        })
    }

    /// Whether it has no fraction.
    pub fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// Whether it is an integer times another number, which has no more than 19 digits.
    pub fn is_multiple_of(&self, other: &Self) -> bool {
        let Ok(divisor) = other.digits.parse::<u64>() else {
            return self.digits.is_empty();
        };
        // The digits end in no zero: what is smaller than the last digit of the other divides nothing.
        let Ok(tens) = u64::try_from(self.exponent - other.exponent) else {
            return self.digits.is_empty();
        };
        let divisor = u128::from(divisor);
        let remainder = self.digits.bytes().fold(0, |remainder, digit| {
            (remainder * 10 + u128::from(digit - b'0')) % divisor
        });
        (remainder * power_of_ten(tens, divisor)).is_multiple_of(divisor)
    }

    /// How large it is, by the place of its first digit and by its digits.
    fn magnitude(&self) -> (i64, &str) {
        let length = i64::try_from(self.digits.len()).unwrap_or(MAX_EXPONENT);
        (self.exponent + length, &self.digits)
    }
}

/// A power of ten modulo a number of 64 bits.
fn power_of_ten(mut exponent: u64, modulus: u128) -> u128 {
    let (mut power, mut square) = (1 % modulus, 10 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * square % modulus;
        }
        square = square * square % modulus;
        exponent >>= 1;
    }
    power
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let by_sign = sign(self).cmp(&sign(other));
        by_sign.then_with(|| {
            let by_magnitude = match sign(self) {
                0 => Ordering::Equal,
                _ => self.magnitude().cmp(&other.magnitude()),
            };
            match self.is_negative {
                true => by_magnitude.reverse(),
                false => by_magnitude,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_compared_exactly() {
        let ascending = [
            "-1e400",
            "-9223372036854775809",
            "-9223372036854775808",
            "-1.5",
            "-1e-400",
            "0",
            "1e-400",
            "0.1",
            "0.10000000000000000001",
            "0.11",
            "1",
            "1.00000000000000000001",
            "9007199254740992",
            "9007199254740993",
            "12345678901234567.891",
            "1e22",
            "1e400",
            "1e99999999999999999999",
        ];
        for pair in ascending.windows(2) {
            assert!(read(pair[0]) < read(pair[1]), "{pair:?}");
        }
        for (one, other) in [
            ("1", "1.0"),
            ("-0.0", "0"),
            ("1e2", "100"),
            ("0.10", "1E-1"),
        ] {
            assert_eq!(read(one), read(other));
        }
        for text in ["", "-", "e1", "x", "1x", "."] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn multiples_are_exact() {
        for (number, of, want) in [
            ("0.07", "0.01", true),
            ("1.005", "0.01", false),
            ("123456789012345.678", "0.01", false),
            ("12345678901234567.89", "0.01", true),
            ("1e300", "0.01", true),
            ("3e30", "3", true),
            ("1e30", "3", false),
            ("123456789012345678901234567890", "3", true),
            ("0", "0.3", true),
            ("1e-400", "0.01", false),
            ("-4.5", "1.5", true),
            ("18446744073709551615", "18446744073709551615", true),
            ("5", "10", false),
        ] {
            assert_eq!(
                read(number).is_multiple_of(&read(of)),
                want,
                "{number} {of}"
            );
        }
        assert!(read("1e3").is_integer() && read("10e-1").is_integer());
        assert!(!read("1.00000000000000000001").is_integer() && !read("1e-1").is_integer());
    }
}
