//! Documented examples: where they stand, and the replies that they become.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use super::writer::Writer;
use crate::{
    contract::reader::Reader,
    description::{Description, Finding, FindingCode, join},
    exchange::{Reply, ReplySource},
};

/// An example's name, when it has one, and the pointer to its value.
pub(in crate::contract) type NamedPlace = (Option<Arc<str>>, String);

/// What the replies of one media type have in common.
#[derive(Debug)]
pub(super) struct Frame {
    pub description: Arc<Description>,
    pub writer: Writer,
    pub label: Arc<str>,
    /// The reply without content.
    pub bare: Arc<Reply>,
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
    /// The value at a pointer.
    Documented(String),
    /// What was made up.
    Made(Bytes),
}

impl Example {
    pub(super) fn new(name: Option<Arc<str>>, body: Body, frame: &Arc<Frame>) -> Self {
        Self {
            source: match &body {
                Body::Documented(_) => ReplySource::Example(name.clone()),
                Body::Made(_) => ReplySource::Schema,
            },
            name,
            body,
            frame: Arc::clone(frame),
            reply: OnceLock::new(),
        }
    }

    /// The whole reply, ready to be sent; prepared when it is first asked for.
    pub fn reply(&self) -> &Arc<Reply> {
        self.reply.get_or_init(|| {
            let body = match &self.body {
                // That it can be written was seen when the API was compiled.
                Body::Documented(place) => {
                    self.frame.writer.example(place).unwrap_or_default().into()
                }
                Body::Made(body) => body.clone(),
            };
            let bare = &self.frame.bare;
            let mut reply = Reply::with_content(bare.status, &self.frame.label, body);
            reply.headers.extend(bare.headers.clone());
            Arc::new(reply)
        })
    }

    /// Where its value stands in the document, as a JSON pointer; `None` of a made one.
    pub fn pointer(&self) -> Option<&str> {
        match &self.body {
            Body::Documented(pointer) => Some(pointer),
            Body::Made(_) => None,
        }
    }
}

/// The name and the place of each documented example of a media type object.
pub(in crate::contract) fn example_places(
    reader: &mut Reader<'_>,
    pointer: &str,
) -> Result<Vec<NamedPlace>, Finding> {
    let mut places = Vec::new();
    let named = join(pointer, "examples");
    for name in reader.keys(&named) {
        let place = reader.description.resolve(&join(&named, &name))?;
        let value = join(&place, "value");
        if reader.description.at(&value).is_some() {
            places.push((Some(name.into()), value));
        } else {
            let message = "this example has no `value`".to_owned();
            reader.warn(FindingCode::Unsupported, &place, message);
        }
    }
    let single = join(pointer, "example");
    if reader.description.at(&single).is_some() {
        places.push((None, single));
    }
    Ok(places)
}
