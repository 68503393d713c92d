//! How a connection is spoken on, and driven.

use std::{
    future::poll_fn,
    pin::pin,
    task::{Context, Poll},
};

use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};

use super::{
    Limits,
    progress::{Order, Progress},
    service::{Connection, Respond},
    stream::Stream,
};

/// hyper takes no smaller buffer for a request head.
const SMALLEST_HEAD: usize = 8 << 10;

/// How many header fields hyper takes when it is not told.
const HYPERS_HEADER_COUNT: usize = 100;

/// HTTP as this server speaks it.
pub(super) type Protocol = auto::Builder<TokioExecutor>;

/// How HTTP is spoken: HTTP/1.1, and HTTP/2 by prior knowledge.
pub(super) fn protocol<R: Respond>(limits: &Limits) -> Protocol {
    let head = limits.header_bytes.max(SMALLEST_HEAD);
    let mut http = auto::Builder::new(TokioExecutor::new());
    // No timer is set, so hyper times nothing itself: the clock's sweep does.
    //
    // Not `pipeline_flush`, which is faster for pipelined requests only: hyper then writes nothing
    // while any byte is left to read, so that a reply waits for the rest of the next request, a 431
    // is never seen, and replies to a client that takes none pile up without bound.
    //
    // The size is also the most memory that a small recorded request can hold on to.
    http.http1()
        .max_buf_size(head)
        .preserve_header_case(R::PRESERVES_CASE);
    if limits.header_count != HYPERS_HEADER_COUNT {
        // Said to hyper only when it must be: it then takes memory for them with each request.
        http.http1().max_headers(limits.header_count);
    }
    http.http2()
        .max_header_list_size(u32::try_from(head).unwrap_or(u32::MAX));
    http
}

/// What hyper makes of a connection.
pub(super) type HttpConnection<R> =
    auto::Connection<'static, TokioIo<Stream>, Connection<R>, TokioExecutor>;

/// Drives a connection to its end, or as far as it is ordered to go.
pub(super) async fn drive<R: Respond>(connection: HttpConnection<R>, progress: &Progress) {
    let waker = progress.waker();
    let mut connection = pin!(connection);
    let mut finishing = false;
    poll_fn(|cx| {
        match progress.order(cx.waker()) {
            Order::Serve => {}
            Order::Finish if finishing => {}
            Order::Finish => {
                finishing = true;
                connection.as_mut().graceful_shutdown();
            }
            Order::Cut => return Poll::Ready(()),
        }
        // A client that breaks off or speaks no HTTP is nothing to report.
        let mut cx = Context::from_waker(&waker);
        connection.as_mut().poll(&mut cx).map(drop)
    })
    .await;
}
