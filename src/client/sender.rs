//! Requests to one server, one after the other.

use std::time::Duration;

use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, Method, Request,
    header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING, UPGRADE, USER_AGENT},
};
use http_body_util::Full;
use tokio::time::timeout;

use super::{ClientError, Connection, Received, Upstream, connect};

/// The header fields that say how a message is framed and routed: the sender's to write.
pub(crate) const FRAMING: [HeaderName; 5] =
    [HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, UPGRADE];

pub(crate) const AGENT: HeaderValue =
    HeaderValue::from_static(concat!("mynah/", env!("CARGO_PKG_VERSION")));

/// A client of one server, with a connection that is kept between requests.
pub struct Client {
    upstream: Upstream,
    /// How long a request may take, from connecting to the end of the reply.
    limit: Duration,
    /// The longest reply that is read, in bytes.
    longest: usize,
    open: Option<Connection>,
}

impl Client {
    /// A client that waits so long for a reply, and reads so many bytes of it.
    pub fn new(upstream: Upstream, limit: Duration, longest: usize) -> Self {
        Self {
            upstream,
            limit,
            longest,
            open: None,
        }
    }

    /// Where the server is.
    pub fn upstream(&self) -> &Upstream {
        &self.upstream
    }

    /// Sends a request, whose target is below the server's origin, and reads the reply whole.
    ///
    /// # Errors
    /// See [`ClientError`]: no connection, no whole reply in time, or one that is no HTTP.
    pub async fn send(&mut self, request: &Request<Bytes>) -> Result<Received, ClientError> {
        let limit = self.limit;
        let sent = timeout(limit, self.exchange(request)).await;
        let received = sent.unwrap_or(Err(ClientError::TimedOut(limit)));
        if !matches!(&received, Ok(received) if !received.has_more) {
            self.open = None;
        }
        received
    }

    async fn exchange(&mut self, request: &Request<Bytes>) -> Result<Received, ClientError> {
        let message = self.message(request);
        if let Some(mut kept) = self.open.take()
            && kept.is_open().await
        {
            match kept.exchange(message.clone(), self.longest).await {
                // A server may close a connection that rests, and a request that is on its way then is
                // sent again, unless that could do something twice (RFC 9112 section 9.3.1).
                Err(ClientError::Closed(_)) if request.method().is_idempotent() => {}
                sent => {
                    self.open = Some(kept);
                    return sent;
                }
            }
        }
        let stream = connect(&self.upstream).await?;
        let connection = self.open.insert(Connection::over(stream).await?);
        connection.exchange(message, self.longest).await
    }

    /// The request as it goes onto the connection (RFC 9112 section 3.2.1).
    fn message(&self, request: &Request<Bytes>) -> Request<Full<Bytes>> {
        let (mut head, body) = request.clone().into_parts();
        for name in FRAMING {
            head.headers.remove(name);
        }
        head.headers.insert(HOST, self.upstream.host_field());
        // Where a body is expected, that there is none is said too (RFC 9110 section 8.6).
        if [Method::POST, Method::PUT, Method::PATCH].contains(&head.method) {
            head.headers.insert(CONTENT_LENGTH, body.len().into());
        }
        head.headers.entry(USER_AGENT).or_insert(AGENT);
        Request::from_parts(head, Full::new(body))
    }
}
