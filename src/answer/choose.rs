//! The one decision: what answers the request, and why.

mod body;
mod refusal;
mod wanted;

use http::StatusCode;

use super::prefer::Preference;
use crate::{
    contract::{Api, DocumentedReply, Example, Operation, Pair, ReplyContent, TypedReply},
    exchange::{Cause, ReplySource, Request, Violation, Why},
};
use body::body;
use refusal::{Refusal, documented_refusal, status};
use wanted::wanted;

/// What asks for one reply more than for another.
pub(super) struct Asked<'a> {
    /// The request, for what it accepts.
    pub(super) request: &'a Request,
    /// What it prefers.
    pub(super) preference: Preference,
    /// The documented request that it is.
    pub(super) matched: Option<&'a Pair>,
}

/// What answers a request.
pub(super) enum Decision<'a> {
    /// A reply of the description.
    Documented {
        why: Why,
        status: StatusCode,
        reply: &'a DocumentedReply,
        /// Its content and one body of it; `None` when it has none.
        body: Option<(&'a ReplyContent, &'a Example)>,
        /// What a made body depends on beside what the path names.
        seed: u64,
    },
    /// A reply made for this request.
    Typed { why: Why, reply: &'a TypedReply },
    /// A refusal.
    Refused { cause: Cause, status: StatusCode },
}

/// Decides. The gravest violation decides over everything else; then a stub, a preference, the
/// documented request that this one is, and the lowest documented success, in this order.
pub(super) fn choose<'a>(
    api: &'a Api,
    operation: &'a Operation,
    asked: &Asked<'_>,
    violations: &mut Vec<Violation>,
) -> Decision<'a> {
    let preference = &asked.preference;
    let wanted = wanted(operation, preference, asked.matched);
    let body = body(api, &wanted, asked, violations);
    let causes = violations.iter().map(|violation| violation.rule.cause());
    if let Some(cause) = api.manner().precedence.gravest(causes) {
        let status = status(api, operation, cause);
        let refusal = Refusal { cause, status };
        return documented_refusal(operation, asked, &refusal)
            .unwrap_or(Decision::Refused { cause, status });
    }
    if let Some(reply) = typed(api, operation, preference) {
        // No seed makes another of what is made for the request.
        let why = preference.applied(false);
        let why = why.map_or(Why::Stubbed, Why::Preferred);
        return Decision::Typed { why, reply };
    }
    let is_made = body.is_some_and(|(_, example)| example.source == ReplySource::Schema);
    Decision::Documented {
        why: preference
            .applied(is_made)
            .map_or(wanted.why, Why::Preferred),
        status: wanted.status,
        reply: wanted.reply,
        body,
        seed: seed(api, preference),
    }
}

/// What a client asks for is more than what was chosen for all clients.
fn seed(api: &Api, preference: &Preference) -> u64 {
    let seed = preference.seed.or(api.settings().seed);
    seed.unwrap_or_default()
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
