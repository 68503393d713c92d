//! Numbers within their bounds.

mod coarse;

use serde_json::Value;

use coarse::coarse;

use super::{
    conjunction::Conjunction,
    decimal::{Decimal, MAX_SCALE},
};

/// Numbers without any bound stay below this when they vary.
const SPAN: u64 = 100;

/// Numbers to try where those near 1 do not do, in tenths.
const FAR: [i128; 10] = [
    0,
    -10,
    10_000,
    -10_000,
    5,
    15,
    -5,
    10_000_000,
    -10_000_000,
    13,
];

/// A number that keeps to the bounds and steps, the nearest to 1 that does; a variant of it is as
/// many steps away. `None` when there is none, or no other.
pub(super) fn number(all: &Conjunction<'_>, is_integer: bool, variant: u64) -> Option<Value> {
    match Range::of(all, is_integer) {
        Some(range) => range.pick(variant),
        None => coarse(all, is_integer, variant),
    }
}

/// A number that keeps to the bounds and steps, and is not near to the others.
pub(super) fn far(all: &Conjunction<'_>, is_integer: bool, variant: usize) -> Option<Value> {
    let range = Range::of(all, is_integer)?;
    let tenths = |tenths: &i128| {
        let at_scale = tenths.checked_mul(10_i128.checked_pow(range.scale)?)?;
        (at_scale % 10 == 0).then_some(at_scale / 10)
    };
    let digits = match variant {
        0 => range.high,
        1 => range.low,
        variant => FAR.get(variant - 2).and_then(tenths),
    }?;
    let is_inside =
        range.low.is_none_or(|low| low <= digits) && range.high.is_none_or(|high| digits <= high);
    let number = Decimal {
        digits,
        scale: range.scale,
    };
    (is_inside && digits % range.step == 0).then(|| number.to_value())?
}

/// What is allowed, in digits at one scale. Both ends belong to it.
struct Range {
    low: Option<i128>,
    high: Option<i128>,
    step: i128,
    scale: u32,
    /// The steps that are fractions, as other validators see them.
    fractions: Vec<f64>,
}

impl Range {
    /// `None` when the numbers are too large or too fine to be exact.
    fn of(all: &Conjunction<'_>, is_integer: bool) -> Option<Self> {
        let exact = |keyword: &str| -> Option<Vec<Decimal>> {
            let numbers = all.all(keyword).filter(|value| value.is_number());
            numbers.map(Decimal::of).collect()
        };
        let (least, above) = (exact("minimum")?, exact("exclusiveMinimum")?);
        let (most, below) = (exact("maximum")?, exact("exclusiveMaximum")?);
        let steps: Vec<Decimal> = exact("multipleOf")?;
        let every = [&least, &above, &most, &below, &steps]
            .into_iter()
            .flatten();
        let needed = every.map(|decimal| decimal.scale).max().unwrap_or(0);
        let is_free = steps.is_empty() && !is_integer;
        let scales = needed..=if is_free {
            (needed + 2).min(MAX_SCALE)
        } else {
            needed
        };
        let mut last = None;
        for scale in scales {
            let one = 10_i128.checked_pow(scale)?;
            let at = |decimal: &Decimal| decimal.at(scale);
            let low = least
                .iter()
                .map(at)
                .chain(above.iter().map(|limit| at(limit)?.checked_add(1)));
            let high = most
                .iter()
                .map(at)
                .chain(below.iter().map(|limit| at(limit)?.checked_sub(1)));
            let low = low.collect::<Option<Vec<_>>>()?.into_iter().max();
            let high = high.collect::<Option<Vec<_>>>()?.into_iter().min();
            let mut step = if is_integer { one } else { 1 };
            for multiple in &steps {
                step = common_multiple(step, multiple.at(scale)?)?;
            }
            let fractions = steps.iter().filter(|step| step.scale > 0);
            let fractions: Vec<f64> = fractions
                .filter_map(|step| step.to_value()?.as_f64())
                .collect();
            let whole = |step| Self {
                low,
                high,
                step,
                scale,
                fractions: fractions.clone(),
            };
            // Whole numbers are the plainer ones, where the bounds allow any.
            if is_free && whole(one).nth(0).is_some() {
                return Some(whole(one));
            }
            if whole(step).nth(0).is_some() {
                return Some(whole(step));
            }
            last = Some(whole(step));
        }
        last
    }

    /// The number of a variant. Those that doubles divide without a rest come first: 1.9 is a multiple
    /// of 0.1, and validators that divide doubles say it is none.
    fn pick(&self, variant: u64) -> Option<Value> {
        if self.fractions.is_empty() || variant > SPAN {
            return self.nth(variant);
        }
        let divides = |number: &Value| {
            let number = number.as_f64().unwrap_or_default();
            let mut quotients = self.fractions.iter().map(|step| number / step);
            quotients.all(|quotient| quotient.fract() == 0.0)
        };
        let near = (0..4 * variant + SPAN).map_while(|away| self.nth(away));
        let (even, uneven): (Vec<_>, Vec<_>) = near.partition(divides);
        let variant = usize::try_from(variant).ok()?;
        even.into_iter().chain(uneven).nth(variant)
    }

