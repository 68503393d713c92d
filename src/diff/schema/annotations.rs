//! What asks nothing of a value: what stands for an absent one, deprecation, prose, XML names.

use super::{both::Both, view::is_bare_reference};
use crate::{
    contract::Direction,
    diff::{
        ChangeRule,
        compare::{Found, documentation},
        text::shown,
        tree::Part,
    },
};

/// Compares the annotations of the schemas themselves.
pub(super) fn compare(both: &mut Both<'_, '_>) {
    let (old, new) = (both.old.whole.as_slice(), both.new.whole.as_slice());
    let found = match (old, new) {
        ([old], [new]) => between(old, new, both.direction),
        _ => Vec::new(),
    };
    both.found.extend(found);
    let xml = |parts: &[Part<'_>]| {
        parts
            .iter()
            .filter_map(|part| part.get("xml"))
            .map(|xml| xml.value.clone())
            .collect::<Vec<_>>()
    };
    if xml(&both.old.parts) != xml(&both.new.parts) {
        both.tell(
            ChangeRule::XmlChanged,
            "xml",
            "the value is written as XML in another way (`xml`)",
        );
    }
}

/// Compares what stands beside references, where it is said of the place and not of what they lead to.
pub(super) fn beside_references(
    old: Option<&Part<'_>>,
    new: Option<&Part<'_>>,
    direction: Direction,
) -> Vec<Found> {
    match (old, new) {
        (Some(old), Some(new)) if is_bare_reference(old) || is_bare_reference(new) => {
            between(old, new, direction)
        }
        _ => Vec::new(),
    }
}

fn between(old: &Part<'_>, new: &Part<'_>, direction: Direction) -> Vec<Found> {
    let mut found = documentation(old, new, Some(direction));
    let defaults = [old, new].map(|part| part.value.get("default"));
    let message = match defaults {
        [None, None] => return found,
        [Some(was), Some(is)] if was == is => return found,
        [Some(was), Some(is)] => format!("the default was {} and is {}", shown(was), shown(is)),
        [None, Some(is)] => format!("the default is {}, and there was none", shown(is)),
        [Some(was), None] => format!("the default was {}, and there is none", shown(was)),
    };
    let places = (old.get("default"), new.get("default"));
    let places = (
        places.0.as_ref().or(Some(old)),
        places.1.as_ref().or(Some(new)),
    );
    found.push(Found::new(
        ChangeRule::DefaultChanged,
        Some(direction),
        places,
        message,
    ));
    found
}
