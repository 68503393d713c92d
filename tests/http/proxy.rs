//! The proxy between raw sockets: what goes in on one side comes out on the other.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    pin::Pin,
    sync::{Arc, mpsc},
    task::{Context, Poll},
    thread,
    time::Duration,
};

use hyper::body::Frame;
use mynah::{
    Exchange,
    journal::Journal,
    proxy::{Manner, Proxy, ProxyConfig, Upstream},
    server::{Config, Mount, Running},
};

use crate::fixture::{LIST, config, connect, exchange, pets, read_to_end};

/// A server that answers each connection's request with the same bytes and hands the request's on.
/// Requests end with `end`.
fn upstream(answer: Vec<u8>, end: &'static [u8]) -> (SocketAddr, mpsc::Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let request = read_until(&mut stream, end);
            stream.write_all(&answer).unwrap();
            if tell.send(request).is_err() {
                return;
            }
        }
    });
    (addr, told)
}

fn read_until(stream: &mut TcpStream, end: &[u8]) -> Vec<u8> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 8192]);
    while !bytes.ends_with(end) {
        match stream.read(&mut buffer).unwrap() {
            0 => break,
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    }
    bytes
}

/// A proxy to an address, and its journal.
fn proxy_with(addr: SocketAddr, change: impl FnOnce(&mut ProxyConfig)) -> (Running, Arc<Journal>) {
    let journal = Arc::<Journal>::default();
    let mut proxy = ProxyConfig::to(Upstream::new(&format!("http://{addr}")).unwrap());
    change(&mut proxy);
    let server = Config {
        journal: Some(Arc::clone(&journal)),
        ..config()
    };
    let contract = Mount::new("", pets("pets"));
    let proxy = Proxy::bind(server, proxy, contract).unwrap();
    (proxy.start().unwrap(), journal)
}

fn proxy(addr: SocketAddr) -> (Running, Arc<Journal>) {
    proxy_with(addr, |_| {})
}

/// The lines of a message's head, sorted, and all after it.
fn parts(message: &[u8]) -> (Vec<String>, Vec<u8>) {
    let at = message.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(message[..at].to_vec()).unwrap();
    let mut lines: Vec<String> = head.split("\r\n").map(str::to_owned).collect();
    lines.sort();
    (lines, message[at + 4..].to_vec())
}

