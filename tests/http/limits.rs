//! What is borne from clients, and what they are told beyond it.

use std::{
    io::{Read, Write},
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use mynah::server::{Config, Limits};

use crate::fixture::{
    CLOSING_GET, assert_alive, config, connect, exchange, limited, read_until, serve, url,
};

/// A server that takes bodies of 100 bytes.
fn small_bodies() -> Config {
    limited(Limits {
        body_bytes: 100,
        ..Limits::default()
    })
}

/// An empty JSON object of so many bytes.
fn object(length: usize) -> String {
    format!("{{{}}}", " ".repeat(length - 2))
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_413() {
    let server = serve(small_bodies());
    let client = reqwest::Client::new();
    for (length, status) in [
        (100, 201),
        (101, 413),
        (200, 413),
        (201, 413),
        (100_000, 413),
    ] {
        let body = object(length);
        let request = client.post(url(&server, "/pets"));
        let request = request
            .header("content-type", "application/json")
            .body(body);
        let reply = request.send().await.unwrap();
        assert_eq!(reply.status(), status, "{length}");
        if status == 413 {
            assert_eq!(reply.headers()["content-type"], "application/problem+json");
            let problem: serde_json::Value = reply.json().await.unwrap();
            assert_eq!(problem["status"], 413);
            let detail = "the body is longer than 100 bytes, the server's limit";
            assert_eq!(problem["detail"], detail);
        }
    }
}

#[test]
fn a_chunked_body_beyond_the_limit_is_413() {
    let server = serve(small_bodies());
    let chunk = format!("{:x}\r\n{:2$}\r\n", 60, "", 60);
    let request = format!(
        "POST /pets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n"
    );
    let answer = exchange(server.addr(), request.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
}

#[test]
fn a_body_held_back_is_refused_unread() {
    let server = serve(small_bodies());
    let request =
        b"POST /pets HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 101\r\n\r\n";
    let answer = exchange(server.addr(), request);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[tokio::test]
async fn the_default_limit_is_ten_mebibytes() {
    let server = serve(config());
    let client = reqwest::Client::new();
    // Of the longest, most is still to be sent when it is known to be too long.
    for (length, status) in [(10 << 20, 201), ((10 << 20) + 1, 413), (50 << 20, 413)] {
        let body = object(length);
        let request = client.post(url(&server, "/pets"));
        let request = request
            .header("content-type", "application/json")
            .body(body);
        assert_eq!(request.send().await.unwrap().status(), status);
    }
}

#[test]
fn a_head_beyond_the_limits_is_431() {
    let server = serve(config());
    let long = format!("X-Long: {}\r\n", "x".repeat(100_000));
    let many: String = (0..101).map(|n| format!("X-{n}: {n}\r\n")).collect();
    for fields in [long, many] {
        let mut stream = connect(server.addr());
        // The server may close before it has taken all.
        let _ = stream.write_all(format!("GET /pets HTTP/1.1\r\n{fields}\r\n").as_bytes());
        let answer = read_until(&mut stream, "\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }
    assert_alive(&server);
}

#[test]
fn a_connection_beyond_the_limit_is_503_and_makes_room_again() {
    let server = serve(Config {
        threads: NonZeroUsize::new(2).unwrap(),
        ..limited(Limits {
            max_connections: 2,
            ..Limits::default()
        })
    });
    let get = b"GET /pets HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut stream = connect(server.addr());
        stream.write_all(get).unwrap();
        read_until(&mut stream, "}]");
        open.push(stream);
    }
    let mut third = connect(server.addr());
    let answer = read_until(&mut third, "\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");

    drop(open);
    let begun = Instant::now();
    loop {
        let mut stream = connect(server.addr());
        stream.write_all(CLOSING_GET).unwrap();
        let mut answer = String::new();
        // As long as the server is full it may close before it has read the request, which resets
        // the connection.
        let read = stream.read_to_string(&mut answer);
        if read.is_ok() && answer.starts_with("HTTP/1.1 200 ") {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(5), "still full");
    }
}
