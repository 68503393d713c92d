//! Elements and attributes of which nothing is documented.

use serde_json::{Map, Value};

use crate::exchange::{Element, INSTANCE, Name};

/// The attributes but those of XML Schema itself.
pub(super) fn own_attributes(element: &Element) -> impl Iterator<Item = &(Name, String)> {
    let is_own = |name: &Name| name.namespace.as_deref() != Some(INSTANCE);
    element
        .attributes
        .iter()
        .filter(move |(name, _)| is_own(name))
}

/// Those that fit, taken out of the rest.
pub(super) fn take<'e, T>(rest: &mut Vec<&'e T>, fits: impl Fn(&T) -> bool) -> Vec<&'e T> {
    let (taken, left) = rest.iter().partition(|one| fits(one));
    *rest = left;
    taken
}

/// An element of which nothing is documented.
pub(super) fn undescribed(element: &Element) -> Value {
    let mut members = Map::new();
    for (name, text) in own_attributes(element) {
        members.insert(format!("@{}", name.local), Value::from(text.as_str()));
    }
    for child in &element.children {
        add(&mut members, &child.name.local, undescribed(child));
    }
    match members.is_empty() {
        true => Value::from(element.text.as_str()),
        false if element.text.trim().is_empty() => Value::Object(members),
        false => {
            members.insert("#text".to_owned(), Value::from(element.text.as_str()));
            Value::Object(members)
        }
    }
}

/// Adds a member; a name that is there already becomes a list.
pub(super) fn add(members: &mut Map<String, Value>, name: &str, value: Value) {
    match members.get_mut(name) {
        None => drop(members.insert(name.to_owned(), value)),
        Some(Value::Array(items)) => items.push(value),
        Some(one) => {
            let first = one.take();
            *one = Value::Array(vec![first, value]);
        }
    }
}
