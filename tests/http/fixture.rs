//! What all tests start with: a small API, a server for it, and a client that sees raw bytes.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    num::NonZeroUsize,
    sync::Arc,
    time::Duration,
};

use mynah::{
    Api, Description, Source,
    server::{Config, Limits, Mount, Running, Server},
};

/// An API with a list, a creation that takes a body, and a deletion without content.
const PETS: &str = r#"
openapi: 3.1.0
info: {title: Pets & <friends>, version: '1'}
paths:
  /pets:
    get:
      summary: List pets
      responses:
        '200':
          description: All of them
          content: {application/json: {example: [{name: Bello}]}}
    post:
      summary: Add a pet
      requestBody:
        content: {application/json: {schema: {type: object}, example: {name: Bello}}}
      responses:
        '201':
          description: Added
          content: {application/json: {example: {id: 1}}}
  /pets/last:
    delete:
      responses: {'204': {description: Gone}}
"#;

/// The body of `GET /pets`.
pub const LIST: &str = r#"[{"name":"Bello"}]"#;

/// A request for the list, after which the server closes the connection.
pub const CLOSING_GET: &[u8] = b"GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/// The API under a name.
pub fn pets(name: &str) -> Arc<Api> {
    let description = Description::load(Source::new(format!("{name}.yaml"), PETS)).unwrap();
    Arc::new(Api::compile(description).unwrap())
}

/// A configuration for tests: a free port, since tests run side by side, and one thread.
pub fn config() -> Config {
    Config {
        port: 0,
        threads: NonZeroUsize::MIN,
        ..Config::default()
    }
}

/// A configuration with limits of its own.
pub fn limited(limits: Limits) -> Config {
    Config { limits, ..config() }
}

/// Serves the API at the root.
pub fn serve(config: Config) -> Running {
    let mounts = vec![Mount::new("", pets("pets"))];
    Server::bind(config, mounts).unwrap().start().unwrap()
}

/// Serves the API of a description at the root.
pub fn serve_text(config: Config, text: &str) -> Running {
    let description = Description::load(Source::new("api.yaml", text)).unwrap();
    let api = Arc::new(Api::compile(description).unwrap());
    let server = Server::bind(config, vec![Mount::new("", api)]).unwrap();
    server.start().unwrap()
}

/// The URL of a path on a server.
pub fn url(server: &Running, path: &str) -> String {
    format!("http://{}{path}", server.addr())
}

/// A connection whose reads give up after five seconds, so that a test that fails does not hang.
pub fn connect(addr: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(addr).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    stream
}

/// Sends bytes and returns everything until the server closes the connection.
pub fn exchange(addr: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = connect(addr);
    stream.write_all(bytes).unwrap();
    read_to_end(&mut stream)
}

/// Everything until the server closes the connection.
pub fn read_to_end(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

/// Reads until what came ends with `end`.
pub fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut answer = Vec::new();
    let mut byte = [0];
    while !answer.ends_with(end.as_bytes()) {
        let so_far = String::from_utf8_lossy(&answer).into_owned();
        match stream.read(&mut byte) {
            Ok(1) => answer.push(byte[0]),
            ended => panic!("{ended:?} before `{end}`, after `{so_far}`"),
        }
    }
    String::from_utf8(answer).unwrap()
}

/// Panics unless the server answers a request on a new connection.
pub fn assert_alive(server: &Running) {
    let answer = exchange(server.addr(), CLOSING_GET);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.ends_with(LIST), "{answer}");
}
