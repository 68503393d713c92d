//! Names and values in a query and in cookies.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::charset::Charset;
use crate::exchange::{Request, cookies, form_decoded, pairs};

/// The same in another charset; `None` when the bytes are not text in it.
pub(super) fn decode_as(text: &str, charset: Charset) -> Option<Cow<'_, str>> {
    if charset == Charset::Utf8 || !text.contains(['+', '%']) {
        return form_decoded(text);
    }
    let spaced = text.replace('+', " ");
    let bytes: Vec<u8> = percent_decode_str(&spaced).collect();
    charset
        .decode(&bytes)
        .map(|text| Cow::Owned(text.into_owned()))
}

/// Names, decoded, and values, as they stand, in order.
#[derive(Debug, Default)]
pub(super) struct Pairs<'r>(Vec<(Cow<'r, str>, &'r str)>);

impl<'r> Pairs<'r> {
    /// The pairs of a query. A name whose bytes are not UTF-8 stays as it stands: it is none of ours.
    pub(super) fn of_query(request: &'r Request) -> Self {
        let pairs = pairs(request.query().unwrap_or(""));
        let named = |(name, value)| (form_decoded(name).unwrap_or(Cow::Borrowed(name)), value);
        Self(pairs.map(named).collect())
    }

    /// The cookies. Their names have no escapes.
    pub(super) fn of_cookies(request: &'r Request) -> Self {
        let named = |(name, value)| (Cow::Borrowed(name), value);
        Self(cookies(&request.headers).map(named).collect())
    }

    /// All pairs.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &'r str)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }

    /// The values of one name.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &'r str> {
        self.all()
            .filter(move |(other, _)| *other == name)
            .map(|(_, value)| value)
    }

    /// The pairs without quotes around their values.
    pub(super) fn unquoted(&self) -> Self {
        let unquoted = |(name, value): &(Cow<'r, str>, &'r str)| (name.clone(), unquote(value));
        Self(self.0.iter().map(unquoted).collect())
    }

    /// The pairs, those with `&` in their values taken apart at it.
    pub(super) fn taken_apart(&self) -> Self {
        let apart = self.0.iter().flat_map(|(name, value)| {
            let (first, more) = value.split_once('&').unwrap_or((value, ""));
            let more = pairs(more).map(|(name, value)| (Cow::Borrowed(name), value));
            [(name.clone(), first)].into_iter().chain(more)
        });
        Self(apart.collect())
    }
}

/// A cookie's value without the quotes around it (RFC 6265 section 4.1.1).
fn unquote(value: &str) -> &str {
    let inner = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(value)
}

/// The first value of a query parameter, decoded.
pub(crate) fn query_value(request: &Request, name: &str) -> Option<String> {
    pairs(request.query()?)
        .find(|(other, _)| form_decoded(other).is_some_and(|other| other == name))
        .and_then(|(_, value)| form_decoded(value))
        .map(Cow::into_owned)
}

/// The first cookie of a name.
pub(crate) fn cookie_value<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    cookies(&request.headers)
        .find(|(other, _)| *other == name)
        .map(|(_, value)| unquote(value))
}
