//! Changes of a value, one place at a time: to the edges of what its schema allows, and over them.
//!
//! Nothing here says which change is valid: that is asked of the contract, which knows.

mod any;
mod array;
mod number;
mod object;
mod said;
mod string;

use serde_json::Value;

use crate::description::{Description, join};
use said::Said;

/// More changes of one value than this are not tried.
const MAX_CHANGES: usize = 500;

/// Values are changed no deeper than this.
const MAX_DEPTH: usize = 8;

/// A change of a value at one place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    /// Where, as a JSON pointer into the value.
    pub(crate) at: String,
    /// What becomes of it.
    pub(crate) to: To,
}

/// What becomes of a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum To {
    /// Another value stands there.
    Value(Value),
    /// It is gone, which only a member of an object can be.
    Nothing,
}

impl Change {
    /// The value, changed; `None` where it has no such place.
    pub(crate) fn apply(&self, value: &Value) -> Option<Value> {
        let mut changed = value.clone();
        let (owner, name) = match self.at.rsplit_once('/') {
            None => {
                let To::Value(to) = &self.to else {
                    return None;
                };
                return Some(to.clone());
            }
            Some((owner, token)) => (owner, token.replace("~1", "/").replace("~0", "~")),
        };
        match (changed.pointer_mut(owner)?, &self.to) {
            (Value::Object(members), To::Nothing) => {
                members.shift_remove(&name)?;
            }
            (Value::Object(members), To::Value(to)) => {
                members.insert(name, to.clone());
            }
            (Value::Array(items), To::Value(to)) => {
                *items.get_mut(name.parse::<usize>().ok()?)? = to.clone();
            }
            _ => return None,
        }
        Some(changed)
    }
}

/// The changes of a value that a schema gives reason for, those near the root first.
pub(crate) fn changes(description: &Description, schema: &str, value: &Value) -> Vec<Change> {
    let Some(root) = description.at(schema) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut level = vec![(String::new(), value, Said::of(description, [root]))];
    for _ in 0..MAX_DEPTH {
        let mut below = Vec::new();
        for (at, value, said) in level {
            for to in proposals(&said, value) {
                let at = at.clone();
                found.push(Change {
                    at,
                    to: To::Value(to),
                });
            }
            for (name, to) in object::members(&said, value) {
                let at = join(&at, &name);
                found.push(Change { at, to });
            }
            if found.len() >= MAX_CHANGES {
                found.truncate(MAX_CHANGES);
                return found;
            }
            below.extend(children(description, &at, value, &said));
        }
        level = below;
    }
    found
}

/// Other values in the place of one.
fn proposals(said: &Said<'_>, value: &Value) -> Vec<Value> {
    let mut all = any::others(said, value);
    match value {
        Value::Number(number) => all.extend(number::others(said, number)),
        Value::String(text) => all.extend(string::others(said, text).into_iter().map(Value::from)),
        Value::Array(items) => all.extend(array::others(said, items).into_iter().map(Value::from)),
        _ => {}
    }
    let mut distinct: Vec<Value> = Vec::new();
    for other in all {
        if other != *value && !distinct.contains(&other) {
            distinct.push(other);
        }
    }
    distinct
}

/// The parts of a value that are changed by themselves: the members of an object, and of an array the
/// first item, since what is said of one is said of all.
fn children<'v, 'd>(
    description: &'d Description,
    at: &str,
    value: &'v Value,
    said: &Said<'d>,
) -> Vec<(String, &'v Value, Said<'d>)> {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| {
                let said = Said::of(description, said.member(name));
                (join(at, name), member, said)
            })
            .collect(),
        Value::Array(items) => items
            .first()
            .map(|item| (join(at, "0"), item, Said::of(description, said.item())))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
