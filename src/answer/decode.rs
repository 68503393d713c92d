//! From text and bytes to values, by the types that the schemas give them.

pub(super) mod body;
mod charset;
mod coding;
mod content;
pub(super) mod fault;
mod fields;
mod form;
mod formats;
pub(super) mod header;
mod json;
mod layout;
mod multipart;
mod one_way;
mod pairs;
mod parameter;
mod readings;
mod sequence;
mod undeclared;
mod xml;

use super::route::Captured;
use crate::{
    contract::{Api, Operation, Parameter, Strictness},
    exchange::{Request, Tape, Violation},
};
use body::Body;
pub(super) use coding::CODINGS;
pub(crate) use coding::uncoded;
pub(super) use pairs::{cookie_value, query_value};

/// What a request says, as values.
#[derive(Default)]
pub(super) struct Decoded<'a> {
    /// The parameters that are there, each with the cell where its value begins in `values`.
    pub(super) parameters: Vec<(&'a Parameter, u32)>,
    /// The values of the parameters.
    pub(super) values: Tape,
    /// The body, when there is one that could be read.
    pub(super) body: Option<Body<'a>>,
    /// The body as it was sent, where something was left out of it.
    pub(super) sent: Option<Tape>,
}

/// Reads all that is described, and reports what cannot be read, what is missing, and what is not the
/// client's to send.
pub(super) fn decode<'a>(
    api: &Api,
    operation: &'a Operation,
    captured: &Captured<'_>,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Decoded<'a> {
    let mut decoded = Decoded::default();
    parameter::read_all(api, operation, captured, request, &mut decoded, violations);
    if api.settings().strictness == Strictness::Strict {
        let formats = formats::of_query(api, request, &mut Vec::new());
        undeclared::report(api, operation, request, formats, violations);
        undeclared::report_body(api, operation, request, violations);
    }
    if let Some(described) = &operation.body {
        decoded.body = body::read(api, described, request, violations);
        if let Some(body) = &mut decoded.body
            && let Some(kept) = one_way::body_without(api, body.content, &body.tape, violations)
        {
            decoded.sent = Some(std::mem::replace(&mut body.tape, kept));
        }
    }
    decoded
}
