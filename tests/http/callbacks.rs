//! Callbacks, as the one who is called sees them.

use std::{
    net::{SocketAddr, TcpListener},
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use mynah::{
    Api, Description, Source,
    journal::Journal,
    outbound::Listener,
    reach::Reach,
    server::{Config, Mount, Running, Server},
};
use reqwest::Client;
use serde_json::json;

use crate::{
    fixture::{config, url},
    receiver::{receiver, silent},
};

/// An order that is confirmed to the address in its body, and one to the fake itself.
const ORDERS: &str = r#"
openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
  /orders:
    post:
      requestBody:
        content: {application/json: {schema: {type: object, properties: {url: {type: string}}}}}
      responses: {'202': {description: Taken}}
      callbacks:
        paid:
          '{$request.body#/url}':
            post:
              requestBody: {content: {application/json: {example: {amount: 1.50}}}}
              responses:
                '200':
                  description: Noted
                  content: {application/json: {schema: {type: object, required: [noted]}}}
                '204': {description: Noted}
  /shipments/{id}:
    post:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'202': {description: Taken}}
      callbacks:
        shipped:
          'http://localhost:PORT/hooks/{$request.path.id}':
            put: {responses: {default: {description: Any}}}
  /echo:
    post:
      responses: {'200': {description: Ok}}
      callbacks:
        again: {$url: {post: {responses: {'200': {description: Ok}}}}}
"#;

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// A fake of the orders, and what it tells of its callbacks.
fn orders(config: Config, receiver: SocketAddr) -> (Running, mpsc::Receiver<String>) {
    let text = ORDERS.replace("PORT", &receiver.port().to_string());
    let description = Description::load(Source::new("orders.yaml", text)).unwrap();
    let api = Arc::new(Api::compile(description).unwrap());
    assert_eq!(api.warnings(), []);
    let (tell, told) = mpsc::channel();
    let config = Config {
        on_callback: Some(Listener::new(move |delivery| {
            let _ = tell.send(delivery.to_string());
        })),
        ..config
    };
    let server = Server::bind(config, vec![Mount::new("", api)]).unwrap();
    (server.start().unwrap(), told)
}

fn next<T>(from: &mpsc::Receiver<T>) -> T {
    from.recv_timeout(Duration::from_secs(10)).unwrap()
}

fn nothing_follows<T: std::fmt::Debug>(from: &mpsc::Receiver<T>) {
    let more = from.recv_timeout(Duration::from_millis(300));
    assert!(more.is_err(), "{more:?}");
}

/// Sends an order that names an address; the fake has to take it, and at once.
async fn order(server: &Running, to: &str) {
    let begun = Instant::now();
    let request = Client::new().post(url(server, "/orders"));
    let answer = request.json(&json!({ "url": to })).send().await.unwrap();
    assert_eq!(answer.status(), 202);
    assert!(begun.elapsed() < Duration::from_secs(3), "held up");
}

