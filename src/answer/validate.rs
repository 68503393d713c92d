//! Values held against their schemas.

mod message;

use std::collections::HashSet;

use jsonschema::ValidationError;
use serde_json::Value;

use super::decode::Decoded;
use crate::{
    contract::{Api, Schema, pointer_of},
    description::join,
    exchange::{Place, Rule, TapeNode, Violation},
};
use jsonschema::error::ValidationErrorKind as Kind;

/// Reports every way in which the values break their schemas.
pub(super) fn validate(api: &Api, decoded: &Decoded<'_>, violations: &mut Vec<Violation>) {
    for (parameter, cell) in &decoded.parameters {
        let Some(schema) = &parameter.schema else {
            continue;
        };
        let place = |pointer: String| parameter.violation_place_at(&pointer);
        check(api, schema, decoded.values.node(*cell), &place, violations);
    }
    for (header, at, cell) in &decoded.part_headers {
        if let Some(schema) = &header.schema {
            let place = |_: String| at.clone();
            check(api, schema, decoded.values.node(*cell), &place, violations);
        }
    }
    let Some((content, body)) = &decoded.body else {
        return;
    };
    if let Some(schema) = &content.schema {
        check(api, schema, body.root(), &Place::Body, violations);
    }
    if let Some(schema) = &content.item_schema {
        for (index, item) in body.root().items().enumerate() {
            let place = |pointer: String| Place::Body(format!("/{index}{pointer}"));
            check(api, schema, item, &place, violations);
        }
    }
}

pub(crate) use message::MISSING;

/// Holds one value against a schema; `place` turns a pointer into the value to a place.
pub(crate) fn check(
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
    // Nearly all values are valid, and asking only that costs a third of asking why not.
    if validator.is_valid(value) {
        return;
    }
    let start = violations.len();
    for error in validator.iter_errors(value).take(MAX_REPORTED) {
        report(api, &error, place, violations);
    }
    drop_echoes(violations, start);
}

/// Of a value with more faults than this only so many are told: whoever mends these sees the others.
const MAX_REPORTED: usize = 10_000;

/// Drops what says nothing new: a value of a wrong type is none of an `enum` either, and a rule that
/// two parts of a schema share is broken once.
fn drop_echoes(violations: &mut Vec<Violation>, start: usize) {
    let new = violations.split_off(start);
    let of_type = |violation: &&Violation| matches!(violation.rule, Rule::Type(_));
    let mistyped: HashSet<Place> = new
        .iter()
        .filter(of_type)
        .map(|violation| violation.place.clone())
        .collect();
    let mut told = HashSet::new();
    violations.extend(new.into_iter().filter(|violation| {
        let is_echo =
            matches!(violation.rule, Rule::Enum(_)) && mistyped.contains(&violation.place);
        !is_echo && told.insert((violation.place.clone(), violation.message.clone()))
    }));
}

/// One error of the validator as violations: each at the value that has to change.
fn report(
    api: &Api,
    error: &ValidationError<'_>,
    place: &dyn Fn(String) -> Place,
    violations: &mut Vec<Violation>,
) {
    let at = error.instance_path().to_string();
    let stated = error.absolute_keyword_location();
    let stated = stated.and_then(|uri| pointer_of(uri.as_str()));
    let called = called(api, stated.as_deref(), place);
    let mut add = |pointer: String, rule: Rule, message: String| {
        violations.push(Violation {
            place: place(pointer),
            rule,
            message,
            stated: stated.as_ref().map(|pointer| api.locate(pointer)),
        });
    };
    match error.kind() {
        Kind::Required {
            property: Value::String(name),
        } => {
            add(join(&at, name), Rule::Required, message::MISSING.to_owned());
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            for name in unexpected {
                let rule = Rule::Keyword(error.kind().keyword().to_owned().into());
                add(
                    join(&at, name),
                    rule,
                    "not a documented property, and no other is allowed".to_owned(),
                );
            }
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => match meant(context, &at) {
            Some(branch) => branch
                .iter()
                .for_each(|error| report(api, error, place, violations)),
            None => {
                let (rule, message) = message::of(error, &called);
                add(at, rule, message);
            }
        },
        _ => {
            let (rule, message) = message::of(error, &called);
            add(at, rule, message);
        }
    }
}

/// What a value is called: the place of the whole, and the format that a rule's own schema names, by
/// which a secret is known too.
fn called(api: &Api, stated: Option<&str>, place: &dyn Fn(String) -> Place) -> String {
    let schema = stated.and_then(|keyword| Some(keyword.rsplit_once('/')?.0));
    let format = schema.and_then(|schema| api.description().at(&join(schema, "format")));
    let format = format.and_then(Value::as_str).unwrap_or("");
    format!("{} {format}", place(String::new()))
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
