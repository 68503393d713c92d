//! Bodies of replies, and the replies that they become.

use std::sync::{Arc, OnceLock};

use http::StatusCode;

use super::{
    header::Fields,
    writer::{Sent, Writer},
};
use crate::{
    contract::{example_place::ExamplePlace, schema::Schema},
    description::Description,
    exchange::{Reply, ReplySource, Tape},
};

/// What the replies of one media type have in common.
#[derive(Debug)]
pub(super) struct Frame {
    pub description: Arc<Description>,
    pub writer: Writer,
    pub label: Arc<str>,
    pub status: StatusCode,
    pub fields: Arc<Fields>,
}

/// One body of a documented reply.
#[derive(Debug)]
pub struct Example {
    /// Its name, when it has one.
    pub name: Option<Arc<str>>,
    /// Where it comes from.
    pub source: ReplySource,
    body: Body,
    frame: Arc<Frame>,
    reply: OnceLock<Arc<Reply>>,
}

/// What a reply's body is.
#[derive(Debug)]
pub(super) enum Body {
    /// What the document gives.
    Documented(ExamplePlace),
    /// What was made up.
    Made(Sent),
}

impl Example {
    pub(super) fn new(body: Body, frame: &Arc<Frame>) -> Self {
        let (name, source) = match &body {
            Body::Documented(place) => {
                (place.name.clone(), ReplySource::Example(place.name.clone()))
            }
            Body::Made(_) => (None, ReplySource::Schema),
        };
        Self {
            name,
            source,
            body,
            frame: Arc::clone(frame),
            reply: OnceLock::new(),
        }
    }

    /// The whole reply, ready to be sent; prepared when it is first asked for.
    pub fn reply(&self) -> &Arc<Reply> {
        self.reply.get_or_init(|| {
            let frame = &self.frame;
            let body = match &self.body {
                // That it can be written was seen when the API was compiled.
                Body::Documented(place) => frame.writer.example(place).unwrap_or_default(),
                Body::Made(body) => body.clone(),
            };
            let media_type = body.media_type.as_deref().unwrap_or(&frame.label);
            let mut reply = Reply::with_content(frame.status, media_type, body.bytes);
            reply
                .headers
                .extend(frame.fields.beside(self.name.as_deref()));
            Arc::new(reply)
        })
    }

    /// Where its value stands in the document, as a JSON pointer; `None` of a made one, and of one
    /// that is documented as text only.
    pub fn pointer(&self) -> Option<&str> {
        match &self.body {
            Body::Documented(place) => place.value.as_deref(),
            Body::Made(_) => None,
        }
    }

    /// Whether its value has members that do not go its way, or may have.
    pub(super) fn shows_excluded(&self, schema: &Schema) -> bool {
        let value = self.pointer().and_then(|at| self.frame.description.at(at));
        value.is_some_and(|value| {
            let excluded = schema.excluded(Tape::from(value).root());
            excluded.map_or(true, |excluded| !excluded.is_empty())
        })
    }

    /// Whether a schema allows its value. What is not a value of the schema is let pass.
    pub(super) fn fits(&self, schema: &Schema) -> bool {
        let place = self
            .pointer()
            .filter(|place| self.frame.writer.is_value(place));
        let value = place.and_then(|place| self.frame.description.at(place));
        value.is_none_or(|value| schema.allows(value))
    }
}
