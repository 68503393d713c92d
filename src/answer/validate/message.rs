//! What is wrong with a value, in words that say what to change.

use jsonschema::{
    JsonType, ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use super::told::Told;
use crate::exchange::Rule;

/// A number with fewer digits than this is one that a double holds.
const MAX_DIGITS: usize = 16;

/// How much of a value is shown.
const MAX_SHOWN: usize = 60;

/// What is said of a required property that is not there.
pub(crate) const MISSING: &str = "required, but missing";

/// The rule that an error is about, and a sentence on it.
pub(super) fn of(error: &ValidationError<'_>, told: &Told<'_>) -> (Rule, String) {
    let value = shown(error.instance(), &error.instance_path().to_string(), told);
    match error.kind() {
        Kind::Type { kind } => {
            let expected = types(kind);
            let message = match &**error.instance() {
                Value::Null => format!("expected {expected}, found null"),
                other => format!(
                    "expected {expected}, found {} {value}",
                    JsonType::from(other)
                ),
            };
            (Rule::Type(expected), message)
        }
        Kind::Format { format } => {
            let message = format!("{value} is not of the format `{format}`");
            (Rule::Format(format.clone()), message)
        }
        Kind::Pattern { pattern } => {
            let message = format!("{value} does not match `{pattern}`");
            (Rule::Pattern(pattern.clone()), message)
        }
        Kind::Enum { options } => {
            let options = options.as_array().map_or(&[][..], Vec::as_slice);
            let written = |(index, option): (usize, &Value)| {
                written(option, || told.stated(error, &format!("/{index}")))
            };
            one_of(&value, options.iter().enumerate().map(written).collect())
        }
        Kind::Constant { expected_value } => {
            let written = written(expected_value, || told.stated(error, ""));
            one_of(&value, vec![written])
        }
        other => match bound(error, &value, told) {
            Some((limit, message)) => (
                Rule::Bound(other.keyword().to_owned().into(), limit),
                message,
            ),
            None => (
                Rule::Keyword(other.keyword().to_owned().into()),
                by_keyword(other, &value, told),
            ),
        },
    }
}

/// The limit that a value is beyond, and a sentence on it.
fn bound(error: &ValidationError<'_>, value: &str, told: &Told<'_>) -> Option<(String, String)> {
    let instance = error.instance();
    let size = || match &**instance {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    let has = |things: &str| match size() {
        1 => format!("has 1 {}", singular(things)),
        size => format!("has {size} {things}"),
    };
    let too_few = |limit: &u64, things: &str| {
        let verb = if *limit == 1 { "is" } else { "are" };
        let message = format!("{}; at least {limit} {verb} needed", has(things));
        Some((limit.to_string(), message))
    };
    let too_many = |limit: &u64, things: &str| {
        let verb = if *limit == 1 { "is" } else { "are" };
        let message = format!("{}; at most {limit} {verb} allowed", has(things));
        Some((limit.to_string(), message))
    };
    let compared = |limit: String, how: &str| {
        // A double may have lost some of the digits that the description has.
        let limit = match limit.len() < MAX_DIGITS {
            true => limit,
            false => told.stated(error, "").unwrap_or(limit),
        };
        let message = format!("{value} is {how} {limit}");
        Some((limit, message))
    };
    match error.kind() {
        Kind::MinLength { limit } => too_few(limit, "characters"),
        Kind::MaxLength { limit } => too_many(limit, "characters"),
        Kind::MinItems { limit } => too_few(limit, "items"),
        Kind::MaxItems { limit } => too_many(limit, "items"),
        Kind::MinProperties { limit } => too_few(limit, "properties"),
        Kind::MaxProperties { limit } => too_many(limit, "properties"),
        Kind::Minimum { limit } => compared(limit.to_string(), "less than"),
        Kind::Maximum { limit } => compared(limit.to_string(), "more than"),
        Kind::ExclusiveMinimum { limit } => compared(limit.to_string(), "not more than"),
        Kind::ExclusiveMaximum { limit } => compared(limit.to_string(), "not less than"),
        Kind::MultipleOf { multiple_of } => compared(multiple_of.to_string(), "not a multiple of"),
        _ => None,
    }
}

fn singular(things: &str) -> &str {
    match things {
        "properties" => "property",
        things => things.trim_end_matches('s'),
    }
}

fn by_keyword(kind: &Kind, value: &str, told: &Told<'_>) -> String {
    match kind {
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            let branches: Vec<String> = context
                .iter()
                .filter_map(|branch| brief(branch, told))
                .collect();
            let count = context.len();
            format!(
                "{value} fits none of {count} documented alternatives: {}",
                branches.join("; or ")
            )
        }
        Kind::OneOfMultipleValid { .. } => {
            format!(
                "{value} fits more than one of the documented alternatives, and must fit one only"
            )
        }
        Kind::Not { .. } => format!("{value} is what `not` excludes"),
        Kind::FalseSchema => "nothing may stand here".to_owned(),
        Kind::UniqueItems => "two of the items are equal".to_owned(),
        Kind::Contains => "too few or too many items are what `contains` asks for".to_owned(),
        Kind::PropertyNames { error } => format!("the name of a property: {}", of(error, told).1),
        Kind::AdditionalItems { limit } => format!("has more than the {limit} documented items"),
        Kind::BacktrackLimitExceeded { .. } => {
            format!("{value} cannot be held against the pattern within its limit")
        }
        other => format!("{value} breaks `{}`", other.keyword()),
    }
}

/// What one alternative asks for, by the first of its errors.
fn brief(branch: &[ValidationError<'static>], told: &Told<'_>) -> Option<String> {
    let error = branch.first()?;
    let at = error.instance_path().to_string();
    match error.kind() {
        Kind::Required {
            property: Value::String(name),
        } => Some(format!("`{at}/{name}` {MISSING}")),
        _ if at.is_empty() => Some(of(error, told).1),
        _ => Some(format!("`{at}` {}", of(error, told).1)),
    }
}

/// A value of the description as JSON: a number, which may have lost digits, as it stands there.
fn written(value: &Value, stated: impl FnOnce() -> Option<String>) -> String {
    let rounded = value.to_string();
    match value.is_f64() && rounded.len() >= MAX_DIGITS {
        true => stated().unwrap_or(rounded),
        false => rounded,
    }
}

fn one_of(value: &str, options: Vec<String>) -> (Rule, String) {
    let message = match &options[..] {
        [only] => format!("{value} is not {only}"),
        many => format!("{value} is not one of {}", many.join(", ")),
    };
    (Rule::Enum(options), message)
}

/// `integer`, or `string or null`.
fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => one.to_string(),
        TypeKind::Multiple(set) => {
            let mut names: Vec<String> = set.iter().map(|one| one.to_string()).collect();
            // `integer or null`: the exception comes last.
            names.sort_by_key(|name| name == "null");
            names.join(" or ")
        }
    }
}

/// A value as JSON, cut to what can be read in a line; of secrets, nothing.
fn shown(value: &Value, pointer: &str, told: &Told<'_>) -> String {
    if told.hides(pointer) {
        return "(not shown)".to_owned();
    }
    let json = match value {
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Array(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        Value::Number(number) => match told.digits(pointer) {
            Some(digits) => digits.to_owned(),
            None => number.to_string(),
        },
        scalar => scalar.to_string(),
    };
    match json.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json,
    }
}
