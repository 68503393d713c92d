//! Strings of a format, a pattern and a length.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::{Value, json};

use super::{
    conjunction::{Conjunction, Object, address},
    pattern,
    place::Place,
    plausible::{self, Pick},
};
use crate::contract::format;

/// Validators of what schemas say of strings, by the addresses of these.
pub(super) type Checkers = HashMap<Vec<usize>, Option<Validator>>;

/// The keywords that strings are held against.
const KEYWORDS: [&str; 4] = ["pattern", "format", "minLength", "maxLength"];

/// How many texts of a pattern are tried.
const MAX_TRIES: usize = 24;

/// The lengths of texts that are tried where plausible ones do not do, from this variant on.
const LENGTHS: [usize; 5] = [1, 0, 30, 300, 5000];
const FROM_LENGTHS: usize = 30;

/// Longer texts are of no use as an example.
const MAX_LENGTH: u64 = 1 << 16;

/// A string that keeps to pattern, format and length; variants differ. `None` when none was found.
pub(super) fn string(
    all: &Conjunction<'_>,
    place: &Place<'_>,
    spin: u64,
    variant: usize,
    checkers: &mut Checkers,
) -> Option<String> {
    let least = all.least("minLength").unwrap_or(0);
    if least > MAX_LENGTH || all.most("maxLength").is_some_and(|most| most < least) {
        return None;
    }
    let pick = Pick::of(place, spin);
    let patterns: Vec<&str> = all.texts("pattern").collect();
    let format = all.texts("format").next();
    let plain = |variant: usize| {
        if format.is_none()
            && let Some(length) = variant
                .checked_sub(FROM_LENGTHS)
                .and_then(|at| LENGTHS.get(at))
        {
            return of_length("x".repeat(*length), None, all);
        }
        let text = format.and_then(|format| of_format(format, all, place, pick.plus(variant)));
        of_length(
            text.unwrap_or_else(|| by_name(all, place, pick.plus(variant))),
            format,
            all,
        )
    };
    if patterns.is_empty() {
        return Some(plain(variant));
    }
    let key = all.schemas.iter().map(|schema| address(*schema)).collect();
    let is_valid = checkers.entry(key).or_insert_with(|| checker(all));
    let least = usize::try_from(least).ok()?;
    let of_pattern = |number: usize| {
        let pattern = patterns[number % patterns.len()];
        pattern::text(pattern, least, pick.number + number / patterns.len())
    };
    let texts = std::iter::once(Some(plain(0)))
        .chain((0..MAX_TRIES).map(of_pattern))
        .chain(joined(&patterns));
    let mut distinct: Vec<String> = Vec::new();
    for text in texts.flatten() {
        let text_value = Value::from(text);
        let is_new = text_value
            .as_str()
            .is_some_and(|text| !distinct.iter().any(|other| other == text));
        if let Value::String(text) = &text_value
            && is_new
            && is_valid
                .as_ref()
                .is_none_or(|validator| validator.is_valid(&text_value))
        {
            distinct.push(text.clone());
        }
        if distinct.len() > variant {
            break;
        }
    }
    distinct.into_iter().nth(variant)
}

/// Texts of one pattern and then of another, which may keep to both: `^a` and `z$`.
fn joined(patterns: &[&str]) -> Vec<Option<String>> {
    let patterns = &patterns[..patterns.len().min(4)];
    let pair =
        |one: &str, other: &str| Some(pattern::text(one, 0, 0)? + &pattern::text(other, 0, 0)?);
    let pairs = patterns
        .iter()
        .flat_map(|one| patterns.iter().map(move |other| (one, other)));
    let distinct = pairs.filter(|(one, other)| one != other);
    distinct.map(|(one, other)| pair(one, other)).collect()
}

/// A validator of what the schemas say of strings.
fn checker(all: &Conjunction<'_>) -> Option<Validator> {
    let about_strings = |schema: &&Object| {
        let said = schema
            .iter()
            .filter(|(keyword, _)| KEYWORDS.contains(&keyword.as_str()));
        Value::Object(
            said.map(|(keyword, value)| (keyword.clone(), value.clone()))
                .collect(),
        )
    };
    let schemas: Vec<Value> = all.schemas.iter().map(about_strings).collect();
    let options = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(10_000));
    let formats = format::ALL.iter();
    formats
        .fold(options, |options, (name, is_valid)| {
            options.with_format(*name, *is_valid)
        })
        .build(&json!({ "allOf": schemas }))
        .ok()
}

