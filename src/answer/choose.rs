//! The one decision: what answers the request, and why.

mod wanted;

use http::StatusCode;

use super::{negotiate::negotiate, prefer::Preference};
use crate::{
    contract::{
        Api, DocumentedReply, Example, Operation, Pair, ReplyContent, StatusKey, TypedReply,
    },
    exchange::{Cause, Place, Request, Rule, Violation, Why},
};
use wanted::{Wanted, wanted};

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
    if let Some(cause) = violations
        .iter()
        .map(|violation| violation.rule.cause())
        .min()
    {
        let status = refusal_status(api, operation, cause);
        let refusal = Refusal { cause, status };
        return documented_refusal(operation, asked, &refusal)
            .unwrap_or(Decision::Refused { cause, status });
    }
    if let Some(reply) = typed(api, operation, preference) {
        let why = match wanted.why {
            Why::Default | Why::Matched(_) => Why::Stubbed,
            preferred => preferred,
        };
        return Decision::Typed { why, reply };
    }
    Decision::Documented {
        why: wanted.why,
        status: wanted.status,
        reply: wanted.reply,
        body,
    }
}

/// The content and the body of the wanted reply; reports why there is none where there should be one.
fn body<'a>(
    api: &Api,
    wanted: &Wanted<'a>,
    asked: &Asked<'_>,
    violations: &mut Vec<Violation>,
) -> Option<(&'a ReplyContent, &'a Example)> {
    if wanted.status.is_informational() {
        violations.push(Violation {
            place: Place::Reply,
            rule: Rule::NothingToAnswer,
            message: "only interim statuses are documented; describe a final reply".to_owned(),
            stated: Some(api.locate(&wanted.reply.pointer)),
        });
        return None;
    }
    if has_no_content(wanted.status) {
        return None;
    }
    let name = wanted.example.as_deref();
    let content = match &asked.preference.example {
        Some(name) => negotiate(wanted.reply, Some(name), asked.request, violations)?,
        // A documented request makes no reply unacceptable.
        None => negotiate(wanted.reply, name, asked.request, &mut Vec::new())
            .or_else(|| negotiate(wanted.reply, None, asked.request, violations))?,
    };
    let body = example(content, name, &asked.preference);
    if body.is_none() {
        violations.extend(nothing_to_answer(api, content));
    }
    body.map(|example| (content, example))
}

/// Whether a reply of this status has no content, whatever is documented (RFC 9110 sections 15.3.5,
/// 15.3.6 and 15.4.5).
fn has_no_content(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
    )
}

/// How a request is refused.
struct Refusal {
    cause: Cause,
    status: StatusCode,
}

/// The documented refusal of a documented request whose content is documented to be refused.
fn documented_refusal<'a>(
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
    })
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
        Some(true) => api.stub(operation).or_else(own),
        _ => api.stub(operation),
    }
}

/// The body that is wanted of a content: one that is made where that is preferred, else the example
/// of a name, else its first.
fn example<'a>(
    content: &'a ReplyContent,
    name: Option<&str>,
    preference: &Preference,
) -> Option<&'a Example> {
    let makes = preference.dynamic == Some(true);
    let made = || made(content, preference);
    let named = || content.example(name?);
    let made_first = makes.then(made).flatten();
    made_first.or_else(named).or_else(|| content.first())
}

/// A body made from the schema. What is made does not depend on [`Preference::seed`] yet.
fn made<'a>(content: &'a ReplyContent, _preference: &Preference) -> Option<&'a Example> {
    content.made()
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
        Cause::Description => &[StatusCode::NOT_IMPLEMENTED],
        Cause::Credentials => &[StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN],
        Cause::Preference => &[StatusCode::BAD_REQUEST],
        Cause::MediaType => &[StatusCode::UNSUPPORTED_MEDIA_TYPE],
        Cause::Syntax => &[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY],
        Cause::Content => &[StatusCode::UNPROCESSABLE_ENTITY, StatusCode::BAD_REQUEST],
        Cause::NotAcceptable => &[StatusCode::NOT_ACCEPTABLE],
    }
}
