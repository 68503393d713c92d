//! The other keywords: conditions, what must not be, demands on names, and keywords that are not known.

use serde_json::Value;

use super::{Context, Step, both::Both, view::View};
use crate::{
    description::is_annotation,
    diff::{
        ChangeRule::{self, *},
        pairing::{Paired, paired},
        text::{canonical, named},
        tree::Part,
    },
};

/// Keywords that hold one schema, and what a change in it comes to: by itself, or in a condition.
const HOLD_ONE: [(&str, Step, Context); 5] = [
    ("propertyNames", Step::Names, Context::Plain),
    ("contains", Step::OtherItems, Context::Condition),
    ("not", Step::Same, Context::Condition),
    ("if", Step::Same, Context::Condition),
    ("contentSchema", Step::Same, Context::Condition),
];

/// Keywords that hold schemas by names.
const HOLD_BY_NAME: [(&str, Step); 2] = [
    ("patternProperties", Step::OtherProperties),
    ("dependentSchemas", Step::Same),
];

/// Keywords whose values are compared as they are.
const PLAIN: [&str; 2] = ["dependentRequired", "dependencies"];

/// Keywords that are compared elsewhere, or that name things.
const KNOWN: [&str; 48] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "contentEncoding",
    "contentMediaType",
    "items",
    "prefixItems",
    "unevaluatedItems",
    "minContains",
    "maxContains",
    "additionalItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "properties",
    "additionalProperties",
    "unevaluatedProperties",
    "required",
    "minProperties",
    "maxProperties",
    "discriminator",
    "readOnly",
    "writeOnly",
    "then",
    "else",
    "$defs",
    "definitions",
    "$id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$vocabulary",
    "$comment",
    "$recursiveAnchor",
    "id",
];

/// Compares what no other file does.
pub(super) fn compare(both: &mut Both<'_, '_>) {
    for (keyword, step, context) in HOLD_ONE {
        let (old, new) = (all(&both.old, keyword), all(&both.new, keyword));
        by_index(both, keyword, (old, new), |both, old, new| {
            both.child_in(context, step.clone(), [old], [new]);
        });
    }
    conditions(both);
    for (keyword, step) in HOLD_BY_NAME {
        by_name(both, keyword, &step);
    }
    for keyword in PLAIN {
        let (old, new) = (all(&both.old, keyword), all(&both.new, keyword));
        by_index(both, keyword, (old, new), |both, old, new| {
            if canonical(old.value) != canonical(new.value) {
                both.tell(AssertionChanged, keyword, format!("`{keyword}` changed"));
            }
        });
    }
    counts(both);
    unknown(both);
}

/// How many items have to be contained: fewer than the one that goes without saying, or more.
fn counts(both: &mut Both<'_, '_>) {
    for keyword in ["minContains", "maxContains"] {
        let stated = |view: &View<'_>| -> Vec<String> {
            view.all(keyword)
                .map(|part| canonical(part.value))
                .collect()
        };
        if stated(&both.old) != stated(&both.new) {
            both.tell(AssertionChanged, keyword, format!("`{keyword}` changed"));
        }
    }
}

fn all<'d>(view: &View<'d>, keyword: &str) -> Vec<Part<'d>> {
    view.all(keyword).collect()
}

/// Compares a keyword that parts of the schemas have: one after the other; what is left is new or gone.
fn by_index<'t, 'd>(
    both: &mut Both<'t, 'd>,
    keyword: &str,
    (old, new): (Vec<Part<'d>>, Vec<Part<'d>>),
    compare: impl Fn(&mut Both<'t, 'd>, Part<'d>, Part<'d>),
) {
    let (before, after) = (old.len(), new.len());
    for (old, new) in old.into_iter().zip(new) {
        compare(both, old, new);
    }
    if before < after {
        both.tell(AssertionAdded, keyword, format!("`{keyword}` is new"));
    }
    if before > after {
        both.tell(
            AssertionRemoved,
            keyword,
            format!("`{keyword}` is there no more"),
        );
    }
}

/// `then` and `else`, where there is an `if`.
fn conditions(both: &mut Both<'_, '_>) {
    if !both.old.has("if") || !both.new.has("if") {
        return;
    }
    for keyword in ["then", "else"] {
        let (old, new) = (all(&both.old, keyword), all(&both.new, keyword));
        by_index(both, keyword, (old, new), |both, old, new| {
            both.child_in(Context::Condition, Step::Same, [old], [new]);
        });
    }
}

/// Compares schemas by names. Where no other properties are allowed, a pattern allows some and asks something
/// of them.
fn by_name(both: &mut Both<'_, '_>, keyword: &str, step: &Step) {
    let old: Vec<_> = both
        .old
        .all(keyword)
        .flat_map(|map| map.members())
        .collect();
    let new: Vec<_> = both
        .new
        .all(keyword)
        .flat_map(|map| map.members())
        .collect();
    let is_closed = |view: &View<'_>| {
        let closed = |keyword| {
            view.all(keyword)
                .any(|part| *part.value == Value::Bool(false))
        };
        closed("additionalProperties") || closed("unevaluatedProperties")
    };
    let is_both = keyword == "patternProperties" && (is_closed(&both.old) || is_closed(&both.new));
    for Paired { key, old, new } in paired(old, new) {
        let name = named(key);
        let (rule, what): (ChangeRule, _) = match (old, new) {
            (Some(old), Some(new)) => {
                both.child(step.clone(), [old], [new]);
                continue;
            }
            (None, Some(_)) => (AssertionAdded, "is new"),
            (Some(_), None) => (AssertionRemoved, "is there no more"),
            (None, None) => continue,
        };
        let rule = if is_both { AssertionChanged } else { rule };
        both.tell(rule, keyword, format!("{name} of `{keyword}` {what}"));
    }
}

/// Keywords that nothing here knows.
fn unknown(both: &mut Both<'_, '_>) {
    let is_known = |keyword: &str| {
        is_annotation(keyword)
            || KNOWN.contains(&keyword)
            || PLAIN.contains(&keyword)
            || HOLD_ONE.iter().any(|(known, ..)| *known == keyword)
            || HOLD_BY_NAME.iter().any(|(known, _)| *known == keyword)
    };
    let stated = |view: &View<'_>| {
        let members = view.parts.iter().flat_map(|part| part.members());
        let unknown = members.filter(|(keyword, _)| !is_known(keyword));
        unknown
            .map(|(keyword, part)| (keyword.to_owned(), canonical(part.value)))
            .collect::<Vec<_>>()
    };
    for Paired { key, old, new } in paired(stated(&both.old), stated(&both.new)) {
        if old != new {
            both.tell(
                UnknownKeywordChanged,
                &key,
                format!("{} changed, and is no keyword that is known", named(&key)),
            );
        }
    }
}
