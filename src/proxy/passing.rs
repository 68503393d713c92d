//! An exchange that passes through, and what is made of it once it is over.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri, request::Parts};

use super::{forwarder::Forwarder, tee::Seen};
use crate::{
    Api, Exchange, Reply, Violation,
    answer::{answer, judge},
    exchange::{Place, Request, Rule},
};

/// An exchange that passes through. It is judged when both bodies are over.
#[derive(Debug)]
pub(super) struct Passing {
    forwarder: Arc<Forwarder>,
    api: Arc<Api>,
    at: SystemTime,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    halves: Mutex<Halves>,
}

/// What was seen so far.
#[derive(Debug, Default)]
struct Halves {
    request: Option<Seen>,
    reply: Option<Replied>,
}

/// What came back.
#[derive(Debug)]
enum Replied {
    Reply(StatusCode, HeaderMap, Seen),
    /// Nothing: the reply in its place, and why.
    Nothing(Reply, String),
}

impl Passing {
    /// An exchange that begins with this head of a request.
    pub(super) fn begin(forwarder: &Arc<Forwarder>, head: &Parts) -> Arc<Self> {
        Arc::new(Self {
            api: forwarder.contract.api(),
            forwarder: Arc::clone(forwarder),
            at: SystemTime::now(),
            method: head.method.clone(),
            uri: head.uri.clone(),
            headers: head.headers.clone(),
            halves: Mutex::default(),
        })
    }

    /// The body of the request is over.
    pub(super) fn request_seen(&self, seen: Seen) {
        self.note(|halves| halves.request = Some(seen));
    }

    /// The body of the reply with this head is over.
    pub(super) fn reply_seen(&self, status: StatusCode, headers: HeaderMap, seen: Seen) {
        self.note(|halves| halves.reply = Some(Replied::Reply(status, headers, seen)));
    }

    /// There is no reply from the real server; the reply in its place, and why.
    pub(super) fn unanswered(&self, instead: Reply, why: String) {
        self.note(|halves| halves.reply = Some(Replied::Nothing(instead, why)));
    }

    /// Notes a half, and judges the whole when it was the second.
    fn note(&self, note: impl FnOnce(&mut Halves)) {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        note(&mut halves);
        let (request, reply) = match (halves.request.take(), halves.reply.take()) {
            (Some(request), Some(reply)) => (request, reply),
            (request, reply) => {
                *halves = Halves { request, reply };
                return;
            }
        };
        drop(halves);
        let exchange = self.judged(request, reply);
        self.forwarder.record(&self.api, self.at, exchange);
    }

    fn judged(&self, request: Seen, replied: Replied) -> Exchange {
        let (body, request_body) = request.told();
        let mut request = http::Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        let request = Request::from(request);
        let mut exchange = match replied {
            Replied::Nothing(instead, why) => unanswered(&self.api, request, instead, why),
            Replied::Reply(status, headers, seen) => {
                let (body, reply_body) = seen.told();
                let reply = Reply {
                    status,
                    headers,
                    body,
                };
                let mut exchange = judge(&self.api, request, reply);
                reply_body.correct(&mut exchange.reply_violations);
                exchange
            }
        };
        request_body.correct(&mut exchange.violations);
        exchange
    }
}

/// An exchange whose reply never came: the request is judged, and the server blamed.
pub(super) fn unanswered(api: &Api, request: Request, instead: Reply, why: String) -> Exchange {
    let mut exchange = answer(api, request);
    exchange.choice.status = instead.status;
    exchange.reply = Arc::new(instead);
    exchange.reply_violations.push(Violation {
        place: Place::Reply,
        rule: Rule::Unanswered,
        message: why,
        stated: None,
    });
    exchange
}

/// Whether a body is there to be held against its schema, and if not, what is said of that.
enum Wholeness {
    Whole,
    TooLong(usize),
    Broken,
    /// Whoever was to read it did not: nobody's fault, or the other side's.
    Unread,
}

impl Seen {
    fn told(self) -> (Bytes, Wholeness) {
        match self {
            Self::Whole(body) => (body, Wholeness::Whole),
            Self::TooLong(limit) => (Bytes::new(), Wholeness::TooLong(limit)),
            Self::BrokenOff => (Bytes::new(), Wholeness::Broken),
            Self::Unread => (Bytes::new(), Wholeness::Unread),
        }
    }
}

impl Wholeness {
    /// Takes what was found of a body that was not there whole for what it is.
    fn correct(self, violations: &mut Vec<Violation>) {
        let (rule, message) = match self {
            Self::Whole => return,
            Self::Unread => return without_body(violations),
            Self::TooLong(limit) => (
                Rule::Undecidable,
                format!(
                    "longer than the {limit} bytes that are kept, so it was not held against its schema: keep \
                     more of it"
                ),
            ),
            Self::Broken => (Rule::Syntax, "it broke off before its end".to_owned()),
        };
        without_body(violations);
        violations.push(Violation {
            place: Place::Body(String::new()),
            rule,
            message,
            stated: None,
        });
    }
}

/// Drops what was found of a body.
fn without_body(violations: &mut Vec<Violation>) {
    violations.retain(|it| !matches!(it.place, Place::Body(_) | Place::PartHeader(..)));
}
