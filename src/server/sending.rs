//! The way out of a connection.

use std::{
    io::{self, ErrorKind, IoSlice},
    mem,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, ready},
};

use bytes::{Buf, BytesMut};
use tokio::{io::AsyncWrite, net::tcp::OwnedWriteHalf};

use super::{
    outbox::{Outbox, lock},
    progress::Progress,
};

/// So many bytes are copied to be sent with those of other connections; more are sent from where they are.
const MOST_COPIED: usize = 8 << 10;

/// The writing half of a connection: small writes go out with those of other connections, through the [`Outbox`].
#[derive(Debug)]
pub(super) struct Sending {
    outbox: Arc<Outbox>,
    progress: Arc<Progress>,
    unsent: Mutex<Unsent>,
}

/// What was written and is not sent yet.
#[derive(Debug)]
struct Unsent {
    tcp: OwnedWriteHalf,
    bytes: BytesMut,
    /// Whether the outbox has the connection.
    in_outbox: bool,
}

impl Sending {
    /// The writing half of a connection just accepted.
    pub(super) fn new(tcp: OwnedWriteHalf, outbox: Arc<Outbox>, progress: Arc<Progress>) -> Self {
        let unsent = Unsent {
            tcp,
            bytes: BytesMut::new(),
            in_outbox: false,
        };
        Self {
            outbox,
            progress,
            unsent: Mutex::new(unsent),
        }
    }

    /// Takes what is written, or as much of it as there is room for.
    pub(super) fn poll_write(
        self: &Arc<Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let len = bufs.iter().map(|buf| buf.len()).sum::<usize>();
        let mut unsent = lock(&self.unsent);
        if unsent.is_held_up() || unsent.bytes.len() + len > MOST_COPIED {
            ready!(unsent.poll_send(cx, &self.progress))?;
            let sent = ready!(Pin::new(&mut unsent.tcp).poll_write_vectored(cx, bufs))?;
            self.progress.sent();
            return Poll::Ready(Ok(sent));
        }
        unsent.bytes.reserve(len);
        for buf in bufs {
            unsent.bytes.extend_from_slice(buf);
        }
        let was_in_outbox = mem::replace(&mut unsent.in_outbox, true);
        // The outbox may send at once, also from here.
        drop(unsent);
        if !was_in_outbox {
            self.outbox.put(Arc::clone(self));
        }
        Poll::Ready(Ok(len))
    }

    /// Ready once everything is sent, or about to be by the outbox.
    pub(super) fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut unsent = lock(&self.unsent);
        match unsent.is_held_up() {
            true => unsent.poll_send(cx, &self.progress),
            false => Poll::Ready(Ok(())),
        }
    }

    /// Sends everything and ends the way out.
    pub(super) fn poll_shutdown(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut unsent = lock(&self.unsent);
        ready!(unsent.poll_send(cx, &self.progress))?;
        Pin::new(&mut unsent.tcp).poll_shutdown(cx)
    }

    /// Sends, for the outbox. What the client does not take now is left to the connection's own task, as are errors.
    pub(super) fn send(&self) {
        let mut unsent = lock(&self.unsent);
        unsent.in_outbox = false;
        if !unsent.try_send() {
            self.progress.held_up();
        }
    }

    /// Sends what waits on this connection and on others of the thread.
    pub(super) fn send_all_waiting(&self) {
        self.outbox.send();
    }
}

impl Unsent {
    /// Whether there is something that the outbox could not send.
    fn is_held_up(&self) -> bool {
        !self.in_outbox && !self.bytes.is_empty()
    }

    /// Whether everything could be sent.
    fn try_send(&mut self) -> bool {
        while !self.bytes.is_empty() {
            match self.tcp.try_write(&self.bytes) {
                Ok(0) | Err(_) => return false,
                Ok(sent) => self.bytes.advance(sent),
            }
        }
        // An idle connection holds no memory for its next reply.
        self.bytes = BytesMut::new();
        true
    }

    /// Sends everything, and waits where the client does not take it.
    fn poll_send(&mut self, cx: &mut Context<'_>, progress: &Progress) -> Poll<io::Result<()>> {
        while !self.bytes.is_empty() {
            match ready!(Pin::new(&mut self.tcp).poll_write(cx, &self.bytes))? {
                0 => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                sent => self.bytes.advance(sent),
            }
            progress.sent();
        }
        self.bytes = BytesMut::new();
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::poll_fn,
        io::Read,
        net::{Ipv4Addr, TcpListener, TcpStream},
        sync::atomic::{AtomicBool, Ordering::Relaxed},
        task::{Wake, Waker},
    };

    use super::*;

