//! The one decision: what answers the request, and why.

use http::StatusCode;

use super::{negotiate::negotiate, prefer::Preference};
use crate::{
    contract::{Api, DocumentedReply, Example, Operation, ReplyContent, StatusKey, TypedReply},
    exchange::{Cause, Place, Request, Rule, Violation, Why},
};

/// What answers a request.
pub(super) enum Decision<'a> {
    /// A reply of the description.
    Documented {
        why: Why,
        status: StatusCode,
        reply: &'a DocumentedReply,
        /// Its content and one body of it; `None` when it has none.
        body: Option<(&'a ReplyContent, &'a Example)>,
    },
    /// A reply made for this request.
    Typed { why: Why, reply: &'a TypedReply },
    /// A refusal.
    Refused { cause: Cause, status: StatusCode },
}

/// Decides. The gravest violation decides over everything else; then a stub, a preference, and the
/// lowest documented success, in this order.
pub(super) fn choose<'a>(
    api: &'a Api,
    operation: &'a Operation,
    request: &Request,
    preference: &Preference,
    violations: &mut Vec<Violation>,
) -> Decision<'a> {
    let (status, reply) = wanted(operation, preference);
    let content = negotiate(reply, request, violations);
    let body = content.and_then(|content| Some((content, example(api, content, preference)?)));
    if let (Some(content), None) = (content, body) {
        violations.extend(nothing_to_answer(api, content));
    }
    let causes = violations.iter().map(|violation| violation.rule.cause());
    if let Some(cause) = api.manner().precedence.gravest(causes) {
        let status = refusal_status(api, operation, cause);
        return Decision::Refused { cause, status };
    }
    let why = preference.applied().map_or(Why::Default, Why::Preferred);
    if let Some(reply) = typed(api, operation, preference) {
        let why = match why {
            Why::Default => Why::Stubbed,
            preferred => preferred,
        };
        return Decision::Typed { why, reply };
    }
    Decision::Documented {
        why,
        status,
        reply,
        body,
    }
}

/// What is wrong with a reply that is described and cannot be made; without a schema any body is
/// right, and so is none.
fn nothing_to_answer(api: &Api, content: &ReplyContent) -> Option<Violation> {
    let schema = content.schema.as_ref()?;
    Some(Violation {
        place: Place::Reply,
        rule: Rule::NothingToAnswer,
        message: "nothing valid can be made from its schema; give an example".to_owned(),
        stated: Some(api.locate(&schema.pointer)),
    })
}

/// The documented reply that a request without violations gets.
fn wanted<'a>(
    operation: &'a Operation,
    preference: &Preference,
) -> (StatusCode, &'a DocumentedReply) {
    let success = operation.success();
    let coded = preference
        .code
        .and_then(|code| Some((StatusCode::from_u16(code).ok()?, operation.reply(code)?)));
    let named = || {
        let name = preference.example.as_deref()?;
        let mut examples = operation.examples().filter(|(_, other)| ***other == *name);
        let (first, _) = examples.clone().next()?;
        // A name that the success has too means the success.
        let is_success = examples.any(|(reply, _)| std::ptr::eq(reply, success));
        let reply = if is_success { success } else { first };
        Some((reply.key.status(), reply))
    };
    coded
        .or_else(named)
        .unwrap_or((success.key.status(), success))
}

/// The typed reply in the place of a documented one: a stub always, the API's own when asked for.
fn typed<'a>(
    api: &'a Api,
    operation: &Operation,
    preference: &Preference,
) -> Option<&'a TypedReply> {
    if preference.code.is_some() || preference.example.is_some() {
        return None;
    }
    let own = || {
        api.manner()
            .replies
            .iter()
            .find(|reply| reply.is_for(operation.method(), operation.path()))
    };
    match preference.dynamic.unwrap_or(api.settings().dynamic) {
        true => api.stub(operation).or_else(own),
        false => api.stub(operation),
    }
}

fn example<'a>(
    api: &Api,
    content: &'a ReplyContent,
    preference: &Preference,
) -> Option<&'a Example> {
    let is_named = preference.example.is_some();
    let settings = api.settings();
    let makes = match preference.dynamic {
        Some(true) => true,
        // What a client names is more than what was chosen for all clients.
        _ if is_named => false,
        Some(false) => settings.ignore_examples,
        None => settings.ignore_examples || settings.dynamic,
    };
    if makes && content.made().is_some() {
        return content.made();
    }
    let has_the_name =
        |example: &&Example| example.name.as_deref() == preference.example.as_deref();
    let named = is_named.then(|| content.examples.iter().find(has_the_name));
    named.flatten().or_else(|| content.first())
}

/// The status of a refusal: the API's own way, else the first of the statuses that suit the cause
/// which the operation documents, else the first of them.
fn refusal_status(api: &Api, operation: &Operation, cause: Cause) -> StatusCode {
    let own = api.manner().status.and_then(|status| status(cause));
    let suitable = api.manner().precedence.suitable(cause);
    let is_documented = |status: &&StatusCode| {
        let key = StatusKey::Code(status.as_u16());
        operation.replies.iter().any(|reply| reply.key == key)
    };
    let documented = || suitable.iter().find(is_documented).copied();
    own.or_else(documented).unwrap_or(suitable[0])
}
