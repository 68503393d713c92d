//! Documented replies, each prepared as bytes once.

mod example;
mod header;
mod read;
mod write;
mod writer;

use std::{fmt, sync::Arc};

use http::StatusCode;

use super::schema::Schema;
use crate::exchange::{MediaType, Reply, ReplySource};
pub(super) use example::request_sample;
pub(super) use read::read_all;
pub(super) use write::written;

/// The key of a documented reply. Codes come before ranges, and these before `default`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusKey {
    /// One status, such as `200`.
    Code(u16),
    /// A range, such as `4XX`, by its hundreds.
    Range(u16),
    /// Any status that is not documented by itself.
    Default,
}

impl StatusKey {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            b"default" => Some(Self::Default),
            [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
                Some(Self::Range(u16::from(digit - b'0')))
            }
            [b'1'..=b'9', _, _] => text.parse().ok().map(Self::Code),
            _ => None,
        }
    }

    /// The status that a reply under this key has when none is asked for.
    pub fn status(self) -> StatusCode {
        let code = match self {
            Self::Code(code) => code,
            Self::Range(hundreds) => hundreds * 100,
            Self::Default => 200,
        };
        StatusCode::from_u16(code).unwrap_or(StatusCode::OK)
    }
}

impl fmt::Display for StatusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(hundreds) => write!(f, "{hundreds}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// One documented reply.
#[derive(Debug)]
pub struct DocumentedReply {
    /// Its status, or range of them.
    pub key: StatusKey,
    /// One for each documented media type, in the document's order; none when it has no content.
    pub content: Vec<ReplyContent>,
    /// The reply without content, with the documented header fields.
    pub bare: Arc<Reply>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

/// A documented reply as one media type.
#[derive(Debug)]
pub struct ReplyContent {
    /// The documented media type.
    pub media_type: MediaType,
    /// The same, as text to name it by.
    pub label: Arc<str>,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
    /// The documented examples, in the document's order.
    pub examples: Vec<Example>,
    /// One made from the schema, when there is one.
    pub made: Option<Example>,
}

/// One body of a documented reply.
#[derive(Debug)]
pub struct Example {
    /// Its name, when it has one.
    pub name: Option<Arc<str>>,
    /// Where it comes from.
    pub source: ReplySource,
    /// The whole reply, ready to be sent.
    pub reply: Arc<Reply>,
}

impl DocumentedReply {
    /// The first documented content that is JSON.
    pub fn json(&self) -> Option<&ReplyContent> {
        self.content
            .iter()
            .find(|content| content.media_type.is_json())
    }
}
