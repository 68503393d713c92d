//! One thread of a server: it accepts, serves, and cuts off what takes too long.

use std::{
    io::{self, ErrorKind},
    net::TcpListener as StdTcpListener,
    pin::pin,
    sync::{
        Arc, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    task::Poll,
    time::Duration,
};

use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::{
        conn::auto,
        graceful::{GracefulShutdown, Watcher},
    },
};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    select,
    sync::watch,
    time::{MissedTickBehavior, interval, sleep},
};

use super::{
    Limits,
    progress::{Allowed, Clock, Progress},
    service::Connection,
    site::Site,
    stream::Stream,
};

/// hyper takes no smaller buffer for a request head.
const SMALLEST_HEAD: usize = 8 << 10;

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
pub(super) struct Worker {
    site: Arc<Site>,
    /// Connections open, on all threads.
    open: Arc<AtomicUsize>,
    http: auto::Builder<TokioExecutor>,
    allowed: Allowed,
    clock: Arc<Clock>,
    /// The connections of this thread; those that ended are swept out.
    connections: Vec<Weak<Progress>>,
    graceful: GracefulShutdown,
    stop: watch::Receiver<Stop>,
}

impl Worker {
    /// A thread's part of a server.
    pub(super) fn new(
        site: Arc<Site>,
        open: Arc<AtomicUsize>,
        stop: watch::Receiver<Stop>,
    ) -> Self {
        Self {
            http: http(&site.limits),
            allowed: Allowed::by(&site.limits),
            site,
            open,
            clock: Arc::default(),
            connections: Vec::new(),
            graceful: GracefulShutdown::new(),
            stop,
        }
    }

    /// Accepts and serves until the server stops, then ends what is in flight.
    pub(super) async fn serve(mut self, listener: TcpListener) {
        let mut ticks = interval(self.allowed.tick);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            select! {
                accepted = listener.accept() => match accepted {
                    Ok((tcp, _)) => self.admit(tcp),
                    Err(error) => rest_after(&error).await,
                },
                _ = ticks.tick() => self.sweep(),
                () = asked_to_stop(&mut self.stop, Stop::Gracefully) => break,
            }
        }
        drop(listener);
        select! {
            () = self.graceful.shutdown() => {}
            () = sleep(self.site.limits.stop_timeout) => {}
            () = asked_to_stop(&mut self.stop, Stop::AtOnce) => {}
        }
    }

    /// Serves a connection, unless there are too many.
    fn admit(&mut self, tcp: TcpStream) {
        let Some(slot) = Slot::take(&self.open, self.site.limits.max_connections) else {
            // As much as fits at once: the client may be the reason for the overload.
            let _ = tcp.try_write(OVERLOADED);
            return;
        };
        // A refusal leaves the stream as it is: slower at worst.
        let _ = tcp.set_nodelay(true);
        let progress = Arc::new(Progress::new(Arc::clone(&self.clock)));
        self.connections.push(Arc::downgrade(&progress));
        let service = Connection {
            site: Arc::clone(&self.site),
            progress: Arc::clone(&progress),
        };
        let stream = TokioIo::new(Stream::new(tcp, Arc::clone(&progress)));
        let connection = self.http.serve_connection(stream, service).into_owned();
        let watcher = self.graceful.watcher();
        tokio::spawn(async move {
            let _slot = slot;
            until_expired(watch(watcher, connection), &progress).await;
        });
    }

    /// Cuts the connections that took too long.
    fn sweep(&mut self) {
        self.clock.tick();
        self.connections.retain(|connection| {
            let progress = connection.upgrade();
            if let Some(progress) = &progress {
                progress.expire(&self.allowed);
            }
            progress.is_some()
        });
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

/// How HTTP is spoken: HTTP/1.1, and HTTP/2 by prior knowledge.
fn http(limits: &Limits) -> auto::Builder<TokioExecutor> {
    let head = limits.header_bytes.max(SMALLEST_HEAD);
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1()
        // No timer is set, so hyper times nothing itself: the sweep does.
        .max_headers(limits.header_count)
        // Also the most memory that a small recorded request can hold on to.
        .max_buf_size(head);
    // Not `pipeline_flush`, which is faster for pipelined requests only: hyper then writes nothing
    // while any byte is left to read, so that a reply waits for the rest of the next request, a 431
    // is never seen, and replies to a client that takes none pile up without bound.
    http.http2()
        .max_header_list_size(u32::try_from(head).unwrap_or(u32::MAX));
    http
}

/// A connection that ends after the request in flight once a stop is asked for.
async fn watch<C: hyper_util::server::graceful::GracefulConnection>(watcher: Watcher, conn: C) {
    // A client that breaks off or speaks no HTTP is nothing to report.
    let _ = watcher.watch(conn).await;
}

/// Drives a connection to its end or to its time-out, at which it is dropped.
async fn until_expired(connection: impl Future<Output = ()>, progress: &Progress) {
    let mut connection = pin!(connection);
    std::future::poll_fn(|cx| {
        if progress.is_expired(cx.waker()) {
            return Poll::Ready(());
        }
        connection.as_mut().poll(cx)
    })
    .await;
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
