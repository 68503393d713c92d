//! Values held against their schemas.

mod message;
mod told;

use std::iter;

use ahash::AHashSet;
use jsonschema::{ValidationError, error::ValidationErrorKind as Kind};
use serde_json::Value;

use super::decode::{Decoded, body::Body};
use crate::{
    contract::{Api, Header, Schema, Validity},
    description::join,
    exchange::{Place, Rule, Tape, TapeNode, Violation},
};
use told::Told;

/// Reports every way in which the values break their schemas.
pub(super) fn validate(api: &Api, decoded: &Decoded<'_>, violations: &mut Vec<Violation>) {
    for (parameter, cell) in &decoded.parameters {
        let Some(schema) = &parameter.schema else {
            continue;
        };
        let place = |pointer: String| parameter.violation_place_at(&pointer);
        check(api, schema, decoded.values.node(*cell), &place, violations);
    }
    if let Some(body) = &decoded.body {
        check_body(api, body, violations);
    }
}

/// Holds a body against its schemas, and the header fields of its parts against theirs.
pub(super) fn check_body(api: &Api, body: &Body<'_>, violations: &mut Vec<Violation>) {
    for (header, place, value) in &body.headers {
        check_header(api, header, place, value, violations);
    }
    let root = body.tape.root();
    if let Some(schema) = &body.content.schema {
        check(api, schema, root, &Place::Body, violations);
    }
    if let Some(schema) = &body.content.item_schema {
        for (index, item) in root.items().enumerate() {
            let place = |pointer: String| Place::Body(format!("/{index}{pointer}"));
            check(api, schema, item, &place, violations);
        }
    }
}

/// Holds the value of a header field against its schema.
pub(super) fn check_header(
    api: &Api,
    header: &Header,
    place: &Place,
    value: &Value,
    violations: &mut Vec<Violation>,
) {
    if let Some(schema) = &header.schema {
        let value = Tape::from(value);
        let place = |_: String| place.clone();
        check(api, schema, value.root(), &place, violations);
    }
}

/// Holds one value against a schema; `place` turns a pointer into the value to a place.
pub(super) fn check(
    api: &Api,
    schema: &Schema,
    value: TapeNode<'_>,
    place: &dyn Fn(String) -> Place,
    violations: &mut Vec<Violation>,
) {
    let validator = match schema.validator() {
        Ok(validator) => validator,
        Err(finding) => {
            violations.push(Violation {
                place: place(String::new()),
                rule: Rule::Undecidable,
                message: finding.message,
                stated: Some(finding.location),
            });
            return;
        }
    };
    let errors = match validator.validity(value) {
        Validity::Valid => return,
        Validity::Invalid(errors) => errors,
        Validity::Undecided => {
            add_too_complex(place(String::new()), violations);
            return;
        }
    };
    let start = violations.len();
    violations.reserve(errors.len().min(MAX_REPORTED));
    let told = Told::new(api, schema, value, place);
    let mut length = 0;
    for error in errors.iter().take(MAX_REPORTED) {
        let reported = violations.len();
        report(&told, error, violations);
        let new = &violations[reported..];
        length += new.iter().map(|new| new.message.len()).sum::<usize>();
        if length > MAX_LENGTH {
            break;
        }
    }
    drop_echoes(violations, start);
}

/// Reports, once, a value that is wrong or may be: nobody can say in good time.
pub(super) fn add_too_complex(place: Place, violations: &mut Vec<Violation>) {
    let is_told = |it: &Violation| it.rule == Rule::TooComplex && it.place == place;
    if !violations.iter().any(is_told) {
        violations.push(Violation {
            place,
            rule: Rule::TooComplex,
            message:
                "to hold this against its schema takes more steps than a value of its size may"
                    .to_owned(),
            stated: None,
        });
    }
}

/// Of a value with more faults than this only so many are told: whoever mends these sees the others.
const MAX_REPORTED: usize = 10_000;

/// So are those after so many bytes: each repeats all that an `enum` allows, or what each of a thousand branches lacks.
const MAX_LENGTH: usize = 1 << 20;

/// Drops what says nothing new: a value of a wrong type is none of an `enum` either, and a rule that
/// two parts of a schema share is broken once.
fn drop_echoes(violations: &mut Vec<Violation>, start: usize) {
    let new = &violations[start..];
    if new.len() < 2 {
        return;
    }
    let of_type = |violation: &&Violation| matches!(violation.rule, Rule::Type(_));
    let mistyped = new.iter().filter(of_type).map(|violation| &violation.place);
    let mistyped: AHashSet<&Place> = mistyped.collect();
    let mut told = AHashSet::with_capacity(new.len());
    let are_new = new.iter().map(|violation| {
        let Violation {
            place,
            rule,
            message,
            ..
        } = violation;
        let is_echo = matches!(rule, Rule::Enum(_)) && mistyped.contains(place);
        !is_echo && told.insert((place, message))
    });
    let are_new: Vec<bool> = are_new.collect();
    let mut are_kept = iter::repeat_n(true, start).chain(are_new);
    violations.retain(|_| are_kept.next().unwrap_or(true));
}

/// One error of the validator as violations: each at the value that has to change.
fn report(told: &Told<'_>, error: &ValidationError<'_>, violations: &mut Vec<Violation>) {
    let at = error.instance_path().as_str();
    let mut add = |pointer: String, rule: Rule, message: String| {
        violations.push(Violation {
            place: (told.place)(pointer),
            rule,
            message,
            stated: told.stated_at(error),
        });
    };
    match error.kind() {
        Kind::Required {
            property: Value::String(name),
        } => {
            add(join(at, name), Rule::Required, message::MISSING.to_owned());
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            for name in unexpected.iter().take(MAX_REPORTED) {
                let rule = Rule::Keyword(error.kind().keyword().to_owned().into());
                add(
                    join(at, name),
                    rule,
                    "not a documented property, and no other is allowed".to_owned(),
                );
            }
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => match meant(context, at) {
            Some(branch) => branch
                .iter()
                .for_each(|error| report(told, error, violations)),
            None => {
                let (rule, message) = message::of(error, told);
                add(at.to_owned(), rule, message);
            }
        },
        _ => {
            let (rule, message) = message::of(error, told);
            add(at.to_owned(), rule, message);
        }
    }
}

/// Of the branches of `anyOf` or `oneOf`, the one that was meant: the only one that the value has
/// the type for, and no constant against. `None` when that leaves several, or none.
fn meant<'e>(
    branches: &'e [Vec<ValidationError<'static>>],
    at: &str,
) -> Option<&'e [ValidationError<'static>]> {
    let excludes = |error: &ValidationError<'_>| match error.kind() {
        Kind::Type { .. } => error.instance_path().as_str() == at,
        Kind::Constant { .. } | Kind::Enum { .. } => true,
        _ => false,
    };
    let mut possible = branches
        .iter()
        .filter(|branch| !branch.iter().any(excludes));
    match (possible.next(), possible.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}
