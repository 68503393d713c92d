//! Reading a request body, whole and bounded.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::time::{Sleep, sleep};

use super::Limits;

/// The most that is reserved for a body on a client's word alone.
const RESERVED_AT_MOST: usize = 1 << 20;

/// Why a request body was not read.
#[derive(Debug)]
pub(super) enum BodyError {
    /// Longer than the limit.
    TooLong,
    /// Not complete in time.
    TooSlow,
    /// The client went away, or what it sent is no message body.
    Broken(hyper::Error),
}

/// A request body that is being read.
#[derive(Debug)]
pub(super) struct BodyReader {
    incoming: Incoming,
    limit: usize,
    timeout: Duration,
    /// Whether the client holds the body back until it is told to go on (`Expect: 100-continue`).
    held_back: bool,
    /// How many bytes came, kept or not.
    seen: usize,
    first: Bytes,
    /// The whole body, once it is more than one piece.
    joined: Vec<u8>,
    waits: u8,
    timer: Option<Pin<Box<Sleep>>>,
}

impl BodyReader {
    /// Begins to read a body.
    pub(super) fn new(incoming: Incoming, held_back: bool, limits: &Limits) -> Self {
        Self {
            incoming,
            limit: limits.body_bytes,
            timeout: limits.body_timeout,
            held_back,
            seen: 0,
            first: Bytes::new(),
            joined: Vec::new(),
            waits: 0,
            timer: None,
        }
    }

    /// Reads on.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, BodyError>> {
        if self.refuses_unread() {
            return Poll::Ready(Err(BodyError::TooLong));
        }
        while !self.incoming.is_end_stream() {
            let Poll::Ready(frame) = Pin::new(&mut self.incoming.frame()).poll(cx) else {
                ready!(self.poll_timer(cx));
                return Poll::Ready(Err(BodyError::TooSlow));
            };
            match frame {
                // Trailers are no part of the content.
                Some(Ok(frame)) => self.keep(frame.into_data().unwrap_or_default()),
                Some(Err(source)) => return Poll::Ready(Err(BodyError::Broken(source))),
                None => break,
            }
            if self.seen > self.most_taken() {
                return Poll::Ready(Err(BodyError::TooLong));
            }
        }
        if self.seen > self.limit {
            return Poll::Ready(Err(BodyError::TooLong));
        }
        Poll::Ready(Ok(self.take()))
    }

    /// Whether the length that the client stated is reason enough to refuse.
    fn refuses_unread(&self) -> bool {
        let stated = usize::try_from(self.incoming.size_hint().lower()).unwrap_or(usize::MAX);
        let bearable = if self.held_back {
            self.limit
        } else {
            self.most_taken()
        };
        self.seen == 0 && stated > bearable
    }

    /// A client that is still sending does not read the answer, and a close at once would reset it
    /// away (RFC 9112, section 9.6). So as much as was allowed is taken once more, and thrown away.
    fn most_taken(&self) -> usize {
        self.limit.saturating_mul(2)
    }

    fn keep(&mut self, piece: Bytes) {
        self.seen = self.seen.saturating_add(piece.len());
        if self.seen > self.limit {
            self.first = Bytes::new();
            self.joined = Vec::new();
        } else if self.first.is_empty() && self.joined.is_empty() {
            // The usual body is one piece, which needs no copy.
            self.first = piece;
        } else {
            if self.joined.is_empty() {
                let to_come = usize::try_from(self.incoming.size_hint().lower()).unwrap_or(0);
                self.joined
                    .reserve(self.seen + to_come.min(RESERVED_AT_MOST));
                self.joined.extend_from_slice(&self.first);
                self.first = Bytes::new();
            }
            self.joined.extend_from_slice(&piece);
        }
    }

    fn take(&mut self) -> Bytes {
        if self.joined.is_empty() {
            std::mem::take(&mut self.first)
        } else {
            std::mem::take(&mut self.joined).into()
        }
    }

    /// Ready when the body took too long.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        // hyper reads a body only once it is asked for, so that the first wait says nothing of the
        // client: a timer for it would be a timer for every request with a body.
        self.waits = self.waits.saturating_add(1);
        if self.waits == 1 {
            return Poll::Pending;
        }
        let timeout = self.timeout;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(timeout)));
        timer.as_mut().poll(cx)
    }
}
