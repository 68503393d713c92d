//! Clients that are too slow, and those that go away.

use std::{
    io::{Read, Write},
    thread::sleep,
    time::{Duration, Instant},
};

use mynah::server::Limits;

use crate::fixture::{
    LIST, assert_alive, config, connect, limited, read_to_end, read_until, serve,
};

/// Short times, each told apart from the others.
fn impatient() -> Limits {
    Limits {
        header_timeout: Duration::from_millis(300),
        body_timeout: Duration::from_millis(300),
        write_timeout: Duration::from_millis(300),
        idle_timeout: Duration::from_millis(2000),
        ..Limits::default()
    }
}

#[test]
fn a_head_that_trickles_is_cut_off() {
    let server = serve(limited(impatient()));
    let mut stream = connect(server.addr());
    stream
        .set_read_timeout(Some(Duration::from_millis(50)))
        .unwrap();
    let begun = Instant::now();
    let mut closed = false;
    while !closed && begun.elapsed() < Duration::from_secs(5) {
        // Each byte comes in good time; only all of them together do not.
        let sent = stream.write_all(b"X");
        closed = sent.is_err() || matches!(stream.read(&mut [0; 64]), Ok(0));
    }
    assert!(closed);
    assert!(begun.elapsed() >= Duration::from_millis(300));
    assert_alive(&server);
}

#[test]
fn a_second_head_that_trickles_is_cut_off_too() {
    let server = serve(limited(impatient()));
    let mut stream = connect(server.addr());
    stream
        .write_all(b"GET /pets HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    read_until(&mut stream, LIST);
    let begun = Instant::now();
    stream.write_all(b"GET /pets HT").unwrap();
    assert_eq!(read_to_end(&mut stream), "");
    assert!(
        begun.elapsed() < Duration::from_millis(1800),
        "idle time-out instead"
    );
}

#[test]
fn an_idle_connection_is_closed() {
    let server = serve(limited(impatient()));
    for request in ["", "GET /pets HTTP/1.1\r\nHost: x\r\n\r\n"] {
        let mut stream = connect(server.addr());
        let begun = Instant::now();
        stream.write_all(request.as_bytes()).unwrap();
        read_to_end(&mut stream);
        let taken = begun.elapsed();
        assert!(taken >= Duration::from_millis(1900), "{request}: {taken:?}");
        assert!(taken < Duration::from_secs(6), "{request}: {taken:?}");
    }
}

#[test]
fn a_body_that_does_not_come_is_408() {
    let server = serve(limited(impatient()));
    for begun in ["", "12345"] {
        let mut stream = connect(server.addr());
        let head = "POST /pets HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n";
        stream
            .write_all(format!("{head}{begun}").as_bytes())
            .unwrap();
        let answer = read_to_end(&mut stream);
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains("application/problem+json"), "{answer}");
        assert!(answer.contains("connection: close"), "{answer}");
    }
}

#[test]
fn a_slow_body_within_its_time_is_read() {
    let server = serve(limited(Limits {
        body_timeout: Duration::from_secs(5),
        ..impatient()
    }));
    let mut stream = connect(server.addr());
    let head = b"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n{";
    stream.write_all(head).unwrap();
    for _ in 0..16 {
        // Longer together than the time for a head or for idling.
        sleep(Duration::from_millis(150));
        stream.write_all(b" ").unwrap();
    }
    stream.write_all(b"}").unwrap();
    read_until(&mut stream, "HTTP/1.1 201 ");
}

#[test]
fn a_client_that_takes_no_reply_is_cut_off() {
    let server = serve(limited(impatient()));
    let mut stream = connect(server.addr());
    stream
        .set_write_timeout(Some(Duration::from_secs(1)))
        .unwrap();
    let request = "GET /pets HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000);
    // Asks without reading until both directions are full, then for as long as it may.
    let begun = Instant::now();
    while stream.write_all(request.as_bytes()).is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(30), "never cut off");
    }
    sleep(Duration::from_millis(600));
    // A connection cut off is reset or ends; one that is not would go on with replies for good.
    let mut rest = Vec::new();
    let ended = stream.read_to_end(&mut rest);
    assert!(
        !matches!(&ended, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock),
        "{ended:?}"
    );
    assert_alive(&server);
}

#[test]
fn a_client_that_goes_away_in_its_body_harms_nobody() {
    let server = serve(config());
    for _ in 0..20 {
        let mut stream = connect(server.addr());
        let head = b"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf";
        stream.write_all(head).unwrap();
    }
    assert_alive(&server);
}
