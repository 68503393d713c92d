//! A number of a tape, as validators ask for it.

use std::borrow::Cow;

use jsonschema::json::JsonNumber;
use serde_json::Number;

use super::Decimal;

/// A number as it was read.
#[derive(Debug, Clone, Copy)]
pub enum TapeNumber<'a> {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// Its text.
    Decimal(&'a str),
}

/// The double that is nearest to a number.
pub(super) fn rounded(text: &str) -> f64 {
    text.parse().unwrap_or_default()
}

impl TapeNumber<'_> {
    fn number(self) -> Number {
        match self {
            Self::Unsigned(number) => Number::from(number),
            Self::Signed(number) => Number::from(number),
            // JSON text has neither infinity nor NaN, so every float that was read is finite.
            Self::Float(number) => Number::from_f64(number).unwrap_or_else(|| Number::from(0)),
            Self::Decimal(text) => {
                Number::from_f64(rounded(text)).unwrap_or_else(|| Number::from(0))
            }
        }
    }
}

impl JsonNumber for TapeNumber<'_> {
    fn as_u64(&self) -> Option<u64> {
        match *self {
            Self::Unsigned(number) => Some(number),
            Self::Signed(number) => u64::try_from(number).ok(),
            Self::Float(_) | Self::Decimal(_) => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match *self {
            Self::Unsigned(number) => i64::try_from(number).ok(),
            Self::Signed(number) => Some(number),
            Self::Float(_) | Self::Decimal(_) => None,
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "what `as_f64` means for large integers"
    )]
    fn as_f64(&self) -> Option<f64> {
        Some(match *self {
            Self::Unsigned(number) => number as f64,
            Self::Signed(number) => number as f64,
            Self::Float(number) => number,
            Self::Decimal(text) => rounded(text),
        })
    }

    fn as_str(&self) -> Cow<'_, str> {
        match self {
            Self::Decimal(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.number().to_string()),
        }
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(self.number())
    }

    fn is_integer(&self) -> bool {
        match self {
            Self::Unsigned(_) | Self::Signed(_) => true,
            Self::Float(number) => number.fract() == 0.0,
            Self::Decimal(text) => Decimal::parse(text).is_some_and(|number| number.is_integer()),
        }
    }
}
