//! What strings look like and hold: patterns, formats, encodings.

use super::{
    both::Both,
    kinds::{Kinds, NUMBER, STRING},
};
use crate::diff::{
    ChangeRule,
    text::{listed, named},
};

/// Formats of which the second has all values of the first (OpenAPI Format Registry).
const WIDER: [(&str, &str); 8] = [
    ("int8", "int16"),
    ("int16", "int32"),
    ("int32", "int64"),
    ("uint8", "int16"),
    ("float", "double"),
    ("hostname", "idn-hostname"),
    ("email", "idn-email"),
    ("uri", "uri-reference"),
];

/// Compares patterns, formats and encodings.
pub(super) fn compare(both: &mut Both<'_, '_>, common: Kinds) {
    if common & STRING != 0 {
        patterns(both);
        contents(both);
    }
    if common & (STRING | NUMBER) != 0 {
        formats(both);
    }
}

fn patterns(both: &mut Both<'_, '_>) {
    let (old, new) = (both.old.texts("pattern"), both.new.texts("pattern"));
    let is_within = |some: &[&str], others: &[&str]| some.iter().all(|one| others.contains(one));
    let rule = match (is_within(&old, &new), is_within(&new, &old)) {
        (true, true) => return,
        (true, false) => ChangeRule::PatternAdded,
        (false, true) => ChangeRule::PatternRemoved,
        (false, false) => ChangeRule::PatternChanged,
    };
    both.tell(rule, "pattern", was_and_is("pattern", &old, &new));
}

fn formats(both: &mut Both<'_, '_>) {
    let (old, new) = (both.old.texts("format"), both.new.texts("format"));
    let rule = match (old.as_slice(), new.as_slice()) {
        (old, new) if old == new => return,
        ([], _) => ChangeRule::FormatAdded,
        (_, []) => ChangeRule::FormatRemoved,
        ([old], [new]) if is_wider(old, new) => ChangeRule::FormatWidened,
        ([old], [new]) if is_wider(new, old) => ChangeRule::FormatNarrowed,
        _ => ChangeRule::FormatChanged,
    };
    both.tell(rule, "format", was_and_is("format", &old, &new));
}

fn contents(both: &mut Both<'_, '_>) {
    for keyword in ["contentEncoding", "contentMediaType"] {
        let (old, new) = (both.old.texts(keyword), both.new.texts(keyword));
        if old != new {
            let message = was_and_is(keyword, &old, &new);
            both.tell(ChangeRule::ContentEncodingChanged, keyword, message);
        }
    }
}

/// Whether a format has all values of another, by one step or more.
fn is_wider(narrow: &str, wide: &str) -> bool {
    let mut steps = WIDER.iter().filter(|(from, _)| *from == narrow);
    steps.any(|(_, to)| *to == wide || is_wider(to, wide))
}

fn was_and_is(keyword: &str, old: &[&str], new: &[&str]) -> String {
    let told = |texts: &[&str]| match texts {
        [] => "none".to_owned(),
        texts => listed(texts.iter().map(|text| named(text))),
    };
    format!("`{keyword}` was {} and is {}", told(old), told(new))
}
