//! What the tests of the vendors' files share: refusals and typed replies as the engine asks for them.

use http::StatusCode;
use serde_json::Value;

use crate::{
    contract::{Manner, Refused},
    exchange::{Place, Rule, Violation},
};

/// A violation, with a message as the engine writes them.
pub(super) fn violation(place: Place, rule: Rule) -> Violation {
    Violation {
        message: format!("the {place} is wrong"),
        place,
        rule,
        stated: None,
    }
}

/// A violation at a pointer into the body.
pub(super) fn in_body(pointer: &str, rule: Rule) -> Violation {
    violation(Place::Body(pointer.to_owned()), rule)
}

/// The body of a refusal as text; `None` when the API leaves it to the general engine.
pub(super) fn refusal(manner: &Manner, status: u16, violations: &[Violation]) -> Option<String> {
    let causes = violations.iter().map(|violation| violation.rule.cause());
    let refused = Refused {
        cause: causes.min().unwrap(),
        status: StatusCode::from_u16(status).unwrap(),
        violations,
    };
    let body = manner.refusal?(&refused)?;
    Some(String::from_utf8(body).unwrap())
}

/// The typed reply to a request, once both were held against the description.
pub(super) fn reply(name: &str, request: &Value) -> Value {
    let api = super::load(name).unwrap().unwrap();
    let operation = &api.operations()[0];
    let body = operation.body.as_ref().unwrap();
    let schema = body.content[0].schema.as_ref().unwrap();
    assert!(schema.allows(request), "not a valid request: {request}");
    let mut replies = api.manner().replies.iter();
    let typed = replies
        .find(|reply| reply.is_for(operation.method(), operation.path()))
        .unwrap();
    assert_eq!(typed.status, operation.success().key.status());
    let reply = serde_json::from_slice(&typed.make(request).unwrap()).unwrap();
    let schema = operation.success().content[0].schema.as_ref().unwrap();
    assert!(schema.allows(&reply), "not a valid reply: {reply}");
    reply
}

/// The first documented example of the success.
pub(super) fn documented(name: &str) -> Value {
    let api = super::load(name).unwrap().unwrap();
    let example = &api.operations()[0].success().content[0].examples[0];
    serde_json::from_slice(&example.reply().body).unwrap()
}
