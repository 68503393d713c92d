//! Texts that have more than one reading: `5` may be a number or a string, and one field a list of one.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    contract::{Schema, Shape, Validity},
    exchange::Tape,
};

/// How many faults of a value are looked at.
const MAX_FAULTS: usize = 10_000;

/// How often other readings are tried.
const MAX_RANK: usize = 2;

/// A value read from texts, and how else parts of it may be read.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// The value by the likeliest readings.
    pub(super) value: Value,
    others: Vec<Other>,
}

/// Another reading of a part of a value.
#[derive(Debug)]
pub(super) struct Other {
    pointer: String,
    value: Value,
    /// Which one it is of those of the same part.
    rank: usize,
}

/// The likeliest reading of a text at a place; the others are added.
pub(super) fn of_text(text: &str, shape: &Shape, pointer: &str, others: &mut Vec<Other>) -> Value {
    let first = shape.value_of(text);
    let second = match (&first, text) {
        (Value::String(_), "" | "null") if shape.null => Some(Value::Null),
        (Value::String(_), _) => None,
        _ => shape.string.then(|| Value::from(text)),
    };
    if let Some(second) = second {
        add(others, pointer, second);
    }
    first
}

/// Adds another reading of the part at a pointer.
pub(super) fn add(others: &mut Vec<Other>, pointer: &str, value: Value) {
    // Those of one part come one after the other.
    let last = others.last().filter(|last| last.pointer == pointer);
    others.push(Other {
        pointer: pointer.to_owned(),
        value,
        rank: last.map_or(0, |last| last.rank + 1),
    });
}

impl Readings {
    pub(super) fn new(value: Value, others: Vec<Other>) -> Self {
        Self { value, others }
    }

    /// The value with those readings that the schema finds the least fault with: other ones are tried
    /// where it finds any, first of the parts that are at fault themselves. That is a fixed number of
    /// times, however many parts there are.
    pub(super) fn settled(self, schema: Option<&Schema>) -> Value {
        let Some(schema) = schema.filter(|_| !self.others.is_empty()) else {
            return self.value;
        };
        let mut faults = faults(schema, &self.value);
        let mut value = self.value;
        for rank in 0..MAX_RANK {
            for is_concerned in [concerns as fn(&BTreeSet<String>, &str) -> bool, surrounds] {
                if faults.is_empty() {
                    return value;
                }
                let mut candidate = value.clone();
                let of_rank = self.others.iter().filter(|other| other.rank == rank);
                for other in of_rank.filter(|other| is_concerned(&faults, &other.pointer)) {
                    if let Some(part) = candidate.pointer_mut(&other.pointer) {
                        *part = other.value.clone();
                    }
                }
                let left = self::faults(schema, &candidate);
                if left.len() < faults.len() {
                    (value, faults) = (candidate, left);
                }
            }
        }
        value
    }
}

/// The places of what is wrong with a value.
fn faults(schema: &Schema, value: &Value) -> BTreeSet<String> {
    let Ok(validator) = schema.validator() else {
        return BTreeSet::new();
    };
    let tape = Tape::from(value);
    let Validity::Invalid(errors) = validator.validity(tape.root()) else {
        return BTreeSet::new();
    };
    let errors = errors.iter().take(MAX_FAULTS);
    errors
        .map(|error| error.instance_path().to_string())
        .collect()
}

/// Whether something is wrong with the part at a pointer, or below it.
fn concerns(faults: &BTreeSet<String>, pointer: &str) -> bool {
    let below = format!("{pointer}/");
    let mut after = faults.range(below.clone()..);
    faults.contains(pointer) || after.next().is_some_and(|fault| fault.starts_with(&below))
}

/// Whether something is wrong with what the part at a pointer is a part of.
fn surrounds(faults: &BTreeSet<String>, pointer: &str) -> bool {
    let mut ends = pointer.match_indices('/').map(|(end, _)| &pointer[..end]);
    ends.any(|around| faults.contains(around))
}
