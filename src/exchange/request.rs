//! A request as it came, its body buffered once.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri, Version, request::Parts};

/// A request, whole: nothing of it is still to come from a socket.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method, as sent.
    pub method: Method,
    /// The request target, as sent.
    pub uri: Uri,
    /// The version of HTTP that it came in.
    pub version: Version,
    /// The header fields, as sent.
    pub headers: HeaderMap,
    /// The body, as sent.
    pub body: Bytes,
    /// How many bytes of the path belong to the mount (`/libredesk`) and not to the API.
    mount: usize,
    /// How long its body may be once codings are undone.
    body_limit: usize,
}

/// Whether a message has any header field of Mynah's own (`Mynah-Session` and the like). Nearly none has, and to look
/// for each of them takes longer.
pub(crate) fn has_own_field(headers: &HeaderMap) -> bool {
    let mut names = headers.keys();
    names.any(|name| name.as_str().starts_with("mynah-"))
}

/// The limit of a body where no server sets one: 10 MiB.
const BODY_LIMIT: usize = 10 << 20;

impl Request {
    /// A request by its head and its body.
    pub(crate) fn new(head: Parts, body: Bytes) -> Self {
        Self {
            method: head.method,
            uri: head.uri,
            version: head.version,
            headers: head.headers,
            body,
            mount: 0,
            body_limit: BODY_LIMIT,
        }
    }

    /// The same request to an API mounted below a prefix of the path.
    ///
    /// ```
    /// let request = http::Request::post("/libredesk/api/v1/x?y=1").body("".into()).unwrap();
    /// let request = mynah::Request::from(request).below("/libredesk");
    /// assert_eq!(request.path(), "/api/v1/x");
    /// ```
    #[must_use]
    pub fn below(self, prefix: &str) -> Self {
        debug_assert!(self.uri.path().starts_with(prefix));
        self.below_length(prefix.len())
    }

    /// The same below a prefix of so many bytes.
    #[must_use]
    pub(crate) fn below_length(mut self, length: usize) -> Self {
        self.mount = length;
        self
    }

    /// The same request with a limit on its body without content codings: a body of a kilobyte can be
    /// one of a gigabyte.
    #[must_use]
    pub fn within(mut self, body_limit: usize) -> Self {
        self.body_limit = body_limit;
        self
    }

    /// How many bytes the body may have without content codings. Default 10 MiB.
    pub fn body_limit(&self) -> usize {
        self.body_limit
    }

    /// The request target, as HTTP/1.1 has it in its first line (RFC 9112 section 3.2): the path with the
    /// query, or the whole address where a client sent that.
    pub fn target(&self) -> Cow<'_, str> {
        let is_whole = self.uri.authority().is_some() && self.version < Version::HTTP_2;
        match self.uri.path_and_query() {
            Some(path) if !is_whole => Cow::Borrowed(path.as_str()),
            _ => Cow::Owned(self.uri.to_string()),
        }
    }

    /// What of the path is not the API's: the prefix that it is served below.
    pub fn prefix(&self) -> &str {
        &self.uri.path()[..self.mount]
    }

    /// The path as the API's description knows it: percent-encoded, below the mount.
    pub fn path(&self) -> &str {
        match &self.uri.path()[self.mount..] {
            "" => "/",
            path => path,
        }
    }

    /// The query, percent-encoded, without its `?`.
    pub fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    /// The same request with another query.
    #[must_use]
    pub(crate) fn with_query(&self, query: &str) -> Self {
        let path = self.uri.path();
        let target = match query {
            "" => path.to_owned(),
            query => format!("{path}?{query}"),
        };
        let mut request = self.clone();
        let mut parts = self.uri.clone().into_parts();
        // A part of what was a target is one again.
        parts.path_and_query = target.parse().ok();
        if let Ok(uri) = Uri::from_parts(parts) {
            request.uri = uri;
        }
        request
    }

    /// A header field's value as text; `None` when it is absent or not visible ASCII.
    pub fn header(&self, name: impl http::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl From<http::Request<Bytes>> for Request {
    fn from(request: http::Request<Bytes>) -> Self {
        let (head, body) = request.into_parts();
        Self::new(head, body)
    }
}
