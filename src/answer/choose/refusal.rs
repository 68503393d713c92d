//! How a request with violations is refused.

use http::StatusCode;

use super::{Asked, Decision, wanted};
use crate::{
    answer::negotiate::negotiate,
    contract::{Api, Operation, StatusKey},
    exchange::Cause,
};

/// How a request is refused.
pub(super) struct Refusal {
    pub(super) cause: Cause,
    pub(super) status: StatusCode,
}

/// The documented refusal of a documented request whose content is documented to be refused.
pub(super) fn documented_refusal<'a>(
    operation: &'a Operation,
    asked: &Asked<'_>,
    refusal: &Refusal,
) -> Option<Decision<'a>> {
    let is_of_content = matches!(refusal.cause, Cause::Syntax | Cause::Content);
    let pair = asked.matched.filter(|_| is_of_content)?;
    let wanted = wanted::of_pair(operation, pair)?;
    let status = match wanted.reply.key {
        StatusKey::Code(400..500) => wanted.status,
        StatusKey::Range(4) => refusal.status,
        StatusKey::Default if wanted.status.is_server_error() => refusal.status,
        _ => return None,
    };
    let content = negotiate(
        wanted.reply,
        Some(&pair.name),
        asked.request,
        &mut Vec::new(),
    )?;
    Some(Decision::Documented {
        why: wanted.why,
        status,
        reply: wanted.reply,
        body: content
            .example(&pair.name)
            .map(|example| (content, example)),
        // An example is not made.
        seed: 0,
    })
}

/// The status of a refusal: the API's own way, else the first of the statuses that suit the cause
/// which the operation documents, else the first of them.
pub(super) fn status(api: &Api, operation: &Operation, cause: Cause) -> StatusCode {
    let own = api.manner().status.and_then(|status| status(cause));
    let suitable = api.manner().precedence.suitable(cause);
    let is_documented = |status: &&StatusCode| {
        let key = StatusKey::Code(status.as_u16());
        operation.replies.iter().any(|reply| reply.key == key)
    };
    let documented = || suitable.iter().find(is_documented).copied();
    own.or_else(documented).unwrap_or(suitable[0])
}
