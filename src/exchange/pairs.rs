//! Names and values as they stand in a query, a form and cookies.

use std::borrow::Cow;

use http::{HeaderMap, header::COOKIE};
use percent_encoding::percent_decode_str;

/// Names and values of a query or form, percent-encoded, in order.
pub(crate) fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Form-encoded text as it was meant: `+` is a space, `%XX` a byte; `None` when the bytes are not
/// UTF-8. A `%` that begins no escape stays (WHATWG URL, "percent-decode").
pub(crate) fn form_decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['+', '%']) {
        return Some(Cow::Borrowed(text));
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
    Some(Cow::Owned(decoded.into_owned()))
}

/// Names and values of the cookies, in order (RFC 6265 section 4.2.1).
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|field| std::str::from_utf8(field.as_bytes()).ok())
        .flat_map(|field| field.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}
