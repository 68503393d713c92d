//! Numbers whose limits are beyond exactness.

use serde_json::{Number, Value};

use crate::contract::generate::conjunction::Conjunction;

/// A number in floating point that keeps to bounds and steps; `None` when none was found.
pub(super) fn coarse(all: &Conjunction<'_>, is_integer: bool, variant: u64) -> Option<Value> {
    let of = |keyword: &str| {
        all.all(keyword)
            .filter_map(Value::as_f64)
            .collect::<Vec<_>>()
    };
    let low = [of("minimum"), of("exclusiveMinimum")]
        .concat()
        .into_iter()
        .reduce(f64::max);
    let high = [of("maximum"), of("exclusiveMaximum")]
        .concat()
        .into_iter()
        .reduce(f64::min);
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low.abs() * 2.0 + 2.0),
        (None, Some(high)) => (high - high.abs() - 2.0, high),
        (None, None) => (0.0, 2.0),
    };
    let steps = of("multipleOf");
    let mut candidates = vec![1.0, 0.0, low, high, low / 2.0 + high / 2.0];
    for step in &steps {
        let near = (low / step).ceil() * step;
        candidates.extend([*step, near, near + step]);
    }
    let is_allowed = |number: &f64| {
        of("minimum").iter().all(|limit| *number >= *limit)
            && of("maximum").iter().all(|limit| *number <= *limit)
            && of("exclusiveMinimum").iter().all(|limit| *number > *limit)
            && of("exclusiveMaximum").iter().all(|limit| *number < *limit)
            && steps.iter().all(|step| (number / step).fract() == 0.0)
            && (!is_integer || number.fract() == 0.0)
    };
    let mut allowed = candidates.into_iter().filter(is_allowed);
    let number = allowed.nth(usize::try_from(variant).ok()?)?;
    Number::from_f64(number).map(Value::Number)
}
