//! From a request to a reply. So far only routing: nothing is held against the contract yet.

use std::sync::Arc;

use http::StatusCode;

use crate::{
    contract::{Api, Match},
    exchange::{Choice, Exchange, Reply, ReplySource, Request, Why},
};

/// Answers a request.
pub fn answer(api: &Api, request: Request) -> Exchange {
    let reply = match api.routes().find(&request.method, request.path()) {
        Match::Operation(index, _) => Arc::clone(&api.operations()[index].success().bare),
        _ => Arc::new(Reply::empty(StatusCode::NOT_FOUND)),
    };
    Exchange {
        operation: None,
        violations: Vec::new(),
        choice: Choice {
            status: reply.status,
            media_type: None,
            source: ReplySource::Nothing,
            why: Why::Default,
        },
        request,
        reply,
    }
}
