//! Requests that get no further than the server: the exchanges that they make.

use std::sync::Arc;

use http::{StatusCode, header::CONTENT_TYPE};

use super::problem::problem;
use crate::{
    Exchange, Reply, Request, Violation,
    exchange::{Choice, Place, ReplySource, Rule, Why},
};

/// Why a request gets no further, and what it is answered with.
pub(super) struct Refusal {
    /// Where in the request the fault is.
    pub(super) place: Place,
    /// Which rule is broken.
    pub(super) rule: Rule,
    /// What is wrong, in a sentence.
    pub(super) detail: String,
    /// The answer.
    pub(super) reply: Reply,
}

impl Refusal {
    /// A body that was not read.
    pub(super) fn of_body(status: StatusCode, rule: Rule, detail: String) -> Self {
        Self {
            place: Place::Body(String::new()),
            rule,
            reply: problem(status, &detail),
            detail,
        }
    }

    /// A head that says in no one way where the request goes.
    pub(super) fn of_head(place: Place, detail: &str) -> Self {
        Self {
            place,
            rule: Rule::Syntax,
            reply: problem(StatusCode::BAD_REQUEST, detail),
            detail: detail.to_owned(),
        }
    }

    /// A session that cannot be told.
    pub(super) fn of_session(detail: &str) -> Self {
        Self {
            place: Place::Header("Mynah-Session".into()),
            rule: Rule::PreferUnknown,
            reply: problem(StatusCode::BAD_REQUEST, detail),
            detail: detail.to_owned(),
        }
    }

    /// A method that is for proxies.
    pub(super) fn of_connect() -> Self {
        let detail = "this server is no proxy and opens no tunnels";
        Self {
            place: Place::Method,
            rule: Rule::UnknownMethod,
            reply: problem(StatusCode::NOT_IMPLEMENTED, detail),
            detail: detail.to_owned(),
        }
    }

    /// The exchange that a request makes with it.
    pub(super) fn exchange(self, request: Request) -> Exchange {
        let why = Why::Refused(self.rule.cause());
        let violation = Violation {
            place: self.place,
            rule: self.rule,
            message: self.detail,
            stated: None,
        };
        exchange(request, vec![violation], why, self.reply)
    }
}

/// The exchange of a request whose answering panicked.
pub(super) fn panicked(request: Request, reply: Reply) -> Exchange {
    exchange(request, Vec::new(), Why::Panicked, reply)
}

fn exchange(request: Request, violations: Vec<Violation>, why: Why, reply: Reply) -> Exchange {
    let media_type = reply.headers.get(CONTENT_TYPE);
    Exchange {
        request,
        operation: None,
        violations,
        reply_violations: Vec::new(),
        choice: Choice {
            status: reply.status,
            media_type: media_type.and_then(|it| Some(it.to_str().ok()?.into())),
            source: ReplySource::Refusal,
            why,
        },
        reply: Arc::new(reply),
        callbacks: Vec::new(),
    }
}
