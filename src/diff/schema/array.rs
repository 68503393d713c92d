//! Items of arrays.

use super::{Step, both::Both, view::View};
use crate::diff::{ChangeRule, tree::Part};

/// Compares the items.
pub(super) fn compare(both: &mut Both<'_, '_>) {
    match (both.old.flag("uniqueItems"), both.new.flag("uniqueItems")) {
        (false, true) => both.tell(
            ChangeRule::UniqueItemsAdded,
            "uniqueItems",
            "items have to differ now",
        ),
        (true, false) => both.tell(
            ChangeRule::UniqueItemsRemoved,
            "uniqueItems",
            "items may be equal now",
        ),
        _ => {}
    }
    let firsts = first(&both.old).max(first(&both.new));
    for index in 0..firsts {
        let (old, new) = (at(&both.old, index), at(&both.new, index));
        both.child(Step::Item(index), old, new);
    }
    let (old, new) = (at(&both.old, usize::MAX), at(&both.new, usize::MAX));
    if !old.is_empty() || !new.is_empty() {
        both.child(Step::OtherItems, old, new);
    }
}

/// How many items have schemas of their own.
fn first(view: &View<'_>) -> usize {
    let lists = view.all("prefixItems").map(|list| list.items().len());
    lists.max().unwrap_or_default()
}

/// The schemas that hold for the item of an index.
fn at<'d>(view: &View<'d>, index: usize) -> Vec<Part<'d>> {
    let of_part = |part: &Part<'d>| {
        let own = part
            .get("prefixItems")
            .and_then(|list| list.items().into_iter().nth(index));
        own.or_else(|| part.get("items"))
    };
    let stated: Vec<Part<'d>> = view.parts.iter().filter_map(of_part).collect();
    match stated.is_empty() {
        true => view.all("unevaluatedItems").collect(),
        false => stated,
    }
}
