//! A TCP stream that notes what passes through it.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpStream, tcp::OwnedReadHalf},
};

use super::{outbox::Outbox, progress::Progress, sending::Sending};

/// A TCP stream whose reads and writes show in the [`Progress`] of its connection, and that sends through the [`Outbox`]
/// of its thread.
#[derive(Debug)]
pub(super) struct Stream {
    tcp: OwnedReadHalf,
    sending: Arc<Sending>,
    progress: Arc<Progress>,
}

impl Stream {
    /// A stream just accepted.
    pub(super) fn new(tcp: TcpStream, outbox: Arc<Outbox>, progress: Arc<Progress>) -> Self {
        let (tcp, way_out) = tcp.into_split();
        let sending = Sending::new(way_out, outbox, Arc::clone(&progress));
        Self {
            tcp,
            sending: Arc::new(sending),
            progress,
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.tcp).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.progress.received();
            if buf.remaining() == 0 {
                // A large request will take its time: nobody else's reply is to wait for it.
                self.sending.send_all_waiting();
            }
        }
        polled
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(buf)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = self.sending.poll_write(cx, bufs);
        if matches!(written, Poll::Ready(Ok(_))) {
            self.progress.sent();
        }
        written
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = self.sending.poll_flush(cx);
        // hyper flushes the stream only once its own buffer is empty.
        if matches!(flushed, Poll::Ready(Ok(()))) {
            self.progress.flushed();
        }
        flushed
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.sending.poll_shutdown(cx)
    }
}
