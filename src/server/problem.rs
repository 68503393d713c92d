//! The server's own refusals, as RFC 9457 has them: those that no description states.

use http::StatusCode;

use crate::exchange::Reply;

/// A refusal of the server itself: what is wrong and what to do, in a sentence.
pub(super) fn problem(status: StatusCode, detail: &str) -> Reply {
    Reply::problem(status, detail, &())
}

/// The answer when answering panicked. The panic itself went to standard error.
pub(super) fn panicked() -> Reply {
    problem(
        StatusCode::INTERNAL_SERVER_ERROR,
        "a fault in Mynah or in a stub, not in the request: the server's standard error says more",
    )
}
