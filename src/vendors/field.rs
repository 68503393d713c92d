//! What the APIs call the part of a request that a violation is about.

use std::collections::BTreeMap;

use crate::{
    contract::Refused,
    description::tokens,
    exchange::{Place, Violation},
};

/// The steps down to a field: those of its pointer, or a parameter's name; none for the whole.
pub(super) fn steps(place: &Place) -> Vec<String> {
    match place {
        Place::Method | Place::Status | Place::Path | Place::Reply => Vec::new(),
        Place::PathParameter(name)
        | Place::Query(name)
        | Place::Header(name)
        | Place::Cookie(name) => vec![name.to_string()],
        Place::Body(pointer) => tokens(pointer).collect(),
        Place::PartHeader(part, _) => tokens(part).collect(),
    }
}

/// Whether a place is the field of a name, one that needs no escape in a pointer.
pub(super) fn is_field(place: &Place, name: &str) -> bool {
    match place {
        Place::Method | Place::Status | Place::Path | Place::Reply | Place::PartHeader(..) => false,
        Place::PathParameter(own) | Place::Query(own) | Place::Header(own) | Place::Cookie(own) => {
            **own == *name
        }
        Place::Body(pointer) => pointer.strip_prefix('/') == Some(name),
    }
}

/// The messages of the gravest violations, each once, by the names that an API gives to fields.
pub(super) fn messages(
    refused: &Refused<'_>,
    describe: fn(&Violation) -> (String, String),
) -> BTreeMap<String, Vec<String>> {
    let mut by_field: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (field, message) in refused.gravest().map(describe) {
        let messages = by_field.entry(field).or_default();
        if !messages.contains(&message) {
            messages.push(message);
        }
    }
    by_field
}

/// The first type that a value may have, when one of several would do; null is no wish.
pub(super) fn wanted_type(types: &str) -> &str {
    types
        .split(" or ")
        .find(|name| *name != "null")
        .unwrap_or(types)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_the_steps_of_its_place() {
        for (place, want) in [
            (Place::Body(String::new()), &[] as &[&str]),
            (
                Place::Body("/items/0/a~1b".to_owned()),
                &["items", "0", "a/b"],
            ),
            (Place::Query("page".into()), &["page"]),
            (Place::Header("X-PUBLIC-KEY".into()), &["X-PUBLIC-KEY"]),
            (Place::Path, &[]),
        ] {
            assert_eq!(steps(&place), want, "{place}");
        }
    }

    #[test]
    fn null_is_not_the_type_asked_for() {
        for (types, want) in [
            ("integer", "integer"),
            ("string or null", "string"),
            ("null or string", "string"),
            ("null", "null"),
        ] {
            assert_eq!(wanted_type(types), want);
        }
    }
}
