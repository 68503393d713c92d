//! From the decision to the reply.

use std::sync::Arc;

use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value};

use super::{choose::Decision, decode::Decoded, refuse};
use crate::{
    contract::{Api, DocumentedReply, Example, Operation, ReplyContent, TypedReply},
    exchange::{Choice, PROBLEM_JSON, Reply, ReplySource, Tape, Violation, Why},
};

/// RFC 7240 section 3.
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Makes the reply that was decided on. A documented one was prepared when the API was compiled and
/// is only shared.
pub(super) fn render(
    api: &Api,
    operation: &Operation,
    decoded: &Decoded<'_>,
    decision: Decision<'_>,
    violations: &[Violation],
) -> (Choice, Arc<Reply>) {
    match decision {
        Decision::Documented {
            why,
            status,
            reply,
            body,
        } => {
            let (choice, reply) = documented(why, status, reply, body);
            let reply = challenging(reply, api, operation);
            (choice, refuse::tracing(reply, violations))
        }
        Decision::Typed { why, reply } => typed(operation, decoded, why, reply),
        Decision::Refused { cause, status } => {
            refuse::refuse(api, operation, cause, status, violations)
        }
    }
}

fn documented(
    why: Why,
    status: StatusCode,
    reply: &DocumentedReply,
    body: Option<(&ReplyContent, &Example)>,
) -> (Choice, Arc<Reply>) {
    let prepared = body.map_or(&reply.bare, |(_, example)| example.reply());
    let sent = match (&why, prepared.status == status) {
        (Why::Default | Why::Matched(_), true) => Arc::clone(prepared),
        _ => Arc::new(adapted(Reply::clone(prepared), &why, status)),
    };
    let choice = Choice {
        status,
        media_type: body.map(|(content, _)| Arc::clone(&content.label)),
        source: body.map_or(ReplySource::Nothing, |(_, example)| example.source.clone()),
        why,
    };
    (choice, sent)
}

/// A 401 that was asked for challenges as one that was earned does.
fn challenging(reply: Arc<Reply>, api: &Api, operation: &Operation) -> Arc<Reply> {
    if reply.status != StatusCode::UNAUTHORIZED {
        return reply;
    }
    let mut reply = Reply::clone(&reply);
    refuse::challenge(&mut reply, api, operation);
    Arc::new(reply)
}

/// The reply under the status asked for, saying so.
fn adapted(mut reply: Reply, why: &Why, status: StatusCode) -> Reply {
    reply.status = status;
    if let Why::Preferred(what) = why
        && let Ok(value) = HeaderValue::from_str(what)
    {
        reply.headers.insert(PREFERENCE_APPLIED, value);
    }
    reply
}

fn typed(
    operation: &Operation,
    decoded: &Decoded<'_>,
    why: Why,
    typed: &TypedReply,
) -> (Choice, Arc<Reply>) {
    let request = decoded
        .body
        .as_ref()
        .map_or(Value::Null, |(_, body)| body.root().value());
    let content = operation
        .reply(typed.status.as_u16())
        .and_then(|reply| reply.json());
    let made = typed
        .make(&request)
        .map_err(|error| {
            format!("the request does not fit the type of the reply's function: {error}")
        })
        .and_then(|body| check(content, body));
    let reply = match made {
        Ok(body) => {
            let label = content.map_or("application/json", |content| &*content.label);
            adapted(
                Reply::with_content(typed.status, label, body),
                &why,
                typed.status,
            )
        }
        Err(detail) => Reply::problem(StatusCode::INTERNAL_SERVER_ERROR, &detail, Map::new()),
    };
    let media_type = match (reply.status == typed.status, content) {
        (true, Some(content)) => Arc::clone(&content.label),
        (true, None) => "application/json".into(),
        (false, _) => PROBLEM_JSON.into(),
    };
    let choice = Choice {
        status: reply.status,
        media_type: Some(media_type),
        source: ReplySource::Typed,
        why,
    };
    (choice, Arc::new(reply))
}

/// Holds a made reply against the contract: types do not know every rule of a schema.
fn check(content: Option<&ReplyContent>, body: Vec<u8>) -> Result<Vec<u8>, String> {
    let Some(schema) = content.and_then(|content| content.schema.as_ref()) else {
        return Ok(body);
    };
    let tape =
        Tape::parse(&body).map_err(|error| format!("the made reply is not JSON: {error}"))?;
    let validator = schema.validator().map_err(ToString::to_string)?;
    match validator.validate(tape.root()) {
        Ok(()) => Ok(body),
        Err(error) => Err(format!(
            "the made reply leaves the contract at `{}`: {error}",
            error.instance_path()
        )),
    }
}
