//! What asks nothing of anybody: descriptions, examples, deprecation.

use crate::{
    contract::Direction,
    diff::{
        ChangeRule,
        compare::Found,
        pairing::{Paired, paired},
        text::listed,
        tree::Part,
    },
};

/// The fields that are for people.
const PROSE: [&str; 7] = [
    "title",
    "summary",
    "description",
    "example",
    "examples",
    "externalDocs",
    "tags",
];

/// What changed for people in an object: what it says of itself, whether it is deprecated, extensions.
pub(in crate::diff) fn documentation(
    old: &Part<'_>,
    new: &Part<'_>,
    direction: Option<Direction>,
) -> Vec<Found> {
    let mut found = Vec::new();
    let mut tell = |rule, message: String| {
        found.push(Found::new(rule, direction, (Some(old), Some(new)), message));
    };
    match (old.flag("deprecated"), new.flag("deprecated")) {
        (false, true) => tell(ChangeRule::Deprecated, "this is deprecated now".to_owned()),
        (true, false) => tell(
            ChangeRule::Undeprecated,
            "this is deprecated no more".to_owned(),
        ),
        _ => {}
    }
    let prose = changed(old, new, |key| PROSE.contains(&key));
    if !prose.is_empty() {
        tell(ChangeRule::DocumentationChanged, format!("{prose} changed"));
    }
    let extensions = changed(old, new, |key| key.starts_with("x-"));
    if !extensions.is_empty() {
        tell(
            ChangeRule::ExtensionChanged,
            format!("{extensions} changed"),
        );
    }
    found
}

/// The names of the members that differ, of those that are asked for.
fn changed(old: &Part<'_>, new: &Part<'_>, is_asked: fn(&str) -> bool) -> String {
    let asked = |part: &Part<'_>| {
        let members = part.members().into_iter();
        members
            .filter(|(key, _)| is_asked(key))
            .map(|(key, part)| (key.to_owned(), part.value.clone()))
            .collect::<Vec<_>>()
    };
    let pairs = paired(asked(old), asked(new)).into_iter();
    let differing = pairs.filter(|Paired { old, new, .. }| old != new);
    listed(differing.map(|pair| format!("`{}`", pair.key)))
}
