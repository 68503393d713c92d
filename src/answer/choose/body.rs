//! The content and the body of a documented reply.

use http::StatusCode;

use super::{Asked, wanted::Wanted};
use crate::{
    answer::{negotiate::negotiate, prefer::Preference},
    contract::{Api, Example, ReplyContent},
    exchange::{Place, Rule, Violation},
};

/// The content and the body of the wanted reply; reports why there is none where there should be one.
pub(super) fn body<'a>(
    api: &Api,
    wanted: &Wanted<'a>,
    asked: &Asked<'_>,
    violations: &mut Vec<Violation>,
) -> Option<(&'a ReplyContent, &'a Example)> {
    if wanted.status.is_informational() {
        violations.push(Violation {
            place: Place::Reply,
            rule: Rule::NothingToAnswer,
            message: "the only success is an interim status; describe a final one".to_owned(),
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
    let body = example(api, content, name, &asked.preference);
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

/// The body that is wanted of a content: one that is made where that is preferred, else the example
/// of a name, else its first.
fn example<'a>(
    api: &Api,
    content: &'a ReplyContent,
    name: Option<&str>,
    preference: &Preference,
) -> Option<&'a Example> {
    let settings = api.settings();
    let makes = match preference.dynamic {
        Some(true) => true,
        // What a client names is more than what was chosen for all clients.
        _ if preference.example.is_some() => false,
        Some(false) => settings.ignore_examples,
        None => settings.ignore_examples || settings.dynamic,
    };
    let named = || content.example(name?);
    let made_first = makes.then(|| content.made()).flatten();
    made_first.or_else(named).or_else(|| content.first())
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
