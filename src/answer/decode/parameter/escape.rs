//! How text is escaped where a parameter stands.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::Fault;
use crate::exchange;

/// How text was escaped where it stood.
pub(super) type Unescape = fn(&str) -> Result<Cow<'_, str>, Fault>;

pub(super) fn percent_decoded(text: &str) -> Result<Cow<'_, str>, Fault> {
    percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| format!("the bytes of `{text}` are not UTF-8"))
}

pub(super) fn form_decoded(text: &str) -> Result<Cow<'_, str>, Fault> {
    exchange::form_decoded(text).ok_or_else(|| format!("the bytes of `{text}` are not UTF-8"))
}

pub(super) fn as_it_stands(text: &str) -> Result<Cow<'_, str>, Fault> {
    Ok(Cow::Borrowed(text))
}
