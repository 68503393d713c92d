//! Content codings of bodies (RFC 9110 section 8.4).

#[cfg(feature = "codings")]
mod decoder;

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_ENCODING};

use super::{body::Message, fault::Fault};
use crate::{contract::Formats, exchange::Rule};

/// The codings that are undone, as `Accept-Encoding` lists them.
#[cfg(feature = "codings")]
pub(in crate::answer) const CODINGS: &str = "gzip, deflate, br, zstd";
#[cfg(not(feature = "codings"))]
pub(in crate::answer) const CODINGS: &str = "identity";

/// Nobody means more codings than this, one around the other.
const MAX_CODINGS: usize = 4;

/// The longest body that is looked into once it was taken for something else: 10 MiB.
const MAX_UNCODED: usize = 10 << 20;

/// Why a coding cannot be undone.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "codings"),
    expect(dead_code, reason = "without codings none can fail")
)]
pub(super) enum CodingError {
    /// What comes out is longer than is borne.
    TooLong,
    /// The bytes are not of this coding; why.
    Broken(String),
}

/// The body without its codings.
///
/// # Errors
/// A coding that is not known, bytes that are not of it, and content beyond the message's limit.
pub(super) fn decoded<'m>(message: &Message<'m>) -> Result<Cow<'m, Bytes>, Fault> {
    let mut body = Cow::Borrowed(message.body);
    let codings = codings(message.headers)?;
    if codings.len() > MAX_CODINGS {
        let message = format!(
            "{} codings; at most {MAX_CODINGS} are undone",
            codings.len()
        );
        return Err(Fault::unsupported("Content-Encoding", message));
    }
    for coding in codings.iter().rev() {
        let decoded = undone(coding, &body, message.limit).ok_or_else(|| {
            let message = format!("`{coding}` is not decoded; these are: {CODINGS}");
            Fault::unsupported("Content-Encoding", message)
        })?;
        let decoded = decoded.map_err(|error| fault(coding, &error, message.limit))?;
        body = Cow::Owned(decoded.into());
    }
    Ok(body)
}

/// The bytes of a body without its codings; `None` where they cannot be undone.
pub(crate) fn uncoded(headers: &HeaderMap, body: &[u8]) -> Option<Bytes> {
    let message = Message {
        headers,
        body: &Bytes::copy_from_slice(body),
        limit: MAX_UNCODED,
        formats: Formats::default(),
        is_required: false,
    };
    decoded(&message).map(Cow::into_owned).ok()
}

/// The codings in the order in which they were applied.
fn codings(headers: &HeaderMap) -> Result<Vec<String>, Fault> {
    let mut codings = Vec::new();
    for field in headers.get_all(CONTENT_ENCODING) {
        let list = field.to_str().map_err(|_| {
            Fault::unsupported(
                "Content-Encoding",
                "the field is not visible ASCII".to_owned(),
            )
        })?;
        let each = list
            .split(',')
            .map(|coding| coding.trim().to_ascii_lowercase());
        codings.extend(each.filter(|coding| !coding.is_empty() && coding != "identity"));
    }
    Ok(codings)
}

fn fault(coding: &str, error: &CodingError, limit: usize) -> Fault {
    match error {
        CodingError::TooLong => {
            let message = format!("longer than {limit} bytes without its {coding}, the limit");
            Fault::whole(Rule::TooLarge, message)
        }
        CodingError::Broken(why) => Fault::syntax(format!("not {coding}: {why}")),
    }
}

#[cfg(feature = "codings")]
fn undone(coding: &str, body: &[u8], limit: usize) -> Option<Result<Vec<u8>, CodingError>> {
    Some(match coding {
        "gzip" | "x-gzip" => decoder::gzip(body, limit),
        "deflate" => decoder::deflate(body, limit),
        "br" => decoder::brotli(body, limit),
        "zstd" => decoder::zstd(body, limit),
        _ => return None,
    })
}

#[cfg(not(feature = "codings"))]
fn undone(_coding: &str, _body: &[u8], _limit: usize) -> Option<Result<Vec<u8>, CodingError>> {
    None
}
