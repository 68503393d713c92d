//! A body that passes through, and of which a bounded copy is kept.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Bytes, BytesMut};
use hyper::body::{Body, Frame, Incoming, SizeHint};

use crate::server::InFlight;

/// What was seen of a body, once it is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    /// All of it, without its trailers.
    Whole(Bytes),
    /// It is longer than what is kept; the limit.
    TooLong(usize),
    /// It broke off.
    BrokenOff,
    /// Whoever was to read it did not, or not all of it.
    Unread,
}

/// Who is told once a body is over.
type Told = Box<dyn FnOnce(Seen) + Send>;

/// A body that passes through unchanged, frame by frame, trailers too. A copy of at most so many bytes is
/// kept, so that memory does not grow with the body.
pub(super) struct Tee {
    inner: Incoming,
    kept: BytesMut,
    limit: usize,
    /// How many bytes passed.
    passed: u64,
    /// How many there are to be, where that is known beforehand.
    announced: Option<u64>,
    told: Option<Told>,
    /// The request of this reply is in flight until the reply is over.
    in_flight: Option<InFlight>,
}

impl Tee {
    /// A body that passes. `told` is told when it is over: before its last bytes go on.
    pub(super) fn new(
        inner: Incoming,
        limit: usize,
        told: impl FnOnce(Seen) + Send + 'static,
    ) -> Self {
        let mut tee = Self {
            kept: BytesMut::new(),
            limit,
            passed: 0,
            announced: inner.size_hint().exact(),
            told: Some(Box::new(told)),
            in_flight: None,
            inner,
        };
        if tee.inner.is_end_stream() {
            tee.end();
        }
        tee
    }

    /// The same with a guard that is dropped at its end.
    pub(super) fn holding(mut self, in_flight: InFlight) -> Self {
        self.in_flight = Some(in_flight);
        self
    }

    fn keep(&mut self, data: &Bytes) {
        self.passed += data.len() as u64;
        if self.passed > self.limit as u64 {
            self.kept = BytesMut::new();
        } else {
            self.kept.extend_from_slice(data);
        }
    }

    /// All of it was there.
    fn end(&mut self) {
        let seen = match self.passed > self.limit as u64 {
            true => Seen::TooLong(self.limit),
            false => Seen::Whole(std::mem::take(&mut self.kept).freeze()),
        };
        self.tell(seen);
    }

    fn tell(&mut self, seen: Seen) {
        if let Some(told) = self.told.take() {
            told(seen);
        }
    }
}

impl Body for Tee {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = ready!(Pin::new(&mut self.inner).poll_frame(cx));
        match &polled {
            Some(Ok(frame)) => {
                if let Some(data) = frame.data_ref() {
                    self.keep(data);
                }
                if self.inner.is_end_stream() {
                    self.end();
                }
            }
            Some(Err(_)) => self.tell(Seen::BrokenOff),
            None => self.end(),
        }
        Poll::Ready(polled)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        // Whoever knows the length stops reading at it, and does not ask whether more is to come.
        match self.announced == Some(self.passed) {
            true => self.end(),
            false => self.tell(Seen::Unread),
        }
    }
}
