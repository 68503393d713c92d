//! The bodies that a proxy sends, to either side: streamed ones and whole ones.

use std::{convert::Infallible, error::Error, future::ready};

use bytes::Bytes;
use http::HeaderMap;
use http_body_util::{BodyExt, Collected, Full, combinators::UnsyncBoxBody};

use super::tee::Tee;

/// A body that is sent.
pub(super) type Sent = UnsyncBoxBody<Bytes, Box<dyn Error + Send + Sync>>;

/// A body that is sent as it comes.
pub(super) fn streamed(tee: Tee) -> Sent {
    tee.map_err(Into::into).boxed_unsync()
}

/// A body of the proxy's own.
pub(super) fn own(bytes: Bytes) -> Sent {
    Full::new(bytes).map_err(never).boxed_unsync()
}

/// A body that was read whole.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    /// Its bytes.
    pub(super) bytes: Bytes,
    trailers: Option<HeaderMap>,
}

impl From<Collected<Bytes>> for Whole {
    fn from(collected: Collected<Bytes>) -> Self {
        Self {
            trailers: collected.trailers().cloned(),
            bytes: collected.to_bytes(),
        }
    }
}

impl Whole {
    /// The same body, to be sent on with its trailers.
    pub(super) fn sent(self) -> Sent {
        let Some(trailers) = self.trailers else {
            return own(self.bytes);
        };
        let body = Full::new(self.bytes).with_trailers(ready(Some(Ok(trailers))));
        // A body whose length is known has no trailers in HTTP/1.1; of a mapped one it is not.
        body.map_frame(|frame| frame).map_err(never).boxed_unsync()
    }
}

fn never(never: Infallible) -> Box<dyn Error + Send + Sync> {
    match never {}
}
