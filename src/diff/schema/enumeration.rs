//! Which values are listed: `enum` and `const`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{both::Both, view::View};
use crate::diff::{
    ChangeRule,
    text::{canonical, listed, shown},
};

/// Listed values by their canonical texts.
pub(super) type Listed<'d> = BTreeMap<String, &'d Value>;

/// Compares the values that are listed.
pub(super) fn compare(both: &mut Both<'_, '_>) {
    let (old, new) = (values(&both.old), values(&both.new));
    let keyword = match both.old.has("enum") || both.new.has("enum") {
        true => "enum",
        false => "const",
    };
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => {
            let message = format!("only {} is allowed now", all(new.values().copied()));
            both.tell(ChangeRule::EnumAdded, keyword, message);
        }
        (Some(old), None) => {
            let message = format!("more than {} is allowed now", all(old.values().copied()));
            both.tell(ChangeRule::EnumRemoved, keyword, message);
        }
        (Some(old), Some(new)) => {
            let removed = without(&old, &new);
            let added = without(&new, &old);
            if old.len() == 1 && removed.len() == 1 && added.len() == new.len() {
                let message = format!("the value was {} and is {}", all(removed), all(added));
                return both.tell(ChangeRule::ConstChanged, keyword, message);
            }
            if !removed.is_empty() {
                let message = format!("{} is allowed no more", all(removed));
                both.tell(ChangeRule::EnumValueRemoved, keyword, message);
            }
            if !added.is_empty() {
                let message = format!("{} is allowed now", all(added));
                both.tell(ChangeRule::EnumValueAdded, keyword, message);
            }
        }
    }
}

/// The values that a schema lists; none where it lists no values.
pub(super) fn values<'d>(view: &View<'d>) -> Option<Listed<'d>> {
    let mut listed: Option<Listed<'d>> = None;
    let lists = view
        .parts
        .iter()
        .filter_map(|part| part.value.get("enum")?.as_array());
    let lists = lists.map(|values| values.iter().collect::<Vec<_>>());
    let constants = view
        .parts
        .iter()
        .filter_map(|part| Some(vec![part.value.get("const")?]));
    for values in lists.chain(constants) {
        let values = values.into_iter().map(|value| (canonical(value), value));
        listed = Some(match listed {
            None => values.collect(),
            Some(before) => values
                .filter(|(text, _)| before.contains_key(text))
                .collect(),
        });
    }
    listed
}

fn without<'d>(of: &Listed<'d>, others: &Listed<'d>) -> Vec<&'d Value> {
    let left = of.iter().filter(|(text, _)| !others.contains_key(*text));
    left.map(|(_, value)| *value).collect()
}

fn all<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    listed(values.into_iter().map(shown))
}
