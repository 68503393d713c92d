//! One thread of a server: it accepts, serves, and cuts off what takes too long.

use std::{
    convert::Infallible,
    io::{self, ErrorKind},
    net::{IpAddr, TcpListener as StdTcpListener},
    pin::pin,
    sync::{
        Arc, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    select,
    sync::{mpsc, watch},
    time::{MissedTickBehavior, interval, sleep},
};

use super::{
    clock::{Allowed, Clock},
    outbox::Outbox,
    progress::Progress,
    protocol::{Protocol, drive, protocol},
    service::{Connection, Respond},
    stream::Stream,
};

/// How long to wait when the system has no file descriptor or memory for another connection.
const EXHAUSTED_PAUSE: Duration = Duration::from_millis(100);

/// What is sent to a connection beyond the limit, before it is closed.
const OVERLOADED: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nretry-after: 1\r\nconnection: close\r\n\r\n";

/// How a server is to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Not at all: it serves.
    No,
    /// Accepts nothing more and ends what is in flight.
    Gracefully,
    /// Drops everything.
    AtOnce,
}

/// One thread's part of a server.
#[derive(Debug)]
pub(super) struct Worker<R> {
    responder: Arc<R>,
    /// Connections open, on all threads.
    open: Arc<AtomicUsize>,
    protocol: Protocol,
    allowed: Allowed,
    clock: Arc<Clock>,
    /// The connections of this thread; those that ended are swept out.
    connections: Vec<Weak<Progress>>,
    outbox: Arc<Outbox>,
    stop: watch::Receiver<Stop>,
}

impl<R: Respond> Worker<R> {
    /// A thread's part of a server.
    pub(super) fn new(
        responder: Arc<R>,
        open: Arc<AtomicUsize>,
        stop: watch::Receiver<Stop>,
    ) -> Self {
        Self {
            protocol: protocol::<R>(responder.limits()),
            allowed: Allowed::by(responder.limits()),
            responder,
            open,
            clock: Arc::default(),
            connections: Vec::new(),
            outbox: Arc::default(),
            stop,
        }
    }

    /// Accepts and serves until the server stops, then lets requests in flight finish.
    pub(super) async fn serve(mut self, listener: TcpListener) {
        tokio::spawn(Arc::clone(&self.outbox).run());
        let mut ticks = interval(self.allowed.tick);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // Each connection holds a sender until it ends.
        let (open, mut all_ended) = mpsc::channel(1);
        loop {
            select! {
                accepted = listener.accept() => match accepted {
                    Ok((tcp, peer)) => self.admit(tcp, peer.ip(), open.clone()),
                    Err(error) => rest_after(&error).await,
                },
                _ = ticks.tick() => self.sweep(),
                () = asked_to_stop(&mut self.stop, Stop::Gracefully) => break,
            }
        }
        drop((listener, open));
        self.each_connection(Progress::finish);
        let mut too_long = pin!(sleep(self.responder.limits().stop_timeout));
        loop {
            select! {
                _ = all_ended.recv() => break,
                _ = ticks.tick() => self.sweep(),
                () = &mut too_long => break,
                () = asked_to_stop(&mut self.stop, Stop::AtOnce) => break,
            }
        }
        // What waits holds on to its connection.
        self.outbox.send();
    }

    /// Serves a connection, unless there are too many.
    fn admit(&mut self, tcp: TcpStream, peer: IpAddr, open: mpsc::Sender<Infallible>) {
        let Some(slot) = Slot::take(&self.open, self.responder.limits().max_connections) else {
            // As much as fits at once: the client may be the reason for the overload.
            let _ = tcp.try_write(OVERLOADED);
            return;
        };
        // A refusal leaves the stream as it is: slower at worst.
        let _ = tcp.set_nodelay(true);
        let progress = Arc::new(Progress::new(Arc::clone(&self.clock), peer));
        self.connections.push(Arc::downgrade(&progress));
        let service = Connection {
            responder: Arc::clone(&self.responder),
            progress: Arc::clone(&progress),
        };
        let stream = Stream::new(tcp, Arc::clone(&self.outbox), Arc::clone(&progress));
        let connection = self
            .protocol
            .serve_connection(TokioIo::new(stream), service)
            .into_owned();
        tokio::spawn(async move {
            let _open = (slot, open);
            drive(connection, &progress).await;
        });
    }

    /// Cuts the connections that took too long.
    fn sweep(&mut self) {
        self.clock.tick();
        self.connections
            .retain(|connection| connection.strong_count() > 0);
        self.each_connection(|progress| progress.expire(&self.allowed));
    }

    fn each_connection(&self, act: impl Fn(&Progress)) {
        for progress in self.connections.iter().filter_map(Weak::upgrade) {
            act(&progress);
        }
    }
}

/// A thread's runtime, and its socket registered there.
///
/// # Errors
/// The system gives no event queue.
pub(super) fn runtime(listener: StdTcpListener) -> io::Result<(Runtime, TcpListener)> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _entered = runtime.enter();
        TcpListener::from_std(listener)?
    };
    Ok((runtime, listener))
}

/// Waits until a stop at least as hard as `least` is asked for.
async fn asked_to_stop(stop: &mut watch::Receiver<Stop>, least: Stop) {
    let asked = |stop: &Stop| *stop == Stop::AtOnce || *stop == least;
    // An error means that the server's handle is gone, which is a stop too.
    let _ = stop.wait_for(asked).await;
}

/// Rests when the system can open no connection. An error of the one connection needs no rest.
async fn rest_after(error: &io::Error) {
    let of_one_connection = matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused
    );
    if !of_one_connection {
        sleep(EXHAUSTED_PAUSE).await;
    }
}

/// One of the connections that may be open; given back when dropped.
struct Slot(Arc<AtomicUsize>);

impl Slot {
    fn take(open: &Arc<AtomicUsize>, most: usize) -> Option<Self> {
        let slot = Self(Arc::clone(open));
        let before = open.fetch_add(1, Ordering::Relaxed);
        (before < most).then_some(slot)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
