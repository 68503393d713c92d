//! The requests to a provider: how many, how long, and what becomes of those that nobody answers.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, StatusCode, header::RETRY_AFTER};
use tokio::time::sleep;

use super::Options;
use crate::client::{Client, ClientError, Received};

/// After so many requests in a row without a reply nothing more is sent.
const MAX_UNANSWERED: usize = 5;

/// How often a request is sent again that comes too soon (RFC 6585 section 4), and how long is waited.
const MAX_AGAIN: usize = 3;
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The requests to a provider.
pub(super) struct Session {
    client: Client,
    began: Instant,
    max_time: Option<Duration>,
    max_requests: Option<usize>,
    /// How many were sent.
    pub(super) sent: usize,
    /// How many of the last were not answered.
    unanswered: usize,
    last_error: Option<String>,
}

impl Session {
    pub(super) fn new(client: Client, options: &Options) -> Self {
        Self {
            client,
            began: Instant::now(),
            max_time: options.max_time,
            max_requests: options.max_requests,
            sent: 0,
            unanswered: 0,
            last_error: None,
        }
    }

    /// Why no more requests are sent; `None` while they are.
    pub(super) fn end(&self) -> Option<String> {
        if self.max_requests.is_some_and(|most| self.sent >= most) {
            return Some(format!("{} requests were sent, the most", self.sent));
        }
        if let Some(most) = self.max_time
            && self.began.elapsed() >= most
        {
            return Some(format!("{} seconds were over", most.as_secs_f64()));
        }
        match &self.last_error {
            Some(error) if self.unanswered >= MAX_UNANSWERED => Some(format!(
                "{MAX_UNANSWERED} requests in a row were not answered: {error}"
            )),
            _ => None,
        }
    }

    /// Sends a request and waits for its reply.
    ///
    /// # Errors
    /// There is none.
    pub(super) async fn send(&mut self, request: &Request<Bytes>) -> Result<Received, ClientError> {
        for _ in 0..MAX_AGAIN {
            self.sent += 1;
            match self.client.send(request).await {
                Ok(received) => {
                    self.unanswered = 0;
                    let Some(wait) = wait(&received) else {
                        return Ok(received);
                    };
                    if self.end().is_some() {
                        return Ok(received);
                    }
                    sleep(wait).await;
                }
                Err(error) => {
                    self.unanswered += 1;
                    self.last_error = Some(error.to_string());
                    return Err(error);
                }
            }
        }
        self.sent += 1;
        self.client.send(request).await
    }
}

/// How long to wait before a request is sent again; `None` where it was answered.
fn wait(received: &Received) -> Option<Duration> {
    let reply = &received.reply;
    if reply.status != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    let field = reply.headers.get(RETRY_AFTER)?.to_str().ok()?;
    let seconds = Duration::from_secs(field.trim().parse().ok()?);
    (seconds <= LONGEST_WAIT).then_some(seconds)
}
