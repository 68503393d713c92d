//! Documented replies, each prepared as bytes once.

mod example;
mod header;
mod made;
mod read;
mod row;
mod write;
mod writer;

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use http::StatusCode;

use super::{link::Link, schema::Schema};
use crate::exchange::{MediaType, Reply};
pub use example::Example;
use example::Frame;
pub(super) use example::{NamedPlace, example_places};
pub(super) use read::read_all;
use row::Row;
pub(super) use row::join_rows;
pub(super) use write::written;
pub(super) use writer::Writer;

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
    /// How it leads to other operations, in the document's order.
    pub links: Vec<Link>,
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
    /// Which values each of its items may have, where it is a sequence (OpenAPI 3.2.0, `itemSchema`).
    pub item_schema: Option<Arc<Schema>>,
    /// The documented examples, in the document's order.
    pub examples: Vec<Example>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
    frame: Arc<Frame>,
    /// Where it is a list, what its rows are by themselves.
    row: Option<Arc<Row>>,
    made: OnceLock<Option<Example>>,
}

impl DocumentedReply {
    /// The first documented content that is JSON.
    pub fn json(&self) -> Option<&ReplyContent> {
        self.content
            .iter()
            .find(|content| content.media_type.is_json())
    }
}

impl ReplyContent {
    /// What is wrong with a documented example that is the body itself, and not a value.
    pub(super) fn fault_in_document(&self, place: &str) -> Option<String> {
        let schema = self.schema.as_deref();
        self.frame.writer.fault_in_document(place, schema)
    }

    /// Whether a documented example is a value of the schema, and not the body itself as a text.
    pub(super) fn is_value(&self, place: &str) -> bool {
        self.frame.writer.is_value(place)
    }

    /// The body that answers when none is asked for: the first example, else one made.
    pub fn first(&self) -> Option<&Example> {
        self.examples.first().or_else(|| self.made())
    }
}