    /// Whether a task was woken.
    #[derive(Default)]
    struct Woken(AtomicBool);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Relaxed);
        }
    }

    /// Both ends of a connection, the first with whether its task was woken. Within a runtime.
    async fn connection(outbox: &Arc<Outbox>) -> (Arc<Sending>, Arc<Woken>, TcpStream) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (tcp, peer) = listener.accept().unwrap();
        tcp.set_nonblocking(true).unwrap();
        let (_, way_out) = tokio::net::TcpStream::from_std(tcp).unwrap().into_split();
        way_out.writable().await.unwrap();
        let progress = Arc::new(Progress::new(Arc::default(), peer.ip()));
        let woken = Arc::<Woken>::default();
        progress.order(&Arc::clone(&woken).into());
        let sending = Sending::new(way_out, Arc::clone(outbox), progress);
        (Arc::new(sending), woken, client)
    }

    /// The outbox of so many connections.
    fn outbox(connections: usize) -> (Arc<Outbox>, Vec<Arc<Outbox>>) {
        let outbox = Arc::<Outbox>::default();
        let others = vec![Arc::clone(&outbox); connections];
        (outbox, others)
    }

    /// Whether there is something to read.
    fn has_got(client: &TcpStream) -> bool {
        client.set_nonblocking(true).unwrap();
        let got = client.peek(&mut [0]);
        client.set_nonblocking(false).unwrap();
        match got {
            Ok(bytes) => bytes > 0,
            Err(error) if error.kind() == ErrorKind::WouldBlock => false,
            Err(error) => panic!("{error}"),
        }
    }

    fn write(sending: &Arc<Sending>, bytes: &[u8]) -> usize {
        let mut cx = Context::from_waker(Waker::noop());
        match sending.poll_write(&mut cx, &[IoSlice::new(bytes)]) {
            Poll::Ready(written) => written.unwrap(),
            Poll::Pending => 0,
        }
    }

    #[tokio::test]
    async fn what_is_written_is_sent_by_the_outbox() {
        let (outbox, _others) = outbox(20);
        let (sending, woken, mut client) = connection(&outbox).await;
        assert_eq!(write(&sending, b"one "), 4);
        assert_eq!(write(&sending, b"two"), 3);
        assert!(!has_got(&client), "not before");
        outbox.send();
        let mut got = [0; 7];
        client.read_exact(&mut got).unwrap();
        assert_eq!(&got, b"one two");
        assert!(!woken.0.load(Relaxed), "nothing is left for the task");
    }

    #[tokio::test]
    async fn the_more_connections_the_more_wait_for_each_other() {
        for (connections, together) in [(1, 1), (3, 1), (16, 4), (100, 8)] {
            let (outbox, _others) = outbox(connections - connections.min(8));
            let mut all = Vec::new();
            for _ in 0..connections.min(8) {
                all.push(connection(&outbox).await);
            }
            for (sending, ..) in &all[..together] {
                assert!(all.iter().all(|(.., client)| !has_got(client)));
                write(sending, b"x");
            }
            let got = all.iter().filter(|(.., client)| has_got(client)).count();
            assert_eq!(got, together, "of {connections}");
        }
    }

    #[tokio::test]
    async fn what_is_long_is_sent_at_once_and_in_order() {
        let (outbox, _others) = outbox(20);
        let (sending, _, mut client) = connection(&outbox).await;
        let long = [b'l'; MOST_COPIED];
        assert_eq!(write(&sending, b"s"), 1);
        assert_eq!(write(&sending, &long), long.len());
        let mut got = [0; 1 + MOST_COPIED];
        client.read_exact(&mut got).unwrap();
        assert_eq!((got[0], &got[1..]), (b's', &long[..]));
    }

    #[tokio::test]
    async fn what_the_client_does_not_take_is_sent_by_the_connections_task() {
        let (outbox, _others) = outbox(20);
        let (sending, woken, mut client) = connection(&outbox).await;
        let mut written = 0;
        // Until the buffers of both sides are full.
        while !woken.0.load(Relaxed) {
            assert!(written < 64 << 20, "nobody was woken");
            written += write(&sending, &[b'x'; 1000]);
            outbox.send();
        }
        let mut cx = Context::from_waker(Waker::noop());
        assert!(sending.poll_flush(&mut cx).is_pending());
        assert_eq!(write(&sending, b"more"), 0, "there is no room");
        let reading = std::thread::spawn(move || {
            let mut got = Vec::new();
            client.read_to_end(&mut got).map(|_| got.len())
        });
        poll_fn(|cx| sending.poll_shutdown(cx)).await.unwrap();
        drop(sending);
        assert_eq!(reading.join().unwrap().unwrap(), written);
    }
}
