//! The server's own refusals, as RFC 9457 has them: those that no description states.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Map, Value};

use crate::exchange::Reply;

/// The media type of RFC 9457.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// A refusal of the server itself: what is wrong and what to do, in a sentence.
pub(super) fn problem(status: StatusCode, detail: &str) -> Reply {
    problem_with(status, detail, Map::new())
}

/// [`problem`] with members of its own.
pub(super) fn problem_with(status: StatusCode, detail: &str, more: Map<String, Value>) -> Reply {
    let mut members = Map::new();
    let title = status.canonical_reason().unwrap_or("Refused");
    members.insert("title".to_owned(), title.into());
    members.insert("status".to_owned(), status.as_u16().into());
    members.insert("detail".to_owned(), detail.into());
    members.extend(more);
    Reply::with_content(status, MEDIA_TYPE, Value::Object(members).to_string())
}

/// The answer when answering panicked. The panic itself went to standard error.
pub(super) fn panicked() -> Arc<Reply> {
    Arc::new(problem(
        StatusCode::INTERNAL_SERVER_ERROR,
        "a fault in Mynah or in a stub, not in the request: the server's standard error says more",
    ))
}
