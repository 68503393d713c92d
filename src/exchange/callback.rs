//! Requests that an API sends by itself.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, Uri};

/// The header field that marks a callback: a request with it starts no callback again, so that a
/// fake that calls itself comes to an end.
pub const MYNAH_CALLBACK: HeaderName = HeaderName::from_static("mynah-callback");

/// A documented callback that follows an exchange.
#[derive(Debug, Clone)]
pub struct Callback {
    /// Its name in the description, such as `onData`.
    pub name: Arc<str>,
    /// Where its operation stands in the description, as a JSON pointer.
    pub pointer: String,
    /// What is to be sent, or why nothing can be, in a sentence.
    pub request: Result<OutboundRequest, String>,
}

/// A request to be sent.
#[derive(Debug, Clone)]
pub struct OutboundRequest {
    /// The method.
    pub method: Method,
    /// The address, whole.
    pub url: Uri,
    /// The header fields. `Host` and `Content-Length` are the sender's to add.
    pub headers: HeaderMap,
    /// The body; empty when there is none.
    pub body: Bytes,
}

impl fmt::Display for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.request {
            Ok(request) => write!(f, "{}: {} {}", self.name, request.method, request.url),
            Err(why) => write!(f, "{}: not sent: {why}", self.name),
        }
    }
}
