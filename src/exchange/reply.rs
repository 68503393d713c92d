//! A reply, ready to be sent.

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE, header::HeaderValue};

/// Status, header fields and body. `Date`, `Content-Length` and the like are the server's to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status code.
    pub status: StatusCode,
    /// The header fields.
    pub headers: HeaderMap,
    /// The body; empty when there is none.
    pub body: Bytes,
}

impl Reply {
    /// A reply without content.
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// How many bytes its header fields and its body have.
    pub(crate) fn bytes(&self) -> usize {
        let fields = self.headers.iter();
        let lengths = fields.map(|(name, value)| name.as_str().len() + value.len());
        lengths.sum::<usize>() + self.body.len()
    }

    /// A reply with content of a media type. A media type that is no header value is left out.
    pub fn with_content(status: StatusCode, media_type: &str, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::empty(status);
        reply.body = body.into();
        if let Ok(value) = HeaderValue::from_str(media_type) {
            reply.headers.insert(CONTENT_TYPE, value);
        }
        reply
    }
}
