//! Names and values in a query and in cookies.

use std::borrow::Cow;

use http::header::COOKIE;
use percent_encoding::percent_decode_str;

use crate::exchange::Request;

/// Names and values of a query or form, percent-encoded, in order.
pub(crate) fn split(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Form-encoded text as it was meant: `+` is a space, `%XX` a byte; `None` when the bytes are not
/// UTF-8. A `%` that begins no escape stays (WHATWG URL, "percent-decode").
pub(crate) fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['+', '%']) {
        return Some(Cow::Borrowed(text));
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
    Some(Cow::Owned(decoded.into_owned()))
}

/// The first value of a query parameter, decoded.
pub(crate) fn query_value(request: &Request, name: &str) -> Option<String> {
    split(request.query()?)
        .find(|(other, _)| decode(other).is_some_and(|other| other == name))
        .and_then(|(_, value)| decode(value))
        .map(Cow::into_owned)
}

/// Names and values of the cookies, in order (RFC 6265 section 4.2.1).
pub(super) fn cookies(request: &Request) -> impl Iterator<Item = (&str, &str)> {
    request
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|field| field.to_str().ok())
        .flat_map(|field| field.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// The first cookie of a name.
pub(crate) fn cookie_value<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    cookies(request)
        .find(|(other, _)| *other == name)
        .map(|(_, value)| value)
}