#[tokio::test]
async fn the_address_may_come_from_the_body() {
    let (addr, called) = receiver(NO_CONTENT);
    let (server, told) = orders(config(), addr);
    order(&server, &format!("http://user:secret@{addr}/hook?key=1")).await;
    let request = next(&called);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /hook?key=1 HTTP/1.1\r\n"), "{head}");
    for field in [
        format!("host: {addr}"),
        "content-type: application/json".to_owned(),
        "content-length: 15".to_owned(),
        "mynah-callback: paid".to_owned(),
        format!("user-agent: mynah/{}", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(head.lines().any(|line| line == field), "{field}: {head}");
    }
    assert_eq!(body, r#"{"amount":1.50}"#);
    assert!(next(&told).ends_with(": 204 No Content"));
}

#[tokio::test]
async fn the_address_may_come_from_the_path_and_be_a_name_of_this_machine() {
    let (addr, called) = receiver(NO_CONTENT);
    let (server, told) = orders(config(), addr);
    let request = Client::new().post(url(&server, "/shipments/a%20b"));
    assert_eq!(request.send().await.unwrap().status(), 202);
    let request = next(&called);
    assert!(
        request.starts_with("PUT /hooks/a%20b HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.contains("\r\ncontent-length: 0\r\n"), "{request}");
    let port = addr.port();
    assert_eq!(
        next(&told),
        format!("callback shipped: PUT http://localhost:{port}/hooks/a%20b: 204 No Content")
    );
}

#[tokio::test]
async fn a_fake_that_calls_itself_comes_to_an_end() {
    let journal = Arc::<Journal>::default();
    let config = Config {
        journal: Some(Arc::clone(&journal)),
        ..config()
    };
    let (server, told) = orders(config, ([127, 0, 0, 1], 9).into());
    let echo = url(&server, "/echo");
    let answer = Client::new().post(&echo).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let mut lines = [next(&told), next(&told)];
    lines.sort();
    assert_eq!(
        lines,
        [
            format!("callback again: POST {echo}: 200 OK"),
            "callback again: not sent: the request is a callback itself, which starts no other"
                .to_owned(),
        ]
    );
    nothing_follows(&told);
    assert_eq!(journal.len(), 2);
}

#[tokio::test]
async fn what_cannot_be_reached_is_told_and_the_request_answered() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = unused.local_addr().unwrap();
    drop(unused);
    let (server, told) = orders(config(), addr);
    for (to, want) in [
        (format!("http://{addr}/"), "not sent: nobody accepts it: "),
        (
            // A label has at most 63 characters, so that nobody has to be asked.
            format!("http://{}/", "a".repeat(64)),
            "not sent: the host has no address: ",
        ),
        (
            "https://127.0.0.1/".to_owned(),
            "not sent: `https://127.0.0.1/` wants TLS, which is not spoken",
        ),
        ("nonsense".to_owned(), "not sent: `nonsense` is no address"),
    ] {
        order(&server, &to).await;
        let line = next(&told);
        assert!(line.contains(want), "{line}");
    }
}

#[tokio::test]
async fn other_machines_are_out_of_reach() {
    let (server, told) = orders(config(), ([127, 0, 0, 1], 9).into());
    for (to, want) in [
        ("http://192.0.2.1/", "`192.0.2.1` is 192.0.2.1"),
        ("http://[::ffff:192.0.2.1]/", "is ::ffff:192.0.2.1"),
        ("http://0.0.0.0:9/", "`0.0.0.0` is 0.0.0.0"),
        ("http://169.254.169.254/latest/", "is 169.254.169.254"),
        // Another way to write 192.0.2.1, which only looking it up tells.
        #[cfg(unix)]
        ("http://3221225985/", "`3221225985` is 192.0.2.1"),
    ] {
        order(&server, to).await;
        let line = next(&told);
        let ends = line.ends_with(", and only this machine is allowed");
        assert!(ends && line.contains(want), "{line}");
    }
}

#[tokio::test]
async fn none_is_sent_when_they_are_off() {
    let (addr, called) = receiver(NO_CONTENT);
    let config = Config {
        callbacks: Reach::Off,
        ..config()
    };
    let (server, told) = orders(config, addr);
    order(&server, &format!("http://{addr}/")).await;
    nothing_follows(&called);
    nothing_follows(&told);
}

#[tokio::test]
async fn an_answer_that_leaves_the_contract_is_told() {
    for (answer, want) in [
        (
            "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n",
            "status: 500 is not documented; there are: 200, 204 [status] (orders.yaml:16:",
        ),
        // Not followed: it could lead anywhere.
        (
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n",
            "status: 302 is not documented",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
            "body `/noted`: required, but missing [required] (orders.yaml:18:",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
            "header `Content-Type`: required for a body, but missing; documented: application/json",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            "body: required, but empty [required]",
        ),
        ("HTP\r\n\r\n", "no answer: "),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n",
            "an answer of more than 1048576 bytes is not read",
        ),
    ] {
        let (addr, _called) = receiver(answer);
        let (server, told) = orders(config(), addr);
        order(&server, &format!("http://{addr}/")).await;
        let line = next(&told);
        assert!(line.contains(want), "{line}");
    }
}

#[tokio::test]
async fn one_who_does_not_answer_holds_up_nobody() {
    let (_listener, addr) = silent();
    let (server, told) = orders(config(), addr);
    order(&server, &format!("http://{addr}/")).await;
    assert!(told.try_recv().is_err());
    let line = next(&told);
    assert!(line.ends_with(": no answer within 5 seconds"), "{line}");
}

#[tokio::test]
async fn so_many_are_on_their_way_and_no_more() {
    let (_listener, addr) = silent();
    let (server, told) = orders(config(), addr);
    for _ in 0..65 {
        order(&server, &format!("http://{addr}/")).await;
    }
    let line = next(&told);
    assert!(
        line.ends_with(": not sent: 64 requests are on their way already"),
        "{line}"
    );
}
