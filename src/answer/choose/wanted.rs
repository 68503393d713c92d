//! Which documented reply a request without violations gets.

use std::sync::Arc;

use http::StatusCode;

use crate::{
    answer::prefer::Preference,
    contract::{DocumentedReply, Operation, Pair},
    exchange::Why,
};

/// A documented reply, and why it is wanted where no preference is why.
pub(super) struct Wanted<'a> {
    pub(super) status: StatusCode,
    pub(super) reply: &'a DocumentedReply,
    /// The name of the example that is wanted of it.
    pub(super) example: Option<Arc<str>>,
    pub(super) why: Why,
}

/// What a preference names, else what belongs to the documented request that this one is, else the
/// lowest documented success.
pub(super) fn wanted<'a>(
    operation: &'a Operation,
    preference: &Preference,
    matched: Option<&Pair>,
) -> Wanted<'a> {
    let mut wanted = named(operation, preference)
        .or_else(|| of_pair(operation, matched?))
        .unwrap_or_else(|| {
            let reply = operation.success();
            Wanted {
                status: operation.status_of(reply),
                reply,
                example: None,
                why: Why::Default,
            }
        });
    if wanted.example.is_none() {
        // A preferred status has the example of the documented request, where it has one.
        let pair = matched.filter(|pair| wanted.reply.has_example(&pair.name));
        wanted.example = pair.map(|pair| Arc::clone(&pair.name));
    }
    wanted
}

/// The reply that a status or the name of an example is preferred for.
fn named<'a>(operation: &'a Operation, preference: &Preference) -> Option<Wanted<'a>> {
    let coded = preference
        .code
        .and_then(|code| Some((StatusCode::from_u16(code).ok()?, operation.reply(code)?)));
    let (status, reply) = match coded {
        Some(coded) => coded,
        None => {
            let reply = operation.reply_named(preference.example.as_deref()?)?;
            (operation.status_of(reply), reply)
        }
    };
    Some(Wanted {
        status,
        reply,
        example: preference.example.clone(),
        why: Why::Default,
    })
}

/// The reply of a documented request.
pub(super) fn of_pair<'a>(operation: &'a Operation, pair: &Pair) -> Option<Wanted<'a>> {
    let reply = operation.reply_named(&pair.name)?;
    Some(Wanted {
        status: operation.status_of(reply),
        reply,
        example: Some(Arc::clone(&pair.name)),
        why: Why::Matched(Arc::clone(&pair.name)),
    })
}
