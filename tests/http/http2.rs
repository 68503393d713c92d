//! HTTP/2 without TLS, by prior knowledge.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::{Method, Request, Response, Version};
use http_body_util::{BodyExt, Full};
use hyper::{
    body::{Body, Frame},
    client::conn::http2::{SendRequest, handshake},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use mynah::server::{Limits, Running};
use tokio::net::TcpStream;

use crate::fixture::{LIST, config, limited, serve, url};

/// One connection.
struct Client<'a> {
    server: &'a Running,
    connection: SendRequest<Full<Bytes>>,
}

impl<'a> Client<'a> {
    async fn connect(server: &'a Running) -> Self {
        let stream = TcpStream::connect(server.addr()).await.unwrap();
        let shaken = handshake(TokioExecutor::new(), TokioIo::new(stream)).await;
        let (connection, driver) = shaken.unwrap();
        tokio::spawn(driver);
        Self { server, connection }
    }

    /// Sends a request without waiting, and returns what waits for the whole response.
    fn send(
        &mut self,
        method: Method,
        body: String,
    ) -> impl Future<Output = Response<Bytes>> + use<> {
        let request = Request::builder().method(method);
        let request = request.uri(url(self.server, "/pets")).body(body.into());
        let response = self.connection.send_request(request.unwrap());
        async {
            let (head, body) = response.await.unwrap().into_parts();
            Response::from_parts(head, body.collect().await.unwrap().to_bytes())
        }
    }

    async fn get(&mut self) -> Response<Bytes> {
        self.send(Method::GET, String::new()).await
    }
}

#[tokio::test]
async fn requests_share_a_connection() {
    let server = serve(config());
    let mut client = Client::connect(&server).await;
    let sent: Vec<_> = (0..50)
        .map(|_| client.send(Method::GET, String::new()))
        .collect();
    for response in sent {
        let response = response.await;
        assert_eq!(response.version(), Version::HTTP_2);
        assert_eq!(response.body(), LIST);
    }
}

#[tokio::test]
async fn head_has_the_length_and_no_body() {
    let server = serve(config());
    let mut client = Client::connect(&server).await;
    let response = client.send(Method::HEAD, String::new()).await;
    assert_eq!(response.headers()["content-length"], LIST.len().to_string());
    assert_eq!(response.body(), "");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_413() {
    let server = serve(limited(Limits {
        body_bytes: 100,
        ..Limits::default()
    }));
    let mut client = Client::connect(&server).await;
    for length in [101, 100_000] {
        let response = client.send(Method::POST, "x".repeat(length)).await;
        assert_eq!(response.status(), 413, "{length}");
    }
    assert_eq!(client.get().await.status(), 200, "the connection goes on");
}

#[tokio::test]
async fn a_connection_outlives_the_time_for_a_head() {
    let server = serve(limited(Limits {
        header_timeout: Duration::from_millis(100),
        ..Limits::default()
    }));
    let mut client = Client::connect(&server).await;
    for _ in 0..3 {
        assert_eq!(client.get().await.status(), 200);
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = serve(limited(Limits {
        idle_timeout: Duration::from_millis(200),
        ..Limits::default()
    }));
    let mut client = Client::connect(&server).await;
    assert_eq!(client.get().await.status(), 200);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert!(client.connection.is_closed());
}

#[tokio::test]
async fn a_body_that_does_not_come_is_408() {
    let server = serve(limited(Limits {
        body_timeout: Duration::from_millis(200),
        ..Limits::default()
    }));
    let stream = TcpStream::connect(server.addr()).await.unwrap();
    let shaken = handshake(TokioExecutor::new(), TokioIo::new(stream)).await;
    let (mut connection, driver) = shaken.unwrap();
    tokio::spawn(driver);
    let request = Request::post(url(&server, "/pets")).body(Withheld).unwrap();
    let response = connection.send_request(request).await.unwrap();
    assert_eq!(response.status(), 408);
}

/// A body that does not come.
struct Withheld;

impl Body for Withheld {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}
