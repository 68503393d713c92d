//! Which reply was chosen, and why.

use std::{fmt, sync::Arc};

use http::StatusCode;

use super::violation::Cause;

/// The one decision of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The status of the reply.
    pub status: StatusCode,
    /// The media type of the reply, as documented.
    pub media_type: Option<Arc<str>>,
    /// Where the body comes from.
    pub source: ReplySource,
    /// Why this one.
    pub why: Why,
}

/// Where the body of a reply comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplySource {
    /// A documented example; its name when it has one.
    Example(Option<Arc<str>>),
    /// Made from the schema, since nothing is documented.
    Schema,
    /// Made for this request by a typed reply: the API's own, or a test's stub.
    Typed,
    /// The API's manner of refusing, filled with the violations.
    Refusal,
    /// Documented without content, or no body called for.
    Nothing,
    /// A real provider gave it.
    Observed,
}

impl fmt::Display for Choice {
    /// `200 application/json example "ok"; why`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.status.as_str())?;
        if let Some(media_type) = &self.media_type {
            write!(f, " {media_type}")?;
        }
        write!(f, " {}; {}", self.source, self.why)
    }
}

impl fmt::Display for ReplySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Example(Some(name)) => write!(f, "example {name:?}"),
            Self::Example(None) => f.write_str("example"),
            Self::Schema => f.write_str("made from the schema"),
            Self::Typed => f.write_str("made for the request"),
            Self::Refusal => f.write_str("refusal"),
            Self::Nothing => f.write_str("without content"),
            Self::Observed => f.write_str("from the provider"),
        }
    }
}

/// Why a reply was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Nothing was wrong and nothing was asked for: the lowest documented success.
    Default,
    /// The request asked for it by `Prefer`.
    Preferred(String),
    /// The request is the documented example of this name.
    Matched(Arc<str>),
    /// A test replaced the documented reply.
    Stubbed,
    /// The request leaves the contract; the gravest cause decides.
    Refused(Cause),
    /// The documented reply leaves the contract itself, and whoever serves the API wants to know.
    Unfit,
    /// The method is answered as HTTP has it, not by the description (RFC 9110).
    Protocol,
    /// A fault in Mynah or in a stub kept the request from being answered.
    Panicked,
    /// The exchange could not be written to the journal's file, which is to have every one.
    Unrecorded,
    /// In words only, as of an exchange that was read from a file.
    Told(Arc<str>),
    /// Nothing was chosen: the reply is a real provider's.
    Observed,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => {
                f.write_str("the request keeps to the contract: lowest documented success")
            }
            Self::Preferred(what) => write!(f, "asked for by `Prefer: {what}`"),
            Self::Matched(name) => write!(f, "the request is the documented example `{name}`"),
            Self::Stubbed => f.write_str("a stub replaces the documented reply"),
            Self::Refused(cause) => write!(f, "the request leaves the contract: {cause}"),
            Self::Unfit => f.write_str("the documented reply breaks its own schema"),
            Self::Protocol => f.write_str("answered as HTTP has it"),
            Self::Panicked => f.write_str("a fault kept the request from being answered"),
            Self::Unrecorded => f.write_str("the exchange could not be written to the journal"),
            Self::Told(words) => f.write_str(words),
            Self::Observed => f.write_str("the provider replied so"),
        }
    }
}
