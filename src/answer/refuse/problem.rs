//! A refusal as a problem (RFC 9457), with every violation in `errors`.

use serde_json::{Map, Value};

use crate::{
    contract::Refused,
    description::tokens,
    exchange::{Place, Reply, Violation},
};

/// More than these are counted only: a body of thousands of faults is not answered in megabytes.
pub(super) const MAX_ERRORS: usize = 100;

/// The refusal: the first violation of the gravest cause in `detail`, all of them in `errors`.
pub(super) fn problem(refused: &Refused<'_>) -> Reply {
    let detail = refused
        .gravest()
        .next()
        .map(|violation| format!("{}: {}", violation.place, violation.message));
    Reply::problem(
        refused.status,
        &detail.unwrap_or_default(),
        errors(refused.violations),
    )
}

/// Violations as members of a problem: `errors`, and their number where these are not all.
pub(crate) fn errors(violations: &[Violation]) -> Map<String, Value> {
    let errors: Vec<Value> = violations.iter().take(MAX_ERRORS).map(error).collect();
    let mut members = Map::new();
    members.insert("errors".to_owned(), errors.into());
    if violations.len() > MAX_ERRORS {
        members.insert("errorCount".to_owned(), violations.len().into());
    }
    members
}

fn error(violation: &Violation) -> Value {
    let mut members = Map::new();
    let (key, place) = place(&violation.place);
    members.insert("detail".to_owned(), violation.message.as_str().into());
    members.insert(key.to_owned(), place.into());
    if let Place::PartHeader(_, name) = &violation.place {
        members.insert("header".to_owned(), name.to_string().into());
    }
    members.insert("rule".to_owned(), violation.rule.code().into());
    if let Some(stated) = &violation.stated {
        members.insert("stated".to_owned(), stated.to_string().into());
    }
    Value::Object(members)
}

/// A place as a member: a pointer as a URI fragment (RFC 9457 section 3, its first example), or
/// the name of a parameter.
fn place(place: &Place) -> (&'static str, String) {
    match place {
        Place::Method => ("in", "method".to_owned()),
        Place::Status => ("in", "status".to_owned()),
        Place::Path => ("in", "path".to_owned()),
        Place::Reply => ("in", "reply".to_owned()),
        Place::PathParameter(name) => ("path", name.to_string()),
        Place::Query(name) => ("query", name.to_string()),
        Place::Header(name) => ("header", name.to_string()),
        Place::Cookie(name) => ("cookie", name.to_string()),
        Place::Body(pointer) => ("pointer", format!("#{pointer}")),
        Place::PartHeader(part, _) => ("pointer", format!("#{part}")),
    }
}

/// The field that a violation is about, in words: `conversation.title`, or a parameter's name.
pub(super) fn field(violation: &Violation) -> String {
    match &violation.place {
        Place::Method => "method".to_owned(),
        Place::Status => "status".to_owned(),
        Place::Path => "path".to_owned(),
        Place::Reply => "reply".to_owned(),
        Place::PathParameter(name)
        | Place::Query(name)
        | Place::Header(name)
        | Place::Cookie(name)
        | Place::PartHeader(_, name) => name.to_string(),
        Place::Body(pointer) if pointer.is_empty() => "body".to_owned(),
        Place::Body(pointer) => tokens(pointer).collect::<Vec<_>>().join("."),
    }
}
