//! Limits: of numbers, and of how long strings, arrays and objects are.

use std::cmp::Ordering;

use super::{
    both::Both,
    kinds::{ARRAY, Kinds, NUMBER, OBJECT, STRING},
    view::View,
};
use crate::{
    diff::{
        ChangeRule::{self, *},
        tree::Tree,
    },
    exchange::Decimal,
};

/// Which end a limit is at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Lower,
    Upper,
}

/// A limit, by the keywords that set it.
struct Bound {
    kinds: Kinds,
    end: End,
    keyword: &'static str,
    exclusive: Option<&'static str>,
    tighter: ChangeRule,
    looser: ChangeRule,
}

const fn bound(
    kinds: Kinds,
    end: End,
    keyword: &'static str,
    exclusive: Option<&'static str>,
    (tighter, looser): (ChangeRule, ChangeRule),
) -> Bound {
    Bound {
        kinds,
        end,
        keyword,
        exclusive,
        tighter,
        looser,
    }
}

#[rustfmt::skip]
const BOUNDS: [Bound; 8] = [
    bound(NUMBER, End::Lower, "minimum", Some("exclusiveMinimum"), (MinimumRaised, MinimumLowered)),
    bound(NUMBER, End::Upper, "maximum", Some("exclusiveMaximum"), (MaximumLowered, MaximumRaised)),
    bound(STRING, End::Lower, "minLength", None, (MinLengthRaised, MinLengthLowered)),
    bound(STRING, End::Upper, "maxLength", None, (MaxLengthLowered, MaxLengthRaised)),
    bound(ARRAY, End::Lower, "minItems", None, (MinItemsRaised, MinItemsLowered)),
    bound(ARRAY, End::Upper, "maxItems", None, (MaxItemsLowered, MaxItemsRaised)),
    bound(OBJECT, End::Lower, "minProperties", None, (MinPropertiesRaised, MinPropertiesLowered)),
    bound(OBJECT, End::Upper, "maxProperties", None, (MaxPropertiesLowered, MaxPropertiesRaised)),
];

/// The limit that counts: its value, and whether the value itself is ruled out.
struct Limit {
    value: Decimal,
    is_exclusive: bool,
    text: String,
    keyword: &'static str,
}

/// Compares the limits of what both allow.
pub(super) fn compare(both: &mut Both<'_, '_>, common: Kinds) {
    // Where both have a format that is a range, the change of the format tells it.
    let is_told = has_range(&both.old) && has_range(&both.new);
    for bound in BOUNDS.iter().filter(|bound| bound.kinds & common != 0) {
        let old = limit(both.old_tree, &both.old, bound, is_told);
        let new = limit(both.new_tree, &both.new, bound, is_told);
        let order = match (&old, &new) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(old), Some(new)) => tightness(old, new, bound.end),
        };
        let rule = match order {
            Ordering::Equal => continue,
            Ordering::Less => bound.tighter,
            Ordering::Greater => bound.looser,
        };
        let told = |limit: &Option<Limit>| match limit {
            None => "none".to_owned(),
            Some(limit) if limit.is_exclusive => format!("`{}` (exclusive)", limit.text),
            Some(limit) => format!("`{}`", limit.text),
        };
        let keyword = new
            .as_ref()
            .or(old.as_ref())
            .map_or(bound.keyword, |limit| limit.keyword);
        let message = format!(
            "`{}` was {} and is {}",
            bound.keyword,
            told(&old),
            told(&new)
        );
        both.tell(rule, keyword, message);
    }
}

/// Whether a schema has a format that stands for limits.
fn has_range(view: &View<'_>) -> bool {
    let formats = view.texts("format");
    formats.iter().any(|format| range_of(format).is_some())
}

/// The limits that a format stands for, which a description raised to 3.1 has as its own.
fn range_of(format: &str) -> Option<[&'static str; 2]> {
    match format {
        "int32" => Some(["-2147483648", "2147483647"]),
        "int64" => Some(["-9223372036854775808", "9223372036854775807"]),
        _ => None,
    }
}

/// The tightest limit that a schema sets; none where it rules nothing out. Those of formats can be left out.
fn limit<'d>(tree: &Tree<'d>, view: &View<'d>, bound: &Bound, leave_out: bool) -> Option<Limit> {
    let formats = view.texts("format");
    let ranges = formats.iter().filter_map(|format| range_of(format));
    let ranges: Vec<[&str; 2]> = ranges.filter(|_| leave_out).collect();
    let is_left_out = |text: &str| ranges.iter().any(|range| range.contains(&text));

    let keywords = [Some(bound.keyword), bound.exclusive].into_iter().flatten();
    let limits = keywords.flat_map(|keyword| {
        let stated = view.all(keyword).filter(|part| part.value.is_number());
        let is_left_out = &is_left_out;
        stated.filter_map(move |part| {
            // The digits as they are written: others are lost in a float.
            let text = tree.description.json_text(&part.pointer)?;
            (!is_left_out(&text)).then_some(())?;
            Some(Limit {
                value: Decimal::parse(&text)?,
                is_exclusive: keyword != bound.keyword,
                text,
                keyword,
            })
        })
    });
    let tightest = limits.max_by(|one, other| tightness(other, one, bound.end))?;
    let is_length = bound.kinds & NUMBER == 0;
    let rules_out = !(is_length && bound.end == End::Lower && tightest.text == "0");
    rules_out.then_some(tightest)
}

/// `Less` where the second limit is tighter than the first.
fn tightness(one: &Limit, other: &Limit, end: End) -> Ordering {
    let by_value = match end {
        End::Lower => one.value.cmp(&other.value),
        End::Upper => other.value.cmp(&one.value),
    };
    by_value.then(one.is_exclusive.cmp(&other.is_exclusive))
}
