//! What Mynah is measured against: hyper that reads the body whole and sends prepared bytes.

use std::{
    convert::Infallible,
    hint::black_box,
    io,
    net::{SocketAddr, TcpListener as StdTcpListener},
    thread::{self, JoinHandle},
};

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use mynah::{Reply, server::Limits};
use tokio::{net::TcpListener, runtime, select, sync::oneshot};

/// The name of its one thread.
pub const THREAD: &str = "bare-0";

/// What it sends.
#[derive(Clone)]
struct Fixed {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// A bare server that runs until it is dropped: one thread with a runtime of its own, as each of
/// Mynah's is.
pub struct Bare {
    pub addr: SocketAddr,
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl Bare {
    pub fn start(reply: &Reply) -> io::Result<Self> {
        let fixed = Fixed {
            status: reply.status,
            headers: reply.headers.clone(),
            body: reply.body.clone(),
        };
        let listener = StdTcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name(THREAD.to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    select! {
                        served = serve(listener, fixed) => panic!("{served:?}"),
                        _ = stopped => {}
                    }
                });
            })?;
        Ok(Self {
            addr,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        self.stop = None;
        // A panic of the thread was reported when it happened.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

async fn serve(listener: StdTcpListener, fixed: Fixed) -> io::Result<Infallible> {
    let listener = TcpListener::from_std(listener)?;
    let mut http = http1::Builder::new();
    // As Mynah has it: no timer in hyper, and the same buffer.
    http.max_buf_size(Limits::default().header_bytes);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let fixed = fixed.clone();
        let service = service_fn(move |request| respond(request, fixed.clone()));
        let connection = http.serve_connection(TokioIo::new(stream), service);
        // The load generator's connections end as they like.
        tokio::spawn(async move { connection.await.ok() });
    }
}

async fn respond(
    request: http::Request<Incoming>,
    fixed: Fixed,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    black_box(request.into_body().collect().await?.to_bytes());
    let mut response = Response::new(Full::new(fixed.body));
    *response.status_mut() = fixed.status;
    *response.headers_mut() = fixed.headers;
    Ok(response)
}