/// What a client gets for bytes that it sends; it says that the connection is to be closed.
fn sent(proxy: &Running, request: &[u8]) -> Vec<u8> {
    let mut stream = connect(proxy.addr());
    stream.write_all(request).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

fn only(journal: &Journal) -> Exchange {
    let mut exchanges = journal.exchanges();
    assert_eq!(exchanges.len(), 1);
    exchanges.remove(0)
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n";

fn list() -> Vec<u8> {
    format!("{OK}[{{\"name\":\"Bello\"}}]").into_bytes()
}

#[test]
fn a_request_arrives_as_it_was_sent() {
    let (addr, requests) = upstream(list(), b"9\r\n\r\n");
    let (proxy, _) = proxy(addr);
    let head = "POST /pets//%2F%7Ea?x=%20+&&y HTTP/1.1\r\nX-Twice: 1\r\nx-TWICE: 2\r\nAccept-Encoding: gzip\r\n\
                CoNTent-type: application/json\r\nTE: trailers\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n";
    let body = "2\r\n{}\r\n0\r\nX-Sum: 9\r\n\r\n";
    sent(
        &proxy,
        format!("{head}Host: here\r\nConnection: close\r\n\r\n{body}").as_bytes(),
    );

    let (lines, got) = parts(&requests.recv().unwrap());
    // Each connection has a host and a framing of its own.
    let (want, _) = parts(format!("{head}Host: {addr}\r\n\r\n").as_bytes());
    let lower = |lines: Vec<String>| -> Vec<String> {
        let mut lines: Vec<String> = lines
            .into_iter()
            .map(|line| match line.split_once(':') {
                Some((name, value))
                    if ["host", "te", "transfer-encoding"].contains(&&*name.to_lowercase()) =>
                {
                    format!("{}:{value}", name.to_lowercase())
                }
                _ => line,
            })
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(lower(lines), lower(want));
    assert_eq!(
        String::from_utf8(got).unwrap().to_lowercase(),
        body.to_lowercase()
    );
}

#[test]
fn a_body_of_a_get_passes() {
    // A body that is read whole before it passes has a length.
    for (manner, end) in [
        (Manner::Watch, &b"2\r\n{}\r\n0\r\n\r\n"[..]),
        (Manner::Enforce, b"{}"),
    ] {
        let (addr, requests) = upstream(list(), end);
        let (proxy, _) = proxy_with(addr, |it| it.manner = manner);
        let request = b"GET /pets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
                        2\r\n{}\r\n0\r\n\r\n";
        sent(&proxy, request);
        assert!(requests.recv().unwrap().ends_with(end), "{manner:?}");
    }
}

#[test]
fn a_reply_arrives_as_it_was_sent() {
    // Not what gzip would write, and not to be touched.
    let zipped = b"\x1f\x8b\x08\0\xff\xfe not really";
    let mut answer = format!(
        "HTTP/1.1 200 Fine\r\nContent-Type: application/json\r\nSet-Cookie: a=1; Path=/\r\nSET-Cookie: b=2\r\n\
         Content-Encoding: gzip\r\nX-UPPER: \"1\"\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Length: {}\r\n\r\n",
        zipped.len()
    )
    .into_bytes();
    answer.extend_from_slice(zipped);
    let (addr, _requests) = upstream(answer.clone(), b"\r\n\r\n");
    let (proxy, _) = proxy(addr);

    let got = sent(
        &proxy,
        b"GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    let (mut lines, body) = parts(&got);
    let (want, want_body) = parts(&answer);
    lines.retain(|line| line != "connection: close");
    assert_eq!(lines, want);
    assert_eq!(body, want_body);
}

#[test]
fn chunks_and_trailers_pass() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTrailer: X-Sum\r\n\
                  Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\nX-Sum: 2\r\n\r\n";
    let (addr, _requests) = upstream(answer.into(), b"\r\n\r\n");
    for manner in [Manner::Watch, Manner::Enforce] {
        let (proxy, _) = proxy_with(addr, |it| it.manner = manner);
        let request =
            b"GET /pets HTTP/1.1\r\nHost: x\r\nTE: trailers\r\nConnection: close, TE\r\n\r\n";
        let got = String::from_utf8(sent(&proxy, request)).unwrap();
        let got = got.to_lowercase();
        assert!(
            got.contains("transfer-encoding: chunked\r\n"),
            "{manner:?} {got}"
        );
        assert!(got.ends_with("0\r\nx-sum: 2\r\n\r\n"), "{manner:?} {got}");
    }
}

#[test]
fn any_status_passes() {
    for status in [
        "501 Not Implemented",
        "299 Odd",
        "404 Not Found",
        "503 Busy",
    ] {
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nno");
        let (addr, _requests) = upstream(answer.into(), b"\r\n\r\n");
        let (proxy, _) = proxy(addr);
        let got = exchange(
            proxy.addr(),
            b"GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        );
        assert!(
            got.starts_with(&format!("HTTP/1.1 {}", &status[..3])),
            "{got}"
        );
        assert!(got.ends_with("\r\n\r\nno"), "{got}");
    }
}

#[test]
fn what_leaves_the_contract_passes_and_is_in_the_journal_before_the_reply_ends() {
    let answer = "HTTP/1.1 418 Teapot\r\nContent-Length: 3\r\n\r\n[1]";
    let (addr, requests) = upstream(answer.into(), b"[7]");
    let (proxy, journal) = proxy(addr);
    let request = b"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\
                    Connection: close\r\n\r\n[7]";
    let got = String::from_utf8(sent(&proxy, request)).unwrap();
    assert!(
        got.starts_with("HTTP/1.1 418 ") && got.ends_with("[1]"),
        "{got}"
    );
    assert!(requests.recv().unwrap().ends_with(b"[7]"));

    let exchange = only(&journal);
    let said = |violations: &[mynah::Violation]| -> Vec<String> {
        violations
            .iter()
            .map(|it| format!("{} {}", it.place, it.rule.code()))
            .collect()
    };
    assert_eq!(said(&exchange.violations), ["body type"]);
    assert_eq!(said(&exchange.reply_violations), ["status status"]);
    assert_eq!(exchange.reply.body, "[1]");
    assert_eq!(exchange.request.body, "[7]");
}

#[test]
fn what_leaves_the_contract_does_not_pass_where_it_is_enforced() {
    let answer = "HTTP/1.1 418 Teapot\r\nContent-Length: 3\r\n\r\n[1]";
    let (addr, requests) = upstream(answer.into(), b"\r\n\r\n");
    let (proxy, journal) = proxy_with(addr, |it| it.manner = Manner::Enforce);
    let bad = b"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\
                Connection: close\r\n\r\n[7]";
    let got = String::from_utf8(sent(&proxy, bad)).unwrap();
    assert!(got.starts_with("HTTP/1.1 422 "), "{got}");
    assert!(requests.try_recv().is_err(), "it was forwarded");

    let got = exchange(
        proxy.addr(),
        b"GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    assert!(got.starts_with("HTTP/1.1 502 "), "{got}");
    assert!(got.contains("a 418, leaves the contract"), "{got}");
    assert_eq!(journal.len(), 2);
}

#[test]
fn what_keeps_to_the_contract_passes_in_both_manners() {
    for manner in [Manner::Watch, Manner::Enforce] {
        let (addr, _requests) = upstream(list(), b"\r\n\r\n");
        let (proxy, journal) = proxy_with(addr, |it| it.manner = manner);
        let got = exchange(
            proxy.addr(),
            b"GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        );
        assert!(got.ends_with(LIST), "{manner:?} {got}");
        let exchange = only(&journal);
        assert_eq!(
            (exchange.violations, exchange.reply_violations),
            (vec![], vec![])
        );
    }
}

#[test]
fn a_body_beyond_what_is_kept_passes_and_is_reported() {
    let long = "x".repeat(100_000);
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n\"{long}\"",
        long.len() + 2
    );
    let (addr, _requests) = upstream(answer.into(), b"\r\n\r\n");
    let (proxy, journal) = proxy_with(addr, |it| it.kept_bytes = 1000);
    let got = exchange(
        proxy.addr(),
        b"GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    assert!(got.ends_with(&format!("\"{long}\"")));
    let exchange = only(&journal);
    assert!(exchange.reply.body.is_empty());
    let violation = &exchange.reply_violations[0];
    assert_eq!(violation.rule.code(), "undecidable");
    assert!(
        violation.message.starts_with("longer than the 1000 bytes"),
        "{violation}"
    );
}

#[test]
fn a_server_that_gives_no_reply_is_told_of() {
    let gone = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    for (addr, status) in [(gone, "502"), (silent.local_addr().unwrap(), "504")] {
        for manner in [Manner::Watch, Manner::Enforce] {
            let (proxy, journal) = proxy_with(addr, |it| {
                it.reply_timeout = Duration::from_millis(100);
                it.manner = manner;
            });
            let got = exchange(
                proxy.addr(),
                b"GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            );
            assert!(got.starts_with(&format!("HTTP/1.1 {status} ")), "{got}");
            let rules: Vec<_> = only(&journal).reply_violations;
            assert_eq!(rules[0].rule.code(), "unanswered", "{manner:?}");
        }
    }
}

#[test]
fn a_reply_that_breaks_off_breaks_off_for_the_client_too() {
    let (addr, _requests) = upstream(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[1"
            .to_vec(),
        b"\r\n\r\n",
    );
    let (proxy, journal) = proxy(addr);
    let mut stream = connect(proxy.addr());
    stream
        .write_all(b"GET /pets HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    let mut got = Vec::new();
    // However it is told, it is no whole reply.
    let _ = stream.read_to_end(&mut got);
    let got = String::from_utf8(got).unwrap();
    assert!(
        got.to_lowercase().contains("content-length: 900\r\n"),
        "{got}"
    );
    assert!(!got.ends_with("]"), "{got}");
    let exchange = only(&journal);
    assert_eq!(
        exchange.reply_violations[0].message,
        "it broke off before its end"
    );
}

#[test]
fn a_client_that_leaves_is_no_fault_of_the_server() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (proxy, journal) = proxy(listener.local_addr().unwrap());
    let mut client = connect(proxy.addr());
    client
        .write_all(b"GET /pets HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    let (mut server, _) = listener.accept().unwrap();
    read_until(&mut server, b"\r\n\r\n");
    server
        .write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[1",
        )
        .unwrap();
    let mut some = [0; 20];
    client.read_exact(&mut some).unwrap();
    drop(client);
    // The connection to the server ends with the client's.
    let _ = server.read(&mut some);
    for _ in 0..100 {
        if !journal.is_empty() {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(only(&journal).reply_violations, vec![]);
}

#[test]
fn no_tunnel_is_opened() {
    let (addr, _requests) = upstream(list(), b"\r\n\r\n");
    let (proxy, _) = proxy(addr);
    let mut stream = connect(proxy.addr());
    stream
        .write_all(b"CONNECT evil:443 HTTP/1.1\r\nHost: evil:443\r\nConnection: close\r\n\r\n")
        .unwrap();
    let got = read_to_end(&mut stream);
    assert!(got.starts_with("HTTP/1.1 501 "), "{got}");
}

/// A body in pieces, the last one first, whose length nobody knows beforehand.
struct Pieces(Vec<&'static str>);

impl hyper::body::Body for Pieces {
    type Data = bytes::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<bytes::Bytes>, Self::Error>>> {
        let piece = self.0.pop().map(bytes::Bytes::from);
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }
}

/// By HTTP/2 the client has what the server sends by HTTP/1.1: fields that stand twice, chunks, trailers.
#[tokio::test]
async fn a_client_may_speak_http2() {
    use http_body_util::BodyExt;
    use hyper_util::rt::{TokioExecutor, TokioIo};

    let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\n\
                  Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\nX-Sum: 2\r\n\r\n";
    let (addr, requests) = upstream(answer.into(), b"\r\n0\r\n\r\n");
    let (proxy, journal) = proxy(addr);
    let stream = tokio::net::TcpStream::connect(proxy.addr()).await.unwrap();
    let shaken = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream));
    let (mut connection, driver) = shaken.await.unwrap();
    tokio::spawn(driver);
    let body = r#"{"name":"Bello"}"#;
    let request = http::Request::post(format!("http://{}/pets?a=1&a=2", proxy.addr()))
        .header("content-type", "application/json")
        .header("x-one", "1")
        .header("x-one", "2")
        .body(Pieces(vec!["\"Bello\"}", "{\"name\":"]))
        .unwrap();
    let response = connection.send_request(request).await.unwrap();
    assert_eq!(response.version(), http::Version::HTTP_2);
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Path=/", "b=2"]);
    let content = response.into_body().collect().await.unwrap();
    assert_eq!(content.trailers().unwrap()["x-sum"], "2");
    assert_eq!(content.to_bytes(), "[]");
    let arrived = String::from_utf8(requests.recv().unwrap())
        .unwrap()
        .to_lowercase();
    assert!(
        arrived.starts_with("post /pets?a=1&a=2 http/1.1\r\n"),
        "{arrived}"
    );
    assert!(arrived.contains("x-one: 1\r\nx-one: 2\r\n"), "{arrived}");
    let pieces: String = arrived
        .split("\r\n\r\n")
        .nth(1)
        .unwrap()
        .lines()
        .skip(1)
        .step_by(2)
        .collect();
    assert_eq!(pieces, body.to_lowercase());
    assert_eq!(only(&journal).request.body, body);
}
