//! Reading a request body, whole and bounded.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http::{Version, header::EXPECT, request::Parts};
use hyper::body::{Body, Frame, Incoming};
use tokio::time::{Sleep, sleep};

use super::{Limits, progress::Progress, wakes::Left};

/// What hyper gives of a body.
type Received = Result<Frame<Bytes>, hyper::Error>;

/// The most that is reserved for a body on a client's word alone.
const RESERVED_AT_MOST: usize = 1 << 20;

/// Why a request body was not read.
#[derive(Debug)]
pub(super) enum BodyError {
    /// It is more than is borne.
    Unread(Unread),
    /// The client went away, or what it sent is no message body.
    Broken(hyper::Error),
}

/// Why a request body is more than is borne.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// Longer than the limit.
    TooLong,
    /// Not complete in time.
    TooSlow,
}

/// A request body that is being read.
#[derive(Debug)]
pub(super) struct BodyReader {
    incoming: Incoming,
    limit: usize,
    timeout: Duration,
    /// Whether a body beyond the limit is read to its end, to be thrown away.
    drains: bool,
    /// How many bytes came, kept or not.
    seen: usize,
    first: Bytes,
    /// The whole body, once it is more than one piece.
    joined: Vec<u8>,
    /// Whether a wait is the client's doing.
    waits_for_client: bool,
    timer: Option<Pin<Box<Sleep>>>,
}

impl BodyReader {
    /// Begins to read the body of a request with this head.
    pub(super) fn new(incoming: Incoming, head: &Parts, limits: &Limits) -> Self {
        let most = incoming.size_hint().upper();
        let may_be_too_long = most.is_none_or(|most| most > limits.body_bytes as u64);
        // Over HTTP/1 a client that is still sending does not read the answer, and a close at once
        // would reset it away (RFC 9112, section 9.6). One that waits to be told to go on reads.
        let drains =
            may_be_too_long && head.version < Version::HTTP_2 && !head.headers.contains_key(EXPECT);
        Self {
            incoming,
            limit: limits.body_bytes,
            timeout: limits.body_timeout,
            drains,
            seen: 0,
            first: Bytes::new(),
            joined: Vec::new(),
            // hyper reads an HTTP/1 body only once it is asked to, so the first wait is its own.
            waits_for_client: head.version >= Version::HTTP_2,
            timer: None,
        }
    }

    /// Reads on.
    pub(super) fn poll(
        &mut self,
        connection: &Progress,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Bytes, BodyError>> {
        while !self.incoming.is_end_stream() {
            if self.is_too_long() && !self.drains {
                return Poll::Ready(Err(BodyError::Unread(Unread::TooLong)));
            }
            let Poll::Ready(frame) = connection.take(|| self.poll_frame(cx)) else {
                ready!(self.poll_timer(cx));
                let slow_or_long = match self.is_too_long() {
                    true => Unread::TooLong,
                    false => Unread::TooSlow,
                };
                return Poll::Ready(Err(BodyError::Unread(slow_or_long)));
            };
            match frame {
                // Trailers are no part of the content.
                Some(Ok(frame)) => self.keep(frame.into_data().unwrap_or_default()),
                Some(Err(source)) => return Poll::Ready(Err(BodyError::Broken(source))),
                None => break,
            }
        }
        if self.is_too_long() {
            return Poll::Ready(Err(BodyError::Unread(Unread::TooLong)));
        }
        Poll::Ready(Ok(self.take()))
    }

    /// The next frame, and whether another is to come.
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> (Poll<Option<Received>>, Left) {
        let frame = Pin::new(&mut self.incoming).poll_frame(cx);
        let left = match frame.is_ready() && self.incoming.is_end_stream() {
            true => Left::Nothing,
            false => Left::Something,
        };
        (frame, left)
    }

    /// Whether the body is beyond the limit already, or will be as its stated length says.
    fn is_too_long(&self) -> bool {
        let to_come = usize::try_from(self.incoming.size_hint().lower()).unwrap_or(usize::MAX);
        self.seen.saturating_add(to_come) > self.limit
    }

    fn keep(&mut self, piece: Bytes) {
        self.seen = self.seen.saturating_add(piece.len());
        if self.is_too_long() {
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
        if !self.waits_for_client {
            // A timer now would be a timer for every request with a body. When nothing comes at
            // all, the sweep of long requests wakes this up again.
            self.waits_for_client = true;
            return Poll::Pending;
        }
        let timeout = self.timeout;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(timeout)));
        timer.as_mut().poll(cx)
    }
}
