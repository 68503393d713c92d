//! Arrays at their sizes, and beyond them.

use serde_json::{Number, Value, json};

use super::said::Said;

/// Larger arrays are not made.
const MAX_ITEMS: usize = 1000;

/// None, one, the fewest, the most, and one beyond each; and the same item twice.
pub(super) fn others(said: &Said<'_>, items: &[Value]) -> Vec<Vec<Value>> {
    let mut all = vec![Vec::new()];
    let Some(first) = items.first() else {
        return all;
    };
    all.push(vec![first.clone()]);
    for least in said.sizes("minItems", MAX_ITEMS) {
        all.push(of_size(items, first, least));
        all.extend(least.checked_sub(1).map(|less| of_size(items, first, less)));
    }
    for most in said.sizes("maxItems", MAX_ITEMS) {
        all.push(of_size(items, first, most));
        all.push(of_size(items, first, most + 1));
    }
    if said.all("uniqueItems").any(|it| *it == Value::Bool(true)) {
        all.push([items, std::slice::from_ref(first)].concat());
    }
    all
}

fn of_size(items: &[Value], first: &Value, size: usize) -> Vec<Value> {
    let more = (items.len()..size).map(|index| another(first, index));
    items.iter().take(size).cloned().chain(more).collect()
}

/// An item like another, but not equal to it where that can be.
fn another(item: &Value, index: usize) -> Value {
    match item {
        Value::String(text) => format!("{text}{index}").into(),
        Value::Number(number) => later(number, index),
        other => other.clone(),
    }
}

fn later(number: &Number, by: usize) -> Value {
    match (number.as_u64(), u64::try_from(by)) {
        (Some(number), Ok(by)) => json!(number.saturating_add(by)),
        _ => Value::Number(number.clone()),
    }
}
