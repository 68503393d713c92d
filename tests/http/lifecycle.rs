//! Starting, replacing an API, stopping.

use std::{
    io::Write,
    net::{SocketAddr, TcpStream},
    num::NonZeroUsize,
    thread,
    time::{Duration, Instant},
};

use mynah::server::{Config, Limits, Mount, Server, StartError};

use crate::fixture::{
    LIST, assert_alive, config, connect, limited, pets, read_to_end, read_until, serve, url,
};

/// The head of a request with the body `{}`, which is yet to come.
const BEGUN: &[u8] =
    b"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{";

fn threads(count: usize) -> Config {
    Config {
        threads: NonZeroUsize::new(count).unwrap(),
        ..config()
    }
}

/// Panics unless nothing listens any more, soon: each thread closes its own socket.
fn assert_closes(addr: SocketAddr) {
    let begun = Instant::now();
    while TcpStream::connect(addr).is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(2), "still accepted");
    }
}

#[test]
fn a_port_in_use_is_refused() {
    let first = serve(threads(2));
    let config = Config {
        port: first.addr().port(),
        ..threads(2)
    };
    let second = Server::bind(config, vec![Mount::new("", pets("pets"))]);
    assert!(matches!(second, Err(StartError::PortInUse { addr }) if addr == first.addr()));
}

#[test]
fn a_stopped_server_gives_its_port_back() {
    let first = serve(threads(2));
    let port = first.addr().port();
    assert_alive(&first);
    first.stop();
    assert_alive(&serve(Config { port, ..threads(2) }));
}

#[test]
fn all_threads_serve() {
    let server = serve(threads(4));
    // The system spreads connections over the threads; whichever they come to, all are answered.
    for _ in 0..64 {
        assert_alive(&server);
    }
}

#[test]
fn a_graceful_stop_lets_a_request_in_flight_finish() {
    for count in [1, 2] {
        let server = serve(threads(count));
        let addr = server.addr();
        let mut idle = connect(addr);
        idle.write_all(b"GET /pets HTTP/1.1\r\nHost: x\r\n\r\n")
            .unwrap();
        read_until(&mut idle, LIST);
        let mut busy = connect(addr);
        busy.write_all(BEGUN).unwrap();
        thread::sleep(Duration::from_millis(100));

        let stopping = thread::spawn(move || server.stop());
        assert_eq!(read_to_end(&mut idle), "", "an idle connection is closed");
        assert_closes(addr);
        assert!(!stopping.is_finished());
        busy.write_all(b"}").unwrap();
        let answer = read_to_end(&mut busy);
        assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
        stopping.join().unwrap();
    }
}

#[test]
fn a_graceful_stop_waits_only_so_long() {
    let server = serve(limited(Limits {
        stop_timeout: Duration::from_millis(200),
        ..Limits::default()
    }));
    let mut busy = connect(server.addr());
    busy.write_all(BEGUN).unwrap();
    thread::sleep(Duration::from_millis(100));
    let begun = Instant::now();
    server.stop();
    assert!(begun.elapsed() >= Duration::from_millis(200));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_handle_dropped_stops_at_once() {
    let server = serve(config());
    let addr = server.addr();
    let mut busy = connect(addr);
    busy.write_all(BEGUN).unwrap();
    thread::sleep(Duration::from_millis(100));
    let begun = Instant::now();
    drop(server);
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert!(TcpStream::connect(addr).is_err());
}

#[tokio::test]
async fn a_server_runs_until_its_shutdown_is_ready() {
    let server = Server::bind(config(), vec![Mount::new("", pets("pets"))]).unwrap();
    let url = format!("http://{}/pets", server.addr());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async {
        let _ = stopped.await;
    }));
    assert_eq!(reqwest::get(&url).await.unwrap().status(), 200);
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
    assert!(reqwest::get(&url).await.is_err());
}

#[tokio::test]
async fn a_server_can_be_made_and_dropped_inside_a_runtime() {
    let bound = Server::bind(config(), vec![Mount::new("", pets("pets"))]).unwrap();
    drop(bound);
    let server = serve(config());
    assert_eq!(
        reqwest::get(url(&server, "/pets")).await.unwrap().status(),
        200
    );
    drop(server);
}

#[tokio::test]
async fn an_api_is_replaced_while_serving() {
    let mount = Mount::new("", pets("old"));
    let server = Server::bind(config(), vec![mount.clone()])
        .unwrap()
        .start()
        .unwrap();
    let index = async || {
        reqwest::get(url(&server, "/"))
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    };
    assert!(index().await.contains("\"old\""));
    mount.replace(pets("new"));
    assert!(index().await.contains("\"new\""));
}
