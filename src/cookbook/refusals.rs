//! Requests that are refused, for each cause the smallest.

use std::cell::OnceCell;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::{Obtained, ask::Ask, wanted::Wanted};
use crate::{
    Api,
    contract::{BodyValue, Draft, DraftBody, In, Operation},
    drafts::{Basis, Target, variants},
    exchange::{Cause, Why},
};

/// A media type that nobody has.
const UNKNOWN_TYPE: &str = "application/x-mynah";

/// The causes that a single request can be refused for, those first that say most of the API.
const CAUSES: [Cause; 5] = [
    Cause::Credentials,
    Cause::Content,
    Cause::Syntax,
    Cause::MediaType,
    Cause::NotAcceptable,
];

/// Requests to an operation that are refused, with what comes of them; made when they are first asked for.
#[derive(Default)]
pub(super) struct Refusals {
    /// Those that one thing is left out of, or is something else altogether.
    simple: OnceCell<Vec<Obtained>>,
    /// One with a value over an edge, where nothing simpler is refused for its content.
    over_edge: OnceCell<Option<Obtained>>,
}

impl Refusals {
    /// The smallest that is refused with a reply.
    pub(super) fn find(
        &self,
        target: &Target<'_>,
        basis: &Basis,
        wanted: &Wanted<'_>,
    ) -> Option<Obtained> {
        let is_it = |it: &&Obtained| wanted.is_of(target.operation, &it.exchange);
        let simple = self.simple.get_or_init(|| simple(target, basis));
        if let Some(found) = simple.iter().find(is_it) {
            return Some(found.clone());
        }
        let is_known = simple.iter().any(|it| is_for(it, Cause::Content));
        if is_known || !may_be_of_content(target.api, wanted) {
            return None;
        }
        let over_edge = self.over_edge.get_or_init(|| over_edge(target, basis));
        over_edge.as_ref().filter(is_it).cloned()
    }
}

fn is_for(obtained: &Obtained, cause: Cause) -> bool {
    obtained.exchange.choice.why == Why::Refused(cause)
}

/// Whether requests may be refused so for what they say.
fn may_be_of_content(api: &Api, wanted: &Wanted<'_>) -> bool {
    let suitable = api.manner().precedence.suitable(Cause::Content).iter();
    let mut suitable = suitable.map(|status| status.as_u16());
    api.manner().status.is_some() || suitable.any(|status| wanted.reply.key.includes(status))
}

fn simple(target: &Target<'_>, basis: &Basis) -> Vec<Obtained> {
    let of = |cause: Cause| {
        let asks = breaking(target.operation, basis, cause).into_iter();
        let mut answered = asks.filter_map(|ask| ask.answered(target.api, target.operation));
        answered.find(|it| is_for(it, cause))
    };
    CAUSES.into_iter().filter_map(of).collect()
}

/// Requests that may be refused for a cause, the smallest first.
fn breaking(operation: &Operation, basis: &Basis, cause: Cause) -> Vec<Ask> {
    let least = &basis.least;
    match cause {
        Cause::Credentials => vec![Ask::plain(Draft {
            credentials: Vec::new(),
            ..least.clone()
        })],
        Cause::NotAcceptable => vec![Ask {
            accept: Some(UNKNOWN_TYPE.to_owned()),
            ..Ask::plain(least.clone())
        }],
        Cause::MediaType => changed(least, |body| DraftBody {
            media_type: Some(UNKNOWN_TYPE.to_owned()),
            ..body.clone()
        }),
        Cause::Syntax => changed(least, |body| DraftBody {
            says: BodyValue::Bytes(Bytes::from_static(b"{")),
            ..body.clone()
        }),
        Cause::Content => lacking(operation, least),
        _ => Vec::new(),
    }
}

/// The request without its body, without one of its parameters, and with an empty object as its body.
fn lacking(operation: &Operation, least: &Draft) -> Vec<Ask> {
    let bare = Draft {
        body: None,
        ..least.clone()
    };
    let without = (0..least.parameters.len()).filter_map(|index| {
        let mut draft = least.clone();
        draft.parameters[index].take()?;
        Some(draft)
    });
    let empty = changed(least, |body| DraftBody {
        says: BodyValue::Value(Value::Object(Map::new())),
        ..body.clone()
    });
    let lacking = std::iter::once(bare).chain(without);
    let whole = lacking.filter(|draft| has_path(operation, draft));
    whole.map(Ask::plain).chain(empty).collect()
}

/// The first request with a value over an edge that is refused for its content.
fn over_edge(target: &Target<'_>, basis: &Basis) -> Option<Obtained> {
    let drafts = variants(target, basis).into_iter();
    let whole = drafts.filter(|draft| has_path(target.operation, draft));
    let mut answered =
        whole.filter_map(|draft| Ask::plain(draft).answered(target.api, target.operation));
    answered.find(|it| is_for(it, Cause::Content))
}

/// Whether the path has all of its parameters: it would be another one without.
fn has_path(operation: &Operation, draft: &Draft) -> bool {
    let mut values = operation.parameters.iter().zip(&draft.parameters);
    values.all(|(parameter, value)| parameter.place != In::Path || value.is_some())
}

/// The request with another body, where it has one.
fn changed(draft: &Draft, change: impl Fn(&DraftBody) -> DraftBody) -> Vec<Ask> {
    let body = draft.body.as_ref().map(change);
    let with = |body| {
        Ask::plain(Draft {
            body: Some(body),
            ..draft.clone()
        })
    };
    body.map(with).into_iter().collect()
}