    /// The number that is as many steps away from the nearest to 1.
    fn nth(&self, variant: u64) -> Option<Value> {
        let up = |number: i128| self.step.checked_mul(ceiling(number, self.step));
        let down = |number: i128| self.step.checked_mul(number.div_euclid(self.step));
        let one = 10_i128.checked_pow(self.scale)?;
        let wanted = one
            .max(self.low.unwrap_or(one))
            .min(self.high.unwrap_or(one).max(self.low.unwrap_or(i128::MIN)));
        let is_inside = |number: &i128| {
            self.low.is_none_or(|low| low <= *number)
                && self.high.is_none_or(|high| *number <= high)
        };
        let first = [up(wanted), down(wanted)]
            .into_iter()
            .flatten()
            .find(is_inside)?;
        let away = i128::from(variant).checked_mul(self.step)?;
        let upwards = first.checked_add(away).filter(is_inside);
        // What does not fit above goes on below.
        let steps_above = self.high.map(|high| (high - first).div_euclid(self.step));
        let downwards = || {
            let below = i128::from(variant) - steps_above?;
            first
                .checked_sub(below.checked_mul(self.step)?)
                .filter(is_inside)
        };
        let digits = upwards.or_else(downwards)?;
        Decimal {
            digits,
            scale: self.scale,
        }
        .to_value()
    }

    /// How many numbers it has, when that is not many.
    fn size(&self) -> u64 {
        let size = || {
            let room = self.high?.checked_sub(self.low?)?;
            u64::try_from(room / self.step + 1).ok()
        };
        size().unwrap_or(SPAN).clamp(1, SPAN)
    }
}

/// How many numbers there are to choose from.
pub(super) fn choices(all: &Conjunction<'_>, is_integer: bool) -> u64 {
    Range::of(all, is_integer).map_or(1, |range| range.size())
}

fn common_multiple(one: i128, other: i128) -> Option<i128> {
    let other = other.checked_abs().filter(|other| *other > 0)?;
    let (mut a, mut b) = (one, other);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (one / a).checked_mul(other)
}

fn ceiling(number: i128, step: i128) -> i128 {
    number.div_euclid(step) + i128::from(number.rem_euclid(step) != 0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn made(schema: &Value, is_integer: bool, variant: u64) -> Option<Value> {
        let all = Conjunction {
            schemas: vec![schema.as_object().unwrap()],
            ..Conjunction::default()
        };
        number(&all, is_integer, variant)
    }

    #[test]
    fn what_doubles_divide_without_a_rest_comes_first() {
        let schema = json!({"multipleOf": 0.1, "minimum": 0, "maximum": 2});
        let all: Vec<Value> = (0..21)
            .map(|variant| made(&schema, false, variant).unwrap())
            .collect();
        let rest = |number: &Value| (number.as_f64().unwrap() / 0.1).fract() != 0.0;
        let uneven: Vec<f64> = all[15..].iter().filter_map(Value::as_f64).collect();
        assert_eq!(all.iter().position(rest), Some(15), "{all:?}");
        assert_eq!(uneven, [1.2, 1.4, 1.9, 0.7, 0.6, 0.3]);
        assert_eq!(made(&schema, false, 21), None);
    }

    #[test]
    fn numbers_keep_to_their_bounds() {
        for (schema, want) in [
            (json!({}), json!(1)),
            (json!({"minimum": 10}), json!(10)),
            (json!({"exclusiveMinimum": 10}), json!(11)),
            (json!({"maximum": -3}), json!(-3)),
            (json!({"exclusiveMaximum": 1}), json!(0)),
            (json!({"multipleOf": 5, "minimum": 12}), json!(15)),
            (json!({"multipleOf": 5, "maximum": 3}), json!(0)),
            (
                json!({"exclusiveMinimum": 0, "exclusiveMaximum": 1}),
                json!(0.9),
            ),
            (json!({"minimum": 0.2, "maximum": 0.3}), json!(0.3)),
            (
                json!({"multipleOf": 0.5, "minimum": 0.7, "maximum": 1.2}),
                json!(1),
            ),
            (
                json!({"multipleOf": 0.01, "minimum": 0.015, "maximum": 0.03}),
                json!(0.03),
            ),
            (
                json!({"minimum": 9007199254740993_i64}),
                json!(9007199254740993_i64),
            ),
            (json!({"minimum": 1.5e300}), json!(1.5e300)),
            (
                json!({"exclusiveMinimum": 0, "exclusiveMaximum": 1e-9}),
                json!(9e-10),
            ),
        ] {
            assert_eq!(made(&schema, false, 0), Some(want), "{schema}");
        }
        for (schema, want) in [
            (json!({"minimum": 2, "maximum": 1}), None),
            (json!({"minimum": 1.2, "maximum": 1.8}), None),
            (json!({"minimum": 1.2, "maximum": 2.8}), Some(json!(2))),
            (json!({"multipleOf": 1.5}), Some(json!(3))),
            (
                json!({"minimum": i64::MIN, "maximum": i64::MIN}),
                Some(json!(i64::MIN)),
            ),
            (json!({"minimum": u64::MAX}), Some(json!(u64::MAX))),
        ] {
            assert_eq!(made(&schema, true, 0), want, "{schema}");
        }
    }

    #[test]
    fn variants_of_a_number_differ_until_there_are_no_more() {
        let schema = json!({"minimum": 0, "maximum": 3});
        let variants: Vec<_> = (0..5).map(|variant| made(&schema, true, variant)).collect();
        let want = [1, 2, 3, 0].map(|number| Some(json!(number)));
        assert_eq!(variants[..4], want);
        assert_eq!(variants[4], None);
    }
}
