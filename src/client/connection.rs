//! HTTP/1.1 over a way to a server.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{
    body::Body,
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use tokio::{task::JoinSet, time::timeout};

use super::{ClientError, stream};
use crate::exchange::Reply;

/// How long what must not come is waited for, after a reply without content.
const LINGER: Duration = Duration::from_millis(20);

/// An open connection, for one request after the other.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    /// Drives the connection. Aborts it when dropped, as when the time is over.
    driver: JoinSet<hyper::Result<()>>,
}

/// What came back.
#[derive(Debug)]
pub struct Received {
    /// The reply, whole.
    pub reply: Reply,
    /// Whether more came after a reply that has no content, as to `HEAD`.
    pub has_more: bool,
}

impl Connection {
    /// Begins to speak HTTP.
    ///
    /// # Errors
    /// The connection breaks at once.
    pub async fn over(stream: impl stream::Bytes + 'static) -> Result<Self, ClientError> {
        let (sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(ClientError::of)?;
        let mut driver = JoinSet::new();
        driver.spawn(connection);
        Ok(Self { sender, driver })
    }

    /// Whether it can take another request.
    pub async fn is_open(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    /// Sends a request and reads the reply whole, of up to so many bytes.
    ///
    /// # Errors
    /// The connection breaks, what comes is no HTTP, or it is too long.
    pub async fn exchange(
        &mut self,
        request: Request<Full<Bytes>>,
        limit: usize,
    ) -> Result<Received, ClientError> {
        let is_head = request.method() == Method::HEAD;
        let answer = self.sender.send_request(request).await;
        let (head, body) = answer.map_err(ClientError::of)?.into_parts();
        if body.size_hint().lower() > limit as u64 {
            return Err(ClientError::TooLong(limit));
        }
        let body = Limited::new(body, limit).collect().await;
        let body = body.map_err(|error| match error.downcast::<hyper::Error>() {
            Ok(broken) => ClientError::of(*broken),
            Err(other) => {
                debug_assert!(other.is::<LengthLimitError>());
                ClientError::TooLong(limit)
            }
        })?;
        let has_none = [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED];
        let has_more = (is_head || has_none.contains(&head.status)) && self.has_more().await;
        Ok(Received {
            reply: Reply {
                status: head.status,
                headers: head.headers,
                body: body.to_bytes(),
            },
            has_more,
        })
    }

    /// Whether something comes that no request asks for: hyper ends the connection with an error then.
    async fn has_more(&mut self) -> bool {
        let ended = timeout(LINGER, self.driver.join_next()).await;
        matches!(ended, Ok(Some(Ok(Err(_)))))
    }
}
