//! Replies that go out together, and clients that take them late.

use std::{
    io::{Read, Write},
    iter::repeat_n,
    net::TcpStream,
    thread,
    time::Duration,
};

use crate::fixture::{config, connect, read_to_end, serve_text};

/// A short reply, and one that is too long to be sent with others.
fn replies() -> [String; 2] {
    [
        "\"short\"".to_owned(),
        format!("\"{}\"", "l".repeat(30_000)),
    ]
}

fn api() -> String {
    let [short, long] = replies();
    format!(
        "openapi: 3.1.0
info: {{title: Replies, version: '1'}}
paths:
  /short: {{get: {{responses: {{'200': {{description: Short, content: {{application/json: {{example: {short}}}}}}}}}}}}}
  /long: {{get: {{responses: {{'200': {{description: Long, content: {{application/json: {{example: {long}}}}}}}}}}}}}
"
    )
}

/// Reads until what came ends with the body.
fn read_reply(stream: &mut TcpStream, body: &str) -> String {
    let mut reply = Vec::new();
    let mut piece = [0; 4096];
    while !reply.ends_with(body.as_bytes()) {
        let read = stream.read(&mut piece).unwrap();
        assert_ne!(read, 0, "ended after {} bytes", reply.len());
        reply.extend_from_slice(&piece[..read]);
    }
    String::from_utf8(reply).unwrap()
}

/// The bodies of replies that came one after the other.
fn bodies(answer: &str) -> Vec<&str> {
    let replies = answer.split("HTTP/1.1 200 OK\r\n").skip(1);
    replies
        .map(|reply| reply.split_once("\r\n\r\n").unwrap().1)
        .collect()
}

#[test]
fn replies_wait_for_a_client_that_reads_late() {
    let server = serve_text(config(), &api());
    let mut stream = connect(server.addr());
    let [short, long] = replies();
    // More than the buffers of both sides hold.
    let (mut requests, mut want) = (String::new(), Vec::new());
    for path in repeat_n(["short", "long", "short", "short"], 500).flatten() {
        requests.push_str(&format!("GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n"));
        want.push(if path == "short" { &short } else { &long });
    }
    requests.push_str("GET /short HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    want.push(&short);

    let mut asking = stream.try_clone().unwrap();
    let asked = thread::spawn(move || asking.write_all(requests.as_bytes()));
    thread::sleep(Duration::from_millis(500));
    let answer = read_to_end(&mut stream);
    asked.join().unwrap().unwrap();
    let got = bodies(&answer);
    assert_eq!(got.len(), want.len());
    assert!(got.iter().eq(want.iter()), "another order or content");
}

#[test]
fn each_of_many_connections_gets_its_reply() {
    let server = serve_text(config(), &api());
    let [short, long] = replies();
    let mut streams: Vec<_> = (0..50).map(|_| connect(server.addr())).collect();
    for _ in 0..20 {
        for (number, stream) in streams.iter_mut().enumerate() {
            let path = ["short", "short", "long"][number % 3];
            write!(stream, "GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        }
        for (number, stream) in streams.iter_mut().enumerate() {
            let want = [&short, &short, &long][number % 3];
            assert_eq!(bodies(&read_reply(stream, want)), [want]);
        }
    }
}
