//! Refusals: in the API's own manner, else in its documented shape, else as RFC 9457 has them.

mod fill;
mod problem;
mod text;
mod trace;

pub(crate) use problem::errors;

use std::sync::Arc;

use http::{
    HeaderMap, HeaderValue, Method, StatusCode, header::ACCEPT_ENCODING, header::ALLOW,
    header::WWW_AUTHENTICATE,
};

use super::{Answered, decode::CODINGS, route};
use crate::{
    contract::{Api, Operation, Precedence, Refused, ReplyContent, Scheme},
    description::Finding,
    exchange::{Cause, Choice, Place, Reply, ReplySource, Rule, Violation, Why},
};

/// Refuses a request to an operation.
pub(super) fn refuse(
    api: &Api,
    operation: &Operation,
    cause: Cause,
    status: StatusCode,
    violations: &[Violation],
) -> (Choice, Arc<Reply>) {
    let refused = Refused {
        cause,
        status,
        violations,
    };
    let documented = operation.reply(status.as_u16());
    let content = documented.and_then(|reply| reply.json());
    let plain = documented.filter(|_| content.is_none()).and_then(text::of);
    let mut reply = match plain.filter(|_| !is_ours(&refused)) {
        Some(content) => text::refusal(content, &refused),
        None => body(api, content, &refused),
    };
    if let Some(documented) = documented {
        add_documented(&mut reply, &documented.bare.headers);
    }
    challenge(&mut reply, api, operation);
    accept_codings(&mut reply, &refused);
    finish(reply, &refused)
}

/// Adds the documented header fields that a refusal does not have of itself.
fn add_documented(reply: &mut Reply, documented: &HeaderMap) {
    if documented.is_empty() {
        return;
    }
    let own = reply.headers.clone();
    for (name, value) in documented {
        if !own.contains_key(name) {
            reply.headers.append(name, value.clone());
        }
    }
}

/// Refuses a request that leads to no operation; `methods` are those that the path has.
pub(super) fn unrouted(api: &Api, violation: Violation, methods: &[Method]) -> Answered {
    let cause = violation.rule.cause();
    let own = api.manner().status.and_then(|status| status(cause));
    let status = own.unwrap_or(api.manner().precedence.suitable(cause)[0]);
    let violations = vec![violation];
    let refused = Refused {
        cause,
        status,
        violations: &violations,
    };
    let mut reply = body(api, None, &refused);
    reply
        .headers
        .extend(route::allow(methods).map(|value| (ALLOW, value)));
    let (choice, reply) = finish(reply, &refused);
    Answered {
        operation: None,
        violations,
        choice,
        reply,
        callbacks: Vec::new(),
    }
}

/// The refusal of a request to an operation whose description has faults.
pub(super) fn faulty(operation: &Operation) -> Answered {
    let violations = of_faults(operation);
    let cause = Cause::Description;
    let refused = Refused {
        cause,
        status: Precedence::HTTP.suitable(cause)[0],
        violations: &violations,
    };
    let (choice, reply) = finish(problem::problem(&refused), &refused);
    Answered {
        operation: Some(Arc::clone(operation.label())),
        violations,
        choice,
        reply,
        callbacks: Vec::new(),
    }
}

/// What of the description keeps an operation from being held against it.
pub(super) fn of_faults(operation: &Operation) -> Vec<Violation> {
    let violation = |fault: &Finding| Violation {
        place: Place::Reply,
        rule: Rule::Faulty,
        message: format!("the description has a fault here: {}", fault.message),
        stated: Some(fault.location.clone()),
    };
    operation.faults.iter().map(violation).collect()
}

/// What `Prefer` asks for and faults of the description are Mynah's matter, not the API's.
fn is_ours(refused: &Refused<'_>) -> bool {
    matches!(refused.cause, Cause::Preference | Cause::Description)
}

/// The refusal with its body.
fn body(api: &Api, content: Option<&ReplyContent>, refused: &Refused<'_>) -> Reply {
    let label = content.map_or("application/json", |content| &*content.label);
    let own = || api.manner().refusal.and_then(|refusal| refusal(refused));
    let filled = || fill::fill(content?, refused);
    let body = if is_ours(refused) {
        None
    } else {
        own().or_else(filled)
    };
    match body {
        Some(body) => Reply::with_content(refused.status, label, body),
        None => problem::problem(refused),
    }
}

fn finish(mut reply: Reply, refused: &Refused<'_>) -> (Choice, Arc<Reply>) {
    reply
        .headers
        .insert(trace::VIOLATIONS, trace::value(refused.violations));
    let media_type = reply.headers.get(http::header::CONTENT_TYPE);
    let choice = Choice {
        status: refused.status,
        media_type: media_type.and_then(|value| Some(value.to_str().ok()?.into())),
        source: ReplySource::Refusal,
        why: Why::Refused(refused.cause),
    };
    (choice, Arc::new(reply))
}

/// A documented reply to a request that leaves the contract says in which way.
pub(super) fn tracing(reply: Arc<Reply>, violations: &[Violation]) -> Arc<Reply> {
    if violations.is_empty() {
        return reply;
    }
    let mut reply = Reply::clone(&reply);
    let value = trace::value(violations);
    reply.headers.insert(trace::VIOLATIONS, value);
    Arc::new(reply)
}

/// Adds to a 415 over a content coding which ones are taken (RFC 9110 section 15.5.16).
fn accept_codings(reply: &mut Reply, refused: &Refused<'_>) {
    let is_coding = |violation: &Violation| {
        violation.rule == Rule::UnsupportedMediaType
            && matches!(&violation.place, Place::Header(name) if **name == *"Content-Encoding")
    };
    if refused.cause == Cause::MediaType && refused.violations.iter().any(is_coding) {
        let codings = HeaderValue::from_static(CODINGS);
        reply.headers.insert(ACCEPT_ENCODING, codings);
    }
}

/// Adds to a 401 what it must not be without (RFC 9110 section 15.5.2), unless it is documented.
pub(super) fn challenge(reply: &mut Reply, api: &Api, operation: &Operation) {
    if reply.status != StatusCode::UNAUTHORIZED || reply.headers.contains_key(WWW_AUTHENTICATE) {
        return;
    }
    for challenge in challenges(api, operation) {
        reply.headers.append(WWW_AUTHENTICATE, challenge);
    }
}

/// One challenge for each scheme that would do (RFC 9110 section 11.6.1), in the document's order.
fn challenges(api: &Api, operation: &Operation) -> Vec<HeaderValue> {
    let realm = realm(api.title());
    let mut challenges: Vec<String> = Vec::new();
    let needed = operation
        .security
        .iter()
        .flat_map(|requirement| &requirement.credentials);
    let schemes = needed.map(|credential| match &credential.scheme {
        Scheme::Basic => format!("Basic realm=\"{realm}\", charset=\"UTF-8\""),
        Scheme::Bearer => format!("Bearer realm=\"{realm}\""),
        Scheme::Http(scheme) => format!("{scheme} realm=\"{realm}\""),
        Scheme::ApiKey(_, name) => format!("ApiKey realm=\"{realm}\", name=\"{name}\""),
    });
    for challenge in schemes {
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    challenges
        .iter()
        .filter_map(|text| HeaderValue::from_str(text).ok())
        .collect()
}

/// What of a title can stand in a quoted string.
fn realm(title: &str) -> String {
    let plain =
        |character: &char| matches!(character, ' '..='~') && !matches!(character, '"' | '\\');
    title.chars().filter(plain).collect()
}
