//! Bodies of replies, and the replies that they become.

use std::sync::{Arc, OnceLock};

use http::StatusCode;
use serde_json::Value;

use super::header::Fields;
use crate::{
    contract::{example_place::ExamplePlace, schema::Schema},
    description::Description,
    exchange::{MediaType, Reply, ReplySource},
};

/// What the replies of one media type have in common.
#[derive(Debug)]
pub(super) struct Frame {
    pub description: Arc<Description>,
    pub media_type: MediaType,
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
    /// A text made from the schema.
    Made(String),
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
            let text = match &self.body {
                Body::Documented(place) => frame.text_of(place).unwrap_or_default(),
                Body::Made(text) => text.clone(),
            };
            let mut reply = Reply::with_content(frame.status, &frame.label, text);
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

    /// Whether a schema allows its value. What is not a value of the schema is let pass.
    pub(super) fn fits(&self, schema: &Schema) -> bool {
        let value = self
            .pointer()
            .and_then(|place| self.frame.description.at(place));
        let is_value = self.frame.media_type.is_json();
        value.is_none_or(|value| !is_value || schema.allows(value))
    }
}

impl Frame {
    pub(super) fn description(&self) -> &Description {
        &self.description
    }

    /// An example as it is sent: a documented text as it stands, JSON in the document's own digits and
    /// order. `None` for what cannot be written as the media type.
    pub(super) fn text_of(&self, place: &ExamplePlace) -> Option<String> {
        if let Some(text) = &place.text {
            return self.description.at(text)?.as_str().map(str::to_owned);
        }
        let value = place.value.as_deref()?;
        match self.description.at(value)? {
            Value::String(text) if !self.media_type.is_json() => Some(text.clone()),
            _ if self.media_type.is_json() => self.description.json_text(value),
            _ => None,
        }
    }

    /// A value as it is sent.
    pub(super) fn written(&self, value: &Value) -> Option<String> {
        match value {
            value if self.media_type.is_json() => Some(value.to_string()),
            Value::String(text) => Some(text.clone()),
            _ => None,
        }
    }
}
