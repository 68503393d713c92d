//! Calls from browsers: the CORS protocol of the Fetch standard (section 3.3), open to any origin.

use http::{
    HeaderMap, HeaderName, Method, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
        ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD,
        HeaderValue, ORIGIN, SET_COOKIE, VARY,
    },
    request::Parts,
};

use crate::exchange::Reply;

/// How long a browser may keep the answer to a preflight, in seconds.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// Asked by browsers before a public page may call a private address (Private Network Access).
const REQUEST_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");
const ALLOW_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");

/// The answer to a preflight; `None` when the request is not one. Whatever it asks for is allowed:
/// a method or header field that the API does not take is for the API to refuse, readably.
pub(super) fn preflight(request: &Parts) -> Option<Reply> {
    let asked = &request.headers;
    if request.method != Method::OPTIONS || !asked.contains_key(ORIGIN) {
        return None;
    }
    let method = asked.get(ACCESS_CONTROL_REQUEST_METHOD)?;
    let mut reply = Reply::empty(StatusCode::NO_CONTENT);
    let headers = &mut reply.headers;
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, method.clone());
    if let Some(names) = asked.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    if asked.contains_key(REQUEST_PRIVATE_NETWORK) {
        headers.insert(ALLOW_PRIVATE_NETWORK, HeaderValue::from_static("true"));
    }
    headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    headers.append(VARY, ACCESS_CONTROL_REQUEST_METHOD.into());
    headers.append(VARY, ACCESS_CONTROL_REQUEST_HEADERS.into());
    Some(reply)
}

/// Lets the page that asked read a response, all its header fields included.
///
/// The origin is named and never `*`: a browser takes no `*` for a request made with cookies or
/// HTTP authentication, and whether it is one cannot be seen when there are none yet.
pub(super) fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    if let Some(names) = exposed(headers) {
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, names);
    }
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(
        ACCESS_CONTROL_ALLOW_CREDENTIALS,
        HeaderValue::from_static("true"),
    );
    headers.append(VARY, ORIGIN.into());
}

/// The names of a response's header fields, by name since `*` does not cover a request made with
/// credentials.
fn exposed(headers: &HeaderMap) -> Option<HeaderValue> {
    let readable =
        |name: &&HeaderName| *name != SET_COOKIE && !name.as_str().starts_with("access-control-");
    let names: Vec<_> = headers
        .keys()
        .filter(readable)
        .map(HeaderName::as_str)
        .collect();
    HeaderValue::from_str(&names.join(", "))
        .ok()
        .filter(|names| !names.is_empty())
}
