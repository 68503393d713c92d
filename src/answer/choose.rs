//! The one decision: what answers the request, and why.

use http::StatusCode;

use super::{negotiate::negotiate, prefer::Preference};
use crate::{
    contract::{Api, DocumentedReply, Example, Operation, ReplyContent, StatusKey, TypedReply},
    exchange::{Cause, Request, Violation, Why},
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
    if let Some(cause) = violations
        .iter()
        .map(|violation| violation.rule.cause())
        .min()
    {
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
    let body = content.and_then(|content| Some((content, example(content, preference)?)));
    Decision::Documented {
        why,
        status,
        reply,
        body,
    }
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
    match preference.dynamic {
        true => api.stub(operation).or_else(own),
        false => api.stub(operation),
    }
}

fn example<'a>(content: &'a ReplyContent, preference: &Preference) -> Option<&'a Example> {
    if preference.dynamic && content.made.is_some() {
        return content.made.as_ref();
    }
    let is_named = |example: &&Example| example.name.as_deref() == preference.example.as_deref();
    let named = preference
        .example
        .is_some()
        .then(|| content.examples.iter().find(is_named));
    named
        .flatten()
        .or(content.examples.first())
        .or(content.made.as_ref())
}

/// The status of a refusal: the API's own way, else the first of the statuses that suit the cause
/// which the operation documents, else the first of them.
fn refusal_status(api: &Api, operation: &Operation, cause: Cause) -> StatusCode {
    let own = api.manner().status.and_then(|status| status(cause));
    let suitable = suitable(cause);
    let is_documented = |status: &&StatusCode| {
        let key = StatusKey::Code(status.as_u16());
        operation.replies.iter().any(|reply| reply.key == key)
    };
    let documented = || suitable.iter().find(is_documented).copied();
    own.or_else(documented).unwrap_or(suitable[0])
}

/// The statuses that suit a cause, the best first (RFC 9110 section 15.5).
pub(super) fn suitable(cause: Cause) -> &'static [StatusCode] {
    match cause {
        Cause::Path => &[StatusCode::NOT_FOUND],
        Cause::Method => &[StatusCode::METHOD_NOT_ALLOWED],
        Cause::Credentials => &[StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN],
        Cause::Preference => &[StatusCode::BAD_REQUEST],
        Cause::MediaType => &[StatusCode::UNSUPPORTED_MEDIA_TYPE],
        Cause::Size => &[StatusCode::PAYLOAD_TOO_LARGE],
        Cause::Syntax => &[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY],
        Cause::Content => &[StatusCode::UNPROCESSABLE_ENTITY, StatusCode::BAD_REQUEST],
        Cause::NotAcceptable => &[StatusCode::NOT_ACCEPTABLE],
    }
}
