//! How messages are framed: HEAD, no content, HTTP/1.0, pipelining, 100-continue, broken-off ones.

use std::{io::Write, net::Shutdown};

use crate::fixture::{
    LIST, assert_alive, config, connect, exchange, read_to_end, read_until, serve, url,
};

/// A reply's head and body.
fn parts(answer: &str) -> (&str, &str) {
    answer.split_once("\r\n\r\n").unwrap()
}

#[test]
fn head_has_the_header_fields_of_get_and_no_body() {
    let server = serve(config());
    let ask = |method: &str| {
        let request = format!("{method} /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        exchange(server.addr(), request.as_bytes())
    };
    let (get, head) = (ask("GET"), ask("HEAD"));
    let fields = |answer: &str| {
        let mut lines: Vec<String> = parts(answer).0.lines().map(str::to_owned).collect();
        lines.retain(|line| !line.starts_with("date:"));
        lines.sort();
        lines
    };
    assert_eq!(fields(&get), fields(&head));
    assert_eq!(parts(&get).1, LIST);
    assert_eq!(parts(&head).1, "");
}

#[test]
fn a_reply_without_content_has_no_length_and_no_type() {
    let server = serve(config());
    let request = b"DELETE /pets/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = exchange(server.addr(), request);
    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    assert!(!answer.contains("content-"), "{answer}");
}

#[test]
fn http_1_0_is_answered_and_closed() {
    let server = serve(config());
    let answer = exchange(server.addr(), b"GET /pets HTTP/1.0\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.0 200 "), "{answer}");
    assert!(answer.ends_with(LIST), "{answer}");
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let server = serve(config());
    let requests = "POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
        Content-Length: 2\r\n\r\n{}GET /pets HTTP/1.1\r\nHost: x\r\n\r\n\
        GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = exchange(server.addr(), requests.as_bytes());
    let statuses: Vec<&str> = answer
        .match_indices("HTTP/1.1 ")
        .map(|(at, _)| &answer[at + 9..at + 12])
        .collect();
    assert_eq!(statuses, ["201", "200", "404"], "{answer}");
}

#[test]
fn a_reply_does_not_wait_for_the_rest_of_the_next_request() {
    let server = serve(config());
    let mut stream = connect(server.addr());
    stream
        .write_all(b"GET /pets HTTP/1.1\r\nHost: x\r\n\r\nGET /pe")
        .unwrap();
    read_until(&mut stream, LIST);
    stream.write_all(b"ts HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    read_until(&mut stream, LIST);
}

#[test]
fn expect_100_continue_is_told_to_go_on() {
    let server = serve(config());
    let mut stream = connect(server.addr());
    stream
        .write_all(
            b"POST /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n\
            Content-Type: application/json\r\nContent-Length: 2\r\n\r\n",
        )
        .unwrap();
    assert_eq!(
        read_until(&mut stream, "\r\n\r\n"),
        "HTTP/1.1 100 Continue\r\n\r\n"
    );
    stream.write_all(b"{}").unwrap();
    let answer = read_to_end(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
}

#[test]
fn a_chunked_body_is_read() {
    let server = serve(config());
    let request = "POST /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
        Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
        1\r\n{\r\n1\r\n}\r\n0\r\n\r\n";
    let answer = exchange(server.addr(), request.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
}

#[test]
fn connect_opens_no_tunnel() {
    let server = serve(config());
    let request = b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n";
    let mut stream = connect(server.addr());
    stream.write_all(request).unwrap();
    let answer = read_until(&mut stream, "}");
    assert!(answer.starts_with("HTTP/1.1 501 "), "{answer}");
}

#[test]
fn an_upgrade_is_not_taken() {
    let server = serve(config());
    let request =
        b"GET /pets HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
    let mut stream = connect(server.addr());
    stream.write_all(request).unwrap();
    let answer = read_until(&mut stream, LIST);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn requests_broken_off_anywhere_harm_nobody() {
    let server = serve(config());
    let request = "POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
        Content-Length: 15\r\n\r\n{\"name\":\"Bello\"";
    for end in 0..request.len() {
        let mut stream = connect(server.addr());
        stream.write_all(&request.as_bytes()[..end]).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        // Closed, with or without an answer; never kept waiting.
        let answer = read_to_end(&mut stream);
        assert!(!answer.starts_with("HTTP/1.1 2"), "{end}: {answer}");
    }
    assert_alive(&server);
}

#[tokio::test]
async fn a_connection_serves_many_requests() {
    let server = serve(config());
    let client = reqwest::Client::new();
    for _ in 0..100 {
        let reply = client.get(url(&server, "/pets")).send().await.unwrap();
        assert_eq!(reply.text().await.unwrap(), LIST);
    }
}
