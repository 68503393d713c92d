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
        self.sending.poll_write(cx, bufs)
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

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::{Ipv4Addr, TcpListener, TcpStream as Client},
        time::Duration,
    };

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Both ends of a connection. Within a runtime.
    async fn connection(outbox: &Arc<Outbox>) -> (Stream, Client) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let client = Client::connect(listener.local_addr().unwrap()).unwrap();
        let (tcp, peer) = listener.accept().unwrap();
        tcp.set_nonblocking(true).unwrap();
        let tcp = TcpStream::from_std(tcp).unwrap();
        tcp.writable().await.unwrap();
        let progress = Arc::new(Progress::new(Arc::default(), peer.ip()));
        (Stream::new(tcp, Arc::clone(outbox), progress), client)
    }

    #[tokio::test]
    async fn a_reply_waits_for_no_large_request() {
        let outbox = Arc::<Outbox>::default();
        let _others = vec![Arc::clone(&outbox); 20];
        let (mut replying, mut answered) = connection(&outbox).await;
        let (mut reading, mut asking) = connection(&outbox).await;
        asking.write_all(&[b'r'; 150]).unwrap();
        let pause = Duration::from_millis(20);
        answered.set_read_timeout(Some(pause)).unwrap();

        replying.write_all(b"reply").await.unwrap();
        reading.read_exact(&mut [0; 100]).await.unwrap();
        let mut got = [0; 5];
        answered.read_exact(&mut got).unwrap();
        assert_eq!(&got, b"reply");

        replying.write_all(b"later").await.unwrap();
        // Room is left: no more is to come of this request.
        assert_eq!(reading.read(&mut [0; 100]).await.unwrap(), 50);
        answered.read_exact(&mut got).unwrap_err();
    }
}