fn of_format(format: &str, all: &Conjunction<'_>, place: &Place<'_>, pick: Pick) -> Option<String> {
    let number = pick.number;
    let day = format!("2026-01-{:02}", 8 + number % 20);
    let text = match format {
        "uuid" => return Some(uuid(place, pick)),
        "ObjectId" => return Some(format!("{:024x}", wide(place, pick) >> 32)),
        "date-time" if all.most("maxLength").is_some_and(|most| most < 24) => {
            return Some(format!("{day}T23:08:28Z"));
        }
        "date-time" => return Some(format!("{day}T23:08:28.975Z")),
        "date" => return Some(day),
        "time" => return Some(format!("23:08:{:02}Z", (28 + number) % 60)),
        "duration" => return Some(format!("PT{}H", 1 + number % 23)),
        "http-date" => "Thu, 08 Jan 2026 23:08:28 GMT",
        "email" | "idn-email" => return plausible::text("email", pick).map(str::to_owned),
        "hostname" | "idn-hostname" => ["example.com", "example.org", "example.net"][number % 3],
        "ipv4" => return Some(format!("192.0.2.{}", 1 + number % 254)),
        "ipv6" => return Some(format!("2001:db8::{:x}", 1 + number % 0xffff)),
        "uri" | "url" | "iri" => {
            let named = plausible::text(place.name, pick).filter(|text| text.starts_with("https:"));
            match (named, number) {
                (Some(named), _) => named,
                (None, 0) => "https://example.com/",
                (None, number) => return Some(format!("https://example.com/{number}")),
            }
        }
        "uri-reference" | "iri-reference" | "json-pointer" => match number {
            0 => "/example",
            number => return Some(format!("/example/{number}")),
        },
        "uri-template" => "/example/{id}",
        "relative-json-pointer" => return Some(number.to_string()),
        "regex" => "^example$",
        "byte" | "base64" => return Some(STANDARD.encode(plausible::word(pick))),
        "base64url" => "ZXhhbXBsZQ",
        "char" => {
            return char::from_u32(u32::from(b'a') + u32::try_from(number % 26).ok()?)
                .map(String::from);
        }
        "decimal" | "decimal128" | "double" | "float" | "number" => {
            return Some(format!("{}.5", 1 + number % 100));
        }
        "int32" | "int64" | "integer" | "uint64" => return Some((1 + number).to_string()),
        "media-range" => "application/json",
        "html" => "<p>Hello, this is an example.</p>",
        "password" => "correct-horse-battery-staple",
        _ => return None,
    };
    Some(text.to_owned())
}

fn by_name(all: &Conjunction<'_>, place: &Place<'_>, pick: Pick) -> String {
    if all
        .texts("contentEncoding")
        .any(|encoding| encoding == "base64")
    {
        return STANDARD.encode(plausible::word(pick));
    }
    match plausible::text(place.name, pick) {
        Some(text) => pick.told_apart(text),
        None if plausible::is_unique_id(place.name) => uuid(place, pick),
        None => pick.told_apart(plausible::word(pick)),
    }
}

/// A version 4 UUID (RFC 9562) that differs from place to place.
fn uuid(place: &Place<'_>, pick: Pick) -> String {
    let bits = wide(place, pick);
    let [a, b, c, d, e] = [
        bits >> 96,
        (bits >> 80) & 0xffff,
        (bits >> 64) & 0x0fff | 0x4000,
        (bits >> 48) & 0x3fff | 0x8000,
        bits & 0xffff_ffff_ffff,
    ];
    format!("{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
}

fn wide(place: &Place<'_>, pick: Pick) -> u128 {
    let hash = place
        .fingerprint(pick.spin)
        .wrapping_add(pick.variant as u64);
    let spread = hash.rotate_left(29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    u128::from(hash) << 64 | u128::from(spread)
}

/// Repeats or cuts a text until its length is allowed, at an end where its format bears it. What
/// breaks by it is refused by the validation that follows.
fn of_length(text: String, format: Option<&str>, all: &Conjunction<'_>) -> String {
    let least = all.least("minLength").unwrap_or(0);
    let most = all.most("maxLength").unwrap_or(u64::MAX);
    let length = text.chars().count() as u64;
    let wanted = length.max(least).min(most);
    if wanted == length {
        return text;
    }
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    let missing = wanted.saturating_sub(text.chars().count());
    match format {
        Some("email" | "idn-email") if missing > 0 => "a".repeat(missing) + &text,
        Some("uri" | "url" | "iri" | "uri-reference" | "iri-reference" | "json-pointer")
            if missing > 0 =>
        {
            text + &"a".repeat(missing)
        }
        Some("uri" | "url" | "iri") => "a:example/".chars().cycle().take(wanted).collect(),
        Some("email" | "idn-email") => "a@example.com".chars().take(wanted).collect(),
        Some("byte" | "base64") => STANDARD.encode("a".repeat(wanted / 4 * 3)),
        _ => {
            let source = if text.is_empty() { "x" } else { &text };
            source.chars().cycle().take(wanted).collect()
        }
    }
}
