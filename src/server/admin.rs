//! What Mynah says of itself, below `/__mynah`: the journal, the coverage, whether it serves. None of it is
//! recorded.

mod guard;
mod journal;

pub use guard::Access;

use std::net::{IpAddr, SocketAddr};

use http::{
    HeaderMap, HeaderName, Method, StatusCode,
    header::{ALLOW, CACHE_CONTROL, HeaderValue, VARY, X_CONTENT_TYPE_OPTIONS},
    request::Parts,
};
use serde_json::{Value, json};

use super::{
    accepted,
    mount::{Mount, Mounts},
    problem::problem,
    recorder::Recorder,
};
use crate::{
    Reply,
    journal::{Coverage, Journal},
    report::{CoverageFormat, render_coverage},
};
use guard::Guard;

/// The beginning of the paths.
const PREFIX: &str = "/__mynah";

/// No page of another origin may have a part of it in itself (Fetch standard, section 3.6).
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");

/// What there is, with the methods that it takes.
const PAGES: [(&str, &str, &str); 7] = [
    ("", "GET, HEAD", "this list"),
    (
        "/health",
        "GET, HEAD",
        "whether the server serves; for anybody",
    ),
    (
        "/journal",
        "GET, HEAD, DELETE",
        "the exchanges kept, newest last; ?api= operation= status= violation= session= since= limit=",
    ),
    ("/journal/{number}", "GET, HEAD", "one exchange, whole"),
    (
        "/journal.har",
        "GET, HEAD",
        "the exchanges kept, as HAR 1.2; the same queries",
    ),
    (
        "/coverage",
        "GET, HEAD",
        "what of the descriptions was exercised: JSON, text or HTML",
    ),
    ("/session/{name}/…", "", "what is served, in a session"),
];

/// What Mynah says of itself, and to whom.
#[derive(Debug)]
pub(super) struct Admin {
    guard: Guard,
    /// Where the server listens.
    addr: SocketAddr,
}

/// A request for something of it.
struct Asked<'a> {
    head: &'a Parts,
    recorder: &'a Recorder,
    mounts: &'a Mounts,
    addr: SocketAddr,
}

/// Whether a path is the prefix, or below it.
pub(super) fn is_below(path: &str) -> bool {
    let rest = path.strip_prefix(PREFIX);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Admin {
    /// Lets those ask who may, of a server that listens on an address.
    pub(super) fn new(access: Access, addr: SocketAddr) -> Self {
        let host = addr.ip();
        Self {
            guard: Guard { access, host },
            addr,
        }
    }

    /// The answer to a request below the prefix.
    pub(super) fn reply(
        &self,
        head: &Parts,
        peer: IpAddr,
        recorder: &Recorder,
        mounts: &Mounts,
    ) -> Reply {
        let path = &head.uri.path()[PREFIX.len()..];
        let asked = Asked {
            head,
            recorder,
            mounts,
            addr: self.addr,
        };
        // That it serves is no secret, and is asked by machines that know no token.
        let mut reply = match path == "/health" {
            true => asked.page(path),
            false => match self.guard.check(head, peer) {
                Ok(()) => asked.page(path),
                Err(refusal) => *refusal,
            },
        };
        keep_apart(&mut reply.headers);
        reply
    }
}

/// Says that an answer is for who asked only.
fn keep_apart(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let policy = HeaderValue::from_static("same-origin");
    headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, policy);
}

impl Asked<'_> {
    fn page(&self, path: &str) -> Reply {
        let reads = matches!(self.head.method, Method::GET | Method::HEAD);
        let number = path.strip_prefix("/journal/");
        match (path, number) {
            ("" | "/", _) if reads => self.list(),
            ("/health", _) if reads => of_json(&json!({ "status": "ok" })),
            ("/coverage", _) if reads => self.coverage(),
            ("/journal", _) if reads => self.with_journal(journal::list),
            ("/journal", _) if self.head.method == Method::DELETE => {
                self.with_journal(journal::clear)
            }
            ("/journal.har", _) if reads => self.with_journal(journal::har),
            (_, Some(number)) if reads => {
                self.with_journal(|asked, journal| journal::one(asked, journal, number))
            }
            ("" | "/", _) => not_allowed(PAGES[0].1),
            ("/journal", _) => not_allowed(PAGES[2].1),
            (_, Some(_)) => not_allowed(PAGES[3].1),
            _ => match PAGES.iter().find(|(page, ..)| *page == path) {
                Some((_, methods, _)) => not_allowed(methods),
                None => self.unknown(),
            },
        }
    }

    fn unknown(&self) -> Reply {
        let detail = format!(
            "nothing of Mynah's own is at {}: {PREFIX}/ lists what there is",
            self.head.uri.path()
        );
        problem(StatusCode::NOT_FOUND, &detail)
    }

    fn list(&self) -> Reply {
        let pages = PAGES.iter().map(|(path, methods, what)| {
            json!({ "path": format!("{PREFIX}{path}"), "methods": methods, "what": what })
        });
        let journal = self.recorder.journal.as_ref().map(|journal| {
            json!({
                "recorded": journal.recorded(),
                "kept": journal.len(),
                "dropped": journal.dropped(),
            })
        });
        let file = self.recorder.file.as_ref();
        let file = file.map(|file| file.path().display().to_string());
        of_json(&json!({
            "mynah": env!("CARGO_PKG_VERSION"),
            "journal": journal,
            "journal_file": file,
            "pages": pages.collect::<Vec<Value>>(),
        }))
    }

    fn with_journal(&self, page: impl FnOnce(&Self, &Journal) -> Reply) -> Reply {
        match &self.recorder.journal {
            Some(journal) => page(self, journal),
            None => problem(
                StatusCode::NOT_FOUND,
                "no journal is kept: start the server without --no-journal",
            ),
        }
    }

    fn coverage(&self) -> Reply {
        let journal = self.recorder.journal.as_ref();
        let Some(coverage) = journal.and_then(|journal| journal.coverage()) else {
            let detail = "nothing is counted: start the server without --no-journal";
            return problem(StatusCode::NOT_FOUND, detail);
        };
        self.follow(coverage);
        let types = ["application/json", "text/html", "text/plain"];
        let (format, media_type) = match accepted::best(&self.head.headers, &types) {
            "text/html" => (CoverageFormat::Html, "text/html; charset=utf-8"),
            "text/plain" => (CoverageFormat::Text, "text/plain; charset=utf-8"),
            json => (CoverageFormat::Json, json),
        };
        let text = render_coverage(coverage, format);
        let mut reply = Reply::with_content(StatusCode::OK, media_type, text);
        let headers = &mut reply.headers;
        headers.insert(VARY, HeaderValue::from_static("Accept"));
        reply
    }

    /// A description that was changed and not called since is counted as it is now.
    fn follow(&self, coverage: &Coverage) {
        let mounts = self.mounts.in_order().into_iter();
        mounts.map(Mount::api).for_each(|api| coverage.follow(&api));
    }
}

fn of_json(value: &Value) -> Reply {
    Reply::with_content(StatusCode::OK, "application/json", format!("{value:#}\n"))
}

fn not_allowed(methods: &'static str) -> Reply {
    let detail = format!("this takes {methods}");
    let mut reply = problem(StatusCode::METHOD_NOT_ALLOWED, &detail);
    // RFC 9110, section 15.5.6: a 405 lists what is allowed.
    let methods = HeaderValue::from_static(methods);
    reply.headers.insert(ALLOW, methods);
    reply
}
