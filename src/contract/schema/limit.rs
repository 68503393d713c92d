//! The keywords that hold numbers against a limit: exact for each number, also where no double holds it.

use std::{cmp::Ordering, sync::OnceLock};

use jsonschema::{
    Keyword, ValidationError, Validator,
    json::{JsonNumber, Node},
};
use serde_json::{Value, json};

use crate::exchange::{Decimal, Tape, TapeNode};

/// Every keyword that has a limit.
pub(super) const KEYWORDS: [&str; 5] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// One keyword of a schema.
pub(super) struct Limit {
    keyword: &'static str,
    value: Value,
    exact: Decimal,
    /// The double that is nearest to it.
    rounded: f64,
    /// The limit itself, where it is an integer of 64 bits.
    whole: Option<i128>,
    /// What words a fault; made for the first.
    worded: OnceLock<Option<Validator<Tape>>>,
}

impl Limit {
    /// The limit of a keyword, which the document writes in some digits; `None` where it is no number.
    pub(super) fn new(keyword: &'static str, value: &Value, digits: &str) -> Option<Self> {
        Some(Self {
            keyword,
            exact: Decimal::parse(digits)?,
            rounded: value.as_f64()?,
            whole: whole(value.as_number()?),
            value: value.clone(),
            worded: OnceLock::new(),
        })
    }

    /// How a number compares with the limit. Rounding keeps the order, so doubles tell all but those that
    /// are rounded to the same.
    fn compare(&self, number: &impl JsonNumber) -> Option<Ordering> {
        if let (Some(number), Some(limit)) = (whole(number), self.whole) {
            return Some(number.cmp(&limit));
        }
        match number.as_f64()?.partial_cmp(&self.rounded) {
            Some(Ordering::Equal) | None => {
                Some(Decimal::parse(&number.as_str())?.cmp(&self.exact))
            }
            order => order,
        }
    }

    fn divides(&self, number: &impl JsonNumber) -> bool {
        if let (Some(number), Some(limit)) = (whole(number), self.whole) {
            return limit != 0 && number % limit == 0;
        }
        let number = Decimal::parse(&number.as_str());
        number.is_some_and(|number| number.is_multiple_of(&self.exact))
    }

    /// The fault of some number beyond the limit, worded as that of all others.
    fn fault<'i>(&self) -> ValidationError<'i> {
        let beyond = match (self.keyword, self.value.as_f64()) {
            ("minimum" | "exclusiveMinimum", _) => json!(f64::MIN),
            ("multipleOf", Some(step)) => json!(step / 2.0),
            _ => json!(f64::MAX),
        };
        let make = || {
            let schema = json!({ self.keyword: self.value });
            jsonschema::options_for::<Tape>().build(&schema).ok()
        };
        let tape = Tape::from(&beyond);
        let worded = self.worded.get_or_init(make).as_ref();
        let fault = worded.and_then(|it| it.validate(tape.root()).err());
        fault.map_or_else(
            || ValidationError::custom(format!("breaks `{}`", self.keyword)),
            ValidationError::to_owned,
        )
    }
}

/// A number as an integer of 64 bits.
fn whole(number: &impl JsonNumber) -> Option<i128> {
    let unsigned = number.as_u64().map(i128::from);
    unsigned.or_else(|| number.as_i64().map(i128::from))
}

impl<'i> Keyword<'i, Tape> for Limit {
    fn validate(&self, instance: TapeNode<'i>) -> Result<(), ValidationError<'i>> {
        match Keyword::<Tape>::is_valid(self, instance) {
            true => Ok(()),
            false => Err(self.fault()),
        }
    }

    fn is_valid(&self, instance: TapeNode<'i>) -> bool {
        let Some(number) = instance.as_number() else {
            return true;
        };
        if self.keyword == "multipleOf" {
            return self.divides(&number);
        }
        self.compare(&number)
            .is_some_and(|order| match self.keyword {
                "minimum" => order.is_ge(),
                "maximum" => order.is_le(),
                "exclusiveMinimum" => order.is_gt(),
                _ => order.is_lt(),
            })
    }
}
