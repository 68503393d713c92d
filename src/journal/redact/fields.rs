//! Secrets in header fields.

use std::borrow::Cow;

use http::{
    HeaderName, HeaderValue,
    header::{
        AUTHORIZATION, CONTENT_LOCATION, COOKIE, LOCATION, PROXY_AUTHORIZATION, REFERER, SET_COOKIE,
    },
};

use super::{REDACTED, Redaction, target};
use crate::contract::In;

/// Fields whose values are addresses.
const ADDRESSES: [HeaderName; 3] = [LOCATION, CONTENT_LOCATION, REFERER];

/// The value of a header field, with its secrets taken out: all of it, or the parts that are.
pub(super) fn redacted<'v>(
    redaction: &Redaction<'_>,
    name: &HeaderName,
    value: &'v HeaderValue,
) -> Cow<'v, [u8]> {
    let bytes = value.as_bytes();
    let Ok(text) = std::str::from_utf8(bytes) else {
        // Cookies and addresses that are no text have no parts to be told apart.
        let may_have = ADDRESSES.contains(name) || redaction.is_secret(In::Header, name.as_str());
        return match may_have {
            true => Cow::Borrowed(REDACTED.as_bytes()),
            false => Cow::Borrowed(bytes),
        };
    };
    let text = match name {
        &AUTHORIZATION | &PROXY_AUTHORIZATION => Cow::Owned(credentials(text)),
        &COOKIE => Cow::Owned(cookies(text)),
        &SET_COOKIE => Cow::Owned(set_cookie(text)),
        name if ADDRESSES.contains(name) => target::redacted_address(redaction, text),
        name if redaction.is_secret(In::Header, name.as_str()) => Cow::Borrowed(REDACTED),
        _ => Cow::Borrowed(text),
    };
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// The scheme is no secret: `Bearer ***`.
fn credentials(text: &str) -> String {
    match text.trim().split_once(' ') {
        Some((scheme, _)) => format!("{scheme} {REDACTED}"),
        None => REDACTED.to_owned(),
    }
}

/// `a=***; b=***`
fn cookies(text: &str) -> String {
    let cookie = |pair: &str| match pair.trim().split_once('=') {
        Some((name, _)) => format!("{name}={REDACTED}"),
        None => REDACTED.to_owned(),
    };
    text.split(';').map(cookie).collect::<Vec<_>>().join("; ")
}

/// `a=***; Path=/`
fn set_cookie(text: &str) -> String {
    let (pair, attributes) = match text.find(';') {
        Some(end) => text.split_at(end),
        None => (text, ""),
    };
    format!("{}{attributes}", cookies(pair))
}
