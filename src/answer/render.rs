//! From the decision to the reply.

use std::sync::Arc;

use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use super::{choose::Decision, decode::Decoded, refuse, route::Captured};
use crate::{
    contract::{
        Api, DocumentedReply, Example, Operation, ReplyContent, Seed, TypedReply, Validity,
    },
    description::percent_decode,
    exchange::{Choice, PROBLEM_JSON, Reply, ReplySource, Tape, Violation, Why},
};

/// RFC 7240 section 3.
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Makes the reply that was decided on. A documented one was prepared when the API was compiled and
/// is only shared.
pub(super) fn render(
    api: &Api,
    operation: &Operation,
    captured: &Captured<'_>,
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
            seed,
        } => {
            let (choice, reply) = match fault_of(api, body) {
                Some(fault) => unfit(&fault),
                None => {
                    let made = body.and_then(|body| made_for(operation, captured, seed, body));
                    documented(why, status, reply, body, made)
                }
            };
            let reply = challenging(reply, api, operation);
            (choice, refuse::tracing(reply, violations))
        }
        Decision::Typed { why, reply } => typed(operation, decoded, why, reply),
        Decision::Refused { cause, status } => {
            refuse::refuse(api, operation, cause, status, violations)
        }
    }
}

/// What is made up is made up for what the path names, and so is what a schema's example has of it; one
/// for all requests is prepared.
fn made_for(
    operation: &Operation,
    captured: &Captured<'_>,
    seed: u64,
    (content, example): (&ReplyContent, &Example),
) -> Option<Arc<Reply>> {
    let is_made = example.source == ReplySource::Schema;
    if !is_made && content.has_own_examples() {
        return None;
    }
    let decoded = captured
        .iter()
        .map(|(name, value)| (*name, percent_decode(value)));
    let decoded: Vec<(&str, String)> = decoded.collect();
    let parameters: Vec<(&str, &str)> = decoded
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    let seed = Seed::of(operation.path(), &parameters, seed);
    let is_wanted = is_made || content.shows_another(example, &seed);
    is_wanted.then(|| content.made_for(&seed)).flatten()
}

fn documented(
    why: Why,
    status: StatusCode,
    reply: &DocumentedReply,
    body: Option<(&ReplyContent, &Example)>,
    made: Option<Arc<Reply>>,
) -> (Choice, Arc<Reply>) {
    let shared = || body.map_or(&reply.bare, |(_, example)| example.reply());
    let prepared = made.as_ref().unwrap_or_else(shared);
    let sent = match (&why, prepared.status == status) {
        (Why::Default | Why::Matched(_), true) => Arc::clone(prepared),
        _ => Arc::new(adapted(Reply::clone(prepared), &why, status)),
    };
    let choice = Choice {
        status,
        media_type: body.map(|(content, _)| Arc::clone(&content.label)),
        source: match made {
            Some(_) => ReplySource::Schema,
            None => body.map_or(ReplySource::Nothing, |(_, example)| example.source.clone()),
        },
        why,
    };
    (choice, sent)
}

/// What is wrong with a documented body, where whoever serves the API wants to know.
fn fault_of(api: &Api, body: Option<(&ReplyContent, &Example)>) -> Option<String> {
    let (content, example) = body.filter(|(content, _)| content.media_type.is_json())?;
    let is_checked = api.settings().checks_replies;
    let check = is_checked.then(|| check(Some(content), example.reply().body.to_vec()))?;
    check.err()
}

/// What stands in the place of a documented reply that leaves the contract.
fn unfit(fault: &str) -> (Choice, Arc<Reply>) {
    let reply = Reply::problem(StatusCode::INTERNAL_SERVER_ERROR, fault, &());
    let choice = Choice {
        status: reply.status,
        media_type: Some(PROBLEM_JSON.into()),
        source: ReplySource::Refusal,
        why: Why::Unfit,
    };
    (choice, Arc::new(reply))
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
        .map_or(Value::Null, |body| body.tape.root().value());
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
        Err(detail) => Reply::problem(StatusCode::INTERNAL_SERVER_ERROR, &detail, &()),
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

/// Holds a reply against the contract: neither types nor the authors of examples know every rule of
/// a schema.
fn check(content: Option<&ReplyContent>, body: Vec<u8>) -> Result<Vec<u8>, String> {
    let Some(schema) = content.and_then(|content| content.schema.as_ref()) else {
        return Ok(body);
    };
    let tape = Tape::parse(&body).map_err(|error| format!("the reply is not JSON: {error}"))?;
    let validator = schema.validator().map_err(|finding| finding.to_string())?;
    match validator.validity(tape.root()) {
        Validity::Valid => Ok(body),
        Validity::Invalid(errors) => Err(format!(
            "the reply leaves the contract at `{}`: {}",
            errors[0].instance_path(),
            errors[0]
        )),
        Validity::Undecided => {
            Err("whether the reply keeps to the contract takes too many steps to tell".to_owned())
        }
    }
}
