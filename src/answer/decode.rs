//! From text and bytes to values, by the types that the schemas give them.

mod body;
mod fields;
mod form;
mod multipart;
mod pairs;
mod parameter;

use super::route::Captured;
use crate::{
    contract::{Api, Operation, Parameter, RequestContent},
    exchange::{Request, Tape, Violation},
};
pub(super) use pairs::{cookie_value, decode as form_decoded, query_value, split as pairs};

/// What a request says, as values.
#[derive(Default)]
pub(super) struct Decoded<'a> {
    /// The parameters that are there, each with the cell where its value begins in `values`.
    pub(super) parameters: Vec<(&'a Parameter, u32)>,
    /// The values of the parameters.
    pub(super) values: Tape,
    /// The body, when there is one that could be read.
    pub(super) body: Option<(&'a RequestContent, Tape)>,
}

/// Reads all that is described, and reports what cannot be read and what is missing.
pub(super) fn decode<'a>(
    api: &Api,
    operation: &'a Operation,
    captured: &Captured<'_>,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Decoded<'a> {
    let mut decoded = Decoded::default();
    parameter::read_all(api, operation, captured, request, &mut decoded, violations);
    if let Some(described) = &operation.body {
        decoded.body = body::read(api, described, request, violations);
    }
    decoded
}
