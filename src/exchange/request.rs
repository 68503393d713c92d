//! A request as it came, its body buffered once.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Method, Uri, Version, uri::PathAndQuery};

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

/// A longer body has memory of its own.
const SMALL_BODY: usize = 4 << 10;

/// The limit of a body where no server sets one: 10 MiB.
const BODY_LIMIT: usize = 10 << 20;

impl Request {
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

    /// Moves what is small of it into memory of its own. As it came from a socket it is a few slices of a buffer,
    /// and keeps all of that from being used again.
    pub(crate) fn detach(&mut self) {
        let body = match self.body.len() {
            length @ ..=SMALL_BODY => length,
            _ => 0,
        };
        let target = self
            .uri
            .path_and_query()
            .filter(|_| self.uri.authority().is_none());
        let target = target.map_or("", PathAndQuery::as_str).as_bytes();
        let target_length = target.len();
        let fields = self.headers.values().map(HeaderValue::len).sum::<usize>();
        let mut own = BytesMut::with_capacity(target_length + fields + body);
        own.extend_from_slice(target);
        for value in self.headers.values() {
            own.extend_from_slice(value.as_bytes());
        }
        own.extend_from_slice(&self.body[..body]);
        let mut own = own.freeze();
        // What was valid is valid still.
        let target = own.split_to(target_length);
        if let Some(Ok(target)) =
            (!target.is_empty()).then(|| PathAndQuery::from_maybe_shared(target))
        {
            self.uri = target.into();
        }
        for value in self.headers.values_mut() {
            let is_sensitive = value.is_sensitive();
            if let Ok(moved) = HeaderValue::from_maybe_shared(own.split_to(value.len())) {
                *value = moved;
                value.set_sensitive(is_sensitive);
            }
        }
        if body > 0 {
            self.body = own;
        }
    }

    /// A header field's value as text; `None` when it is absent or not visible ASCII.
    pub fn header(&self, name: impl http::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl From<http::Request<Bytes>> for Request {
    fn from(request: http::Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        Self {
            method: parts.method,
            uri: parts.uri,
            version: parts.version,
            headers: parts.headers,
            body,
            mount: 0,
            body_limit: BODY_LIMIT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_with_memory_of_its_own_is_the_same() {
        for (target, body) in [
            ("/a?b=%20", vec![]),
            ("/", b"short".to_vec()),
            ("http://host/a", vec![b'x'; SMALL_BODY]),
            ("*", vec![b'x'; SMALL_BODY + 1]),
        ] {
            let http = http::Request::post(target)
                .header("x-one", "1")
                .header("x-empty", "")
                .header("x-one", HeaderValue::from_bytes(b"\xff").unwrap());
            let request = Request::from(http.body(Bytes::from(body)).unwrap());
            let mut detached = request.clone();
            detached.detach();
            assert_eq!(detached.uri, request.uri, "{target}");
            assert_eq!(detached.headers, request.headers, "{target}");
            assert_eq!(detached.body, request.body, "{target}");
            let is_shared = detached.body.as_ptr() == request.body.as_ptr();
            assert_eq!(
                is_shared,
                request.body.len() > SMALL_BODY || request.body.is_empty(),
                "{target}"
            );
        }
    }
}
