//! Groups of responses: of all successes one type, of all errors one type.

use serde_json::Value;

use super::{
    operation::Operation,
    response::{Body, Response},
    unions,
};
use crate::{
    codegen::{names::type_name, notes::Notes, schemas::Schemas},
    description::join,
};

/// Whether a response belongs to a group.
type Group = fn(&Response) -> bool;

fn is_success(response: &Response) -> bool {
    response.status.starts_with('2')
}

fn is_error(response: &Response) -> bool {
    response.status.starts_with(['4', '5'])
}

/// Makes the successes agree on one type, and the errors on one.
pub(super) fn agree(
    operation: &Operation<'_>,
    responses: &mut Vec<Response>,
    schemas: &mut Schemas,
    notes: &mut Notes,
) {
    spread_default(operation, responses, notes);
    agree_within(operation, responses, is_success, "Success", schemas, notes);
    agree_within(operation, responses, is_error, "Error", schemas, notes);
}

/// `default` stands for the answers without one of their own: to the client, errors, and success when none is documented.
fn spread_default(operation: &Operation<'_>, responses: &mut Vec<Response>, notes: &mut Notes) {
    let Some(at) = responses
        .iter()
        .position(|response| response.status == "default")
    else {
        return;
    };
    let default = responses.remove(at);
    let mut ranges = vec!["4XX", "5XX"];
    if !responses.iter().any(is_success) {
        ranges.insert(0, "2XX");
    }
    ranges.retain(|range| responses.iter().all(|response| response.status != *range));
    notes.add(format!(
        "{}: the client takes the answer `default` for {}.",
        operation.shown(),
        ranges.join(", ")
    ));
    responses.extend(ranges.into_iter().map(|range| Response {
        status: range.to_owned(),
        description: default.description.clone(),
        body: default.body.clone(),
    }));
}

/// Makes one type of the bodies of a group.
fn agree_within(
    operation: &Operation<'_>,
    responses: &mut Vec<Response>,
    group: Group,
    ending: &str,
    schemas: &mut Schemas,
    notes: &mut Notes,
) {
    let bodies = || {
        responses
            .iter()
            .filter(|response| group(response))
            .map(|response| &response.body)
    };
    let mut typed: Vec<Value> = Vec::new();
    for body in bodies() {
        if let Body::Json(schema) = body
            && !typed.contains(schema)
        {
            typed.push(schema.clone());
        }
    }
    leave_out_untyped(operation, responses, group, !typed.is_empty(), notes);
    if typed.len() < 2 {
        return;
    }
    let wanted = format!("{}{ending}", type_name(&operation.id));
    let origin = join(&operation.place.pointer, "responses");
    let union = unions::add(&wanted, &operation.shown(), typed, &origin, schemas, notes);
    for response in responses.iter_mut().filter(|response| group(response)) {
        response.body = Body::Json(union.clone());
    }
}

/// Beside a typed body there is no room for bytes, and beside bytes none for nothing.
fn leave_out_untyped(
    operation: &Operation<'_>,
    responses: &mut Vec<Response>,
    group: Group,
    has_typed: bool,
    notes: &mut Notes,
) {
    let has_bytes = responses
        .iter()
        .any(|response| group(response) && response.body == Body::Bytes);
    let mut left_out = Vec::new();
    responses.retain(|response| {
        let stays = !group(response)
            || match response.body {
                Body::Json(_) => true,
                Body::Bytes => !has_typed,
                Body::Nothing => !has_typed && !has_bytes,
            };
        if !stays {
            left_out.push(response.status.clone());
        }
        stays
    });
    if !left_out.is_empty() {
        let statuses = left_out.join(", ");
        let shown = operation.shown();
        notes.add(format!("{shown}: answers with status {statuses} have no type among those that have one; to the client they are unexpected."));
    }
}
