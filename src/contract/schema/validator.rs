//! A schema of the description as a validator of tapes.

use std::sync::Arc;

use jsonschema::{
    Draft, PatternOptions, Registry, ValidationError, ValidationOptions, Validator,
    error::ValidationErrorKind, paths::Location,
};
use serde_json::{Value, json};

use super::{
    constant::{self, Constant},
    limit::{self, Limit},
    view::{OWN, Views},
};
use crate::{
    contract::{direction::Direction, format},
    description::{Description, Finding, FindingCode, fragment, percent_decode},
    exchange::Tape,
};

/// What the document is called inside the validators, so that each error names its keyword's place.
const DOCUMENT: &str = "urn:mynah:description";

/// How far a pattern with look-around or back-references may search before it counts as no match.
const BACKTRACK_LIMIT: usize = 10_000;

/// Whether texts match a pattern, as `pattern` has it; `None` where that is none.
pub(super) fn of_pattern(pattern: &str) -> Option<Validator<Tape>> {
    let options = jsonschema::options_for::<Tape>()
        .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT));
    options.build(&json!({ "pattern": pattern })).ok()
}

/// The validator of the schema at a pointer.
///
/// # Errors
/// A schema that cannot be compiled, with its place.
pub(super) fn of(
    views: &Views,
    pointer: &str,
    direction: Direction,
) -> Result<Validator<Tape>, Finding> {
    let description = views.description();
    // Made anew for each schema, since it borrows the document: that takes some 30 microseconds.
    let registry = Registry::new()
        .draft(Draft::Draft202012)
        .add(DOCUMENT, views.of(direction))
        .and_then(|registry| registry.prepare())
        .map_err(|error| {
            description.finding(FindingCode::ReferenceUnresolved, "", error.to_string())
        })?;
    let options = jsonschema::options_for::<Tape>()
        .with_draft(Draft::Draft202012)
        .with_registry(&registry)
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT));
    let options = with_exact_numbers(options, views);
    let reference = format!("{DOCUMENT}{}", fragment(pointer));
    format::ALL
        .iter()
        .fold(options, |options, (name, is_valid)| {
            options.with_format(*name, *is_valid)
        })
        .build(&json!({ "$ref": reference }))
        .map_err(|error| {
            let place = place_of(description, &error, pointer);
            let message = match error.kind() {
                ValidationErrorKind::Format { format } if format == "regex" => {
                    format!("{} is not a regular expression", error.instance())
                }
                _ => format!("this schema does not compile: {error}"),
            };
            description.finding(FindingCode::Schema, &place, message)
        })
}

/// The options with keywords that know each digit of a number.
fn with_exact_numbers<'r, R>(
    mut options: ValidationOptions<'r, R, Tape>,
    views: &Views,
) -> ValidationOptions<'r, R, Tape> {
    for keyword in limit::KEYWORDS {
        let description = Arc::clone(views.description());
        options = options.with_keyword(keyword, move |_, value, place| {
            let digits = match value.is_f64() {
                true => written(&description, &place, value),
                false => value.to_string(),
            };
            let limit = Limit::new(keyword, value, &digits);
            Ok(Box::new(
                limit.ok_or_else(|| ValidationError::custom("no number"))?,
            ))
        });
    }
    // Nearly no document has such values, and the validators' own keywords are quicker.
    if !views.has_long_numbers() {
        return options;
    }
    for keyword in constant::KEYWORDS {
        let description = Arc::clone(views.description());
        options = options.with_keyword(keyword, move |_, value, place| {
            let text = written(&description, &place, value);
            let constant = Constant::new(keyword, value, &text);
            Ok(Box::new(
                constant.ok_or_else(|| ValidationError::custom("no value"))?,
            ))
        });
    }
    options
}

/// A value of a schema as the document writes it.
fn written(description: &Description, place: &Location, value: &Value) -> String {
    let text = description.json_text(&in_document(place.as_str().to_owned()));
    let is_it = |text: &String| {
        let read = Tape::parse(text.as_bytes());
        read.is_ok_and(|read| read.root().rounds_to(value))
    };
    // What a discriminator comes to stands at places of its own.
    text.filter(is_it).unwrap_or_else(|| value.to_string())
}

/// The place in the document of a place in what validators see: what a schema that decides says itself
/// stands where the schema does.
fn in_document(place: String) -> String {
    match place.contains(OWN) {
        true => place.replace(&format!("/{OWN}"), ""),
        false => place,
    }
}

/// The nearest place that an error of compilation tells: it has a path from the document or from
/// the schema, or none.
fn place_of(description: &Description, error: &ValidationError<'_>, pointer: &str) -> String {
    let path = error.schema_path().as_str();
    let candidates = [path.to_owned(), format!("{pointer}{path}")];
    let known = |place: &String| !path.is_empty() && description.at(place).is_some();
    let place = candidates.into_iter().find(known);
    place.unwrap_or_else(|| pointer.to_owned())
}

/// The pointer in a keyword's location, as the validators give it.
pub(crate) fn pointer_of(keyword_location: &str) -> Option<String> {
    let fragment = keyword_location.strip_prefix(DOCUMENT)?.strip_prefix('#')?;
    Some(in_document(percent_decode(fragment)))
}
