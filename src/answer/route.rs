//! From method and path to an operation, or to what HTTP says where there is none.

use std::sync::Arc;

use http::{HeaderValue, Method, StatusCode, header::ALLOW};

use super::{Answered, meant::meant};
use crate::{
    contract::{self, Api, Match, Operation},
    exchange::{Choice, Place, Reply, ReplySource, Request, Rule, Violation, Why},
};

/// Names and percent-encoded values of path parameters.
pub(super) type Captured<'a> = contract::Captured<'a, 'a>;

/// Where a request leads.
pub(super) enum Route<'a> {
    /// An operation.
    Operation(&'a Operation, Captured<'a>),
    /// `OPTIONS`, which no operation documents: HTTP's own answer is the methods there are.
    Methods(Vec<Method>),
    /// Nowhere; the methods that the path does have.
    Refused(Violation, Vec<Method>),
}

/// How many paths a refusal names at most.
const MAX_NAMED: usize = 5;

/// Finds where a request leads. `HEAD` is answered as `GET` where only that is documented
/// (RFC 9110 section 9.3.2), and `OPTIONS` with the methods there are (section 9.3.7).
pub(super) fn find<'a>(api: &'a Api, request: &'a Request) -> Route<'a> {
    let path = request.path();
    let lookup = |method| api.routes().find(method, path, request.query());
    let found = match lookup(&request.method) {
        Match::OtherMethods(methods)
            if request.method == Method::HEAD && methods.contains(&&Method::GET) =>
        {
            lookup(&Method::GET)
        }
        found => found,
    };
    match found {
        Match::Operation(index, captured) => Route::Operation(&api.operations()[index], captured),
        Match::Several(first, others) => {
            let candidate = |(index, captured): (usize, _)| (&api.operations()[index], captured);
            let others = others.into_iter().map(candidate);
            let (operation, captured) = meant(api, request, candidate(first), others);
            Route::Operation(operation, captured)
        }
        Match::OtherMethods(methods) => other_methods(&request.method, allowed(&methods)),
        Match::Nothing if request.method == Method::OPTIONS && path == "*" => {
            Route::Methods(Vec::new())
        }
        Match::Nothing => Route::Refused(unknown_path(api, path), Vec::new()),
    }
}

/// The documented methods, and those that HTTP adds to them.
fn allowed(documented: &[&Method]) -> Vec<Method> {
    let mut methods: Vec<Method> = documented.iter().copied().cloned().collect();
    if methods.contains(&Method::GET) && !methods.contains(&Method::HEAD) {
        methods.push(Method::HEAD);
    }
    if !methods.contains(&Method::OPTIONS) {
        methods.push(Method::OPTIONS);
    }
    methods
}

fn other_methods<'a>(method: &Method, allowed: Vec<Method>) -> Route<'a> {
    if method == Method::OPTIONS {
        return Route::Methods(allowed);
    }
    let violation = Violation {
        place: Place::Method,
        rule: Rule::UnknownMethod,
        message: format!(
            "`{method}` is not documented here; there are: {}",
            list(&allowed)
        ),
        stated: None,
    };
    Route::Refused(violation, allowed)
}

fn unknown_path(api: &Api, path: &str) -> Violation {
    let mut known: Vec<&str> = api.operations().iter().map(Operation::path).collect();
    known.dedup();
    let more = known.len().saturating_sub(MAX_NAMED);
    known.truncate(MAX_NAMED);
    let known = known.join(", ") + &below(api.routes().base_paths());
    let message = match more {
        _ if is_known(api, &other_slash(path)) => {
            format!("`{path}` is not documented; `{}` is", other_slash(path))
        }
        0 => format!("`{path}` is not documented; there are: {known}"),
        more => format!("`{path}` is not documented; there are: {known}, and {more} more"),
    };
    Violation {
        place: Place::Path,
        rule: Rule::UnknownPath,
        message,
        stated: None,
    }
}

/// The base paths of the servers, in words.
fn below(bases: Vec<&str>) -> String {
    match &bases[..] {
        [] => String::new(),
        bases if bases.len() > MAX_NAMED => {
            format!(" (below {}, …)", bases[..MAX_NAMED].join(", "))
        }
        bases => format!(" (below {})", bases.join(", ")),
    }
}

/// The same path with a slash at its end, or without.
fn other_slash(path: &str) -> String {
    match path.strip_suffix('/') {
        Some(without) => without.to_owned(),
        None => format!("{path}/"),
    }
}

fn is_known(api: &Api, path: &str) -> bool {
    !matches!(api.routes().find(&Method::GET, path, None), Match::Nothing)
}

fn list(methods: &[Method]) -> String {
    let names: Vec<&str> = methods.iter().map(Method::as_str).collect();
    names.join(", ")
}

/// The `Allow` field (RFC 9110 section 10.2.1); `None` when nothing can be said.
pub(super) fn allow(methods: &[Method]) -> Option<HeaderValue> {
    if methods.is_empty() {
        return None;
    }
    HeaderValue::from_str(&list(methods)).ok()
}

/// The answer to `OPTIONS`.
pub(super) fn options(methods: &[Method]) -> Answered {
    let mut reply = Reply::empty(StatusCode::NO_CONTENT);
    reply
        .headers
        .extend(allow(methods).map(|value| (ALLOW, value)));
    Answered {
        operation: None,
        violations: Vec::new(),
        choice: Choice {
            status: reply.status,
            media_type: None,
            source: ReplySource::Nothing,
            why: Why::Protocol,
        },
        reply: Arc::new(reply),
        callbacks: Vec::new(),
    }
}
