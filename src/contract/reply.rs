//! Documented replies, each prepared as bytes once.

mod example;
mod header;
mod made;
mod multipart;
mod read;
mod row;
mod simple;
mod status;
mod write;
mod writer;

use std::sync::{Arc, OnceLock};

use super::{link::Link, schema::Schema};
use crate::exchange::{MediaType, Reply};
pub use example::Example;
use example::Frame;
pub(super) use header::{Field, Fields};
pub(super) use read::{read_all, sendable};
pub(super) use row::Row;
pub use status::StatusKey;
pub(super) use write::written;
pub(super) use writer::{Sent, Writer};

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
    pub(super) fields: Arc<Fields>,
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
    /// The documented examples, in the document's order: its own, else those of its schema.
    pub examples: Vec<Example>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
    /// Whether the examples are its own.
    has_own: bool,
    frame: Arc<Frame>,
    /// The first example that its schema allows.
    fitting: OnceLock<Option<usize>>,
    /// Where it is a list, what its rows are by themselves.
    pub(super) row: Option<Arc<Row>>,
    made: OnceLock<Option<Example>>,
}

impl DocumentedReply {
    /// The first documented content that is JSON.
    pub fn json(&self) -> Option<&ReplyContent> {
        self.content
            .iter()
            .find(|content| content.media_type.is_json())
    }

    /// The names of its documented examples, in their order.
    pub fn names(&self) -> impl Iterator<Item = &Arc<str>> + Clone {
        let examples = self.content.iter().flat_map(|content| &content.examples);
        examples.filter_map(|example| example.name.as_ref())
    }

    /// Whether it has an example of a name.
    pub fn has_example(&self, name: &str) -> bool {
        self.names().any(|own| **own == *name)
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

    /// The body that answers when none is asked for: the first example that its schema allows, else
    /// the first of its own, else one made, else the first of its schema.
    pub fn first(&self) -> Option<&Example> {
        let first = self.examples.first();
        match self.fitting() {
            Some(fitting) => Some(fitting),
            None if self.has_own => first,
            None => self.made().or(first),
        }
    }

    /// Whether it has examples of its own, which are sent as they stand.
    pub fn has_own_examples(&self) -> bool {
        self.has_own
    }

    /// The documented example of a name.
    pub fn example(&self, name: &str) -> Option<&Example> {
        let is_named = |example: &&Example| example.name.as_deref() == Some(name);
        self.examples.iter().find(is_named)
    }

    /// Whether it says anything about its bodies.
    pub fn has_body(&self) -> bool {
        self.schema.is_some()
            || self.item_schema.is_some()
            || !self.examples.is_empty()
            || self.made().is_some()
    }

    fn fitting(&self) -> Option<&Example> {
        let schema = match (&self.schema, &self.examples[..]) {
            // Where there is no other to give, there is nothing to find out.
            (None, _) | (_, []) => return self.examples.first(),
            (_, [only]) if self.has_own => return Some(only),
            (Some(schema), _) => schema,
        };
        // A schema's examples are for both directions; its own are what the reply is.
        let goes = |example: &Example| self.has_own || !example.shows_excluded(schema);
        let is_fitting = |example: &Example| example.fits(schema) && goes(example);
        let find = || self.examples.iter().position(is_fitting);
        let at = *self.fitting.get_or_init(find);
        at.and_then(|at| self.examples.get(at))
    }
}
