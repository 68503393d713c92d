//! A refusal as a problem (RFC 9457), with every violation in `errors`.

use serde::{
    Serialize,
    ser::{SerializeMap, Serializer},
};

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
        .map(|violation| [&*violation.place.text(), ": ", &violation.message].concat());
    Reply::problem(
        refused.status,
        &detail.unwrap_or_default(),
        &errors(refused.violations),
    )
}

/// Violations as members of a problem.
#[derive(Serialize)]
pub(crate) struct Errors<'a> {
    errors: Vec<Error<'a>>,
    /// How many there are, where these are not all.
    #[serde(rename = "errorCount", skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

/// Violations as members of a problem: `errors`, and their number where these are not all.
pub(crate) fn errors(violations: &[Violation]) -> Errors<'_> {
    Errors {
        errors: violations.iter().take(MAX_ERRORS).map(Error).collect(),
        count: (violations.len() > MAX_ERRORS).then_some(violations.len()),
    }
}

/// A violation as a member of `errors`.
struct Error<'a>(&'a Violation);

impl Serialize for Error<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Violation {
            place,
            rule,
            message,
            stated,
        } = self.0;
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("detail", message)?;
        add_place(place, &mut members)?;
        members.serialize_entry("rule", rule.code())?;
        if let Some(stated) = stated {
            members.serialize_entry("stated", &stated.text())?;
        }
        members.end()
    }
}

/// A place as a member: a pointer as a URI fragment (RFC 9457 section 3, its first example), or
/// the name of a parameter.
fn add_place<M: SerializeMap>(place: &Place, members: &mut M) -> Result<(), M::Error> {
    match place {
        Place::Method => members.serialize_entry("in", "method"),
        Place::Status => members.serialize_entry("in", "status"),
        Place::Path => members.serialize_entry("in", "path"),
        Place::Reply => members.serialize_entry("in", "reply"),
        Place::PathParameter(name) => members.serialize_entry("path", &**name),
        Place::Query(name) => members.serialize_entry("query", &**name),
        Place::Header(name) => members.serialize_entry("header", &**name),
        Place::Cookie(name) => members.serialize_entry("cookie", &**name),
        Place::Body(pointer) => members.serialize_entry("pointer", &fragment(pointer)),
        Place::PartHeader(part, name) => {
            members.serialize_entry("pointer", &fragment(part))?;
            members.serialize_entry("header", &**name)
        }
    }
}

fn fragment(pointer: &str) -> String {
    ["#", pointer].concat()
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
