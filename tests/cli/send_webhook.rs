//! `mynah send-webhook`, with somebody who listens.

use std::{
    env, fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    thread::{self, JoinHandle},
};

use mynah::cli::Exit;

use crate::in_process::run;

const HOOKS: &str = r#"openapi: 3.1.0
info: {title: Hooks, version: '1'}
webhooks:
  paid:
    post:
      requestBody:
        content: {application/json: {example: {amount: 1.50}}}
      responses: {'204': {description: Noted}}
  shipped:
    post:
      requestBody:
        content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: integer, minimum: 7}}}}}
      responses: {'204': {description: Noted}}
  broken:
    post: {requestBody: {$ref: '#/nowhere'}}
"#;

/// A file with the description, gone with the test.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let name = format!("mynah-{}-{name}.yaml", std::process::id());
        let path = env::temp_dir().join(name);
        fs::write(&path, HOOKS).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        // What is left behind is a small file in a folder for such.
        let _ = fs::remove_file(&self.0);
    }
}

/// Answers one request, and gives it back.
fn receiver(answer: &'static str) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let called = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = String::new();
        let mut buffer = [0; 4096];
        while !request.ends_with('}') {
            let length = stream.read(&mut buffer).unwrap();
            assert_ne!(length, 0, "{request}");
            request.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
        }
        stream.write_all(answer.as_bytes()).unwrap();
        request
    });
    (addr, called)
}

#[test]
fn the_documented_request_is_sent() {
    let file = File::new("sent");
    for (name, body) in [("paid", r#"{"amount":1.50}"#), ("shipped", r#"{"id":7}"#)] {
        let (addr, called) = receiver("HTTP/1.1 204 No Content\r\n\r\n");
        let url = format!("http://{addr}/hook?key=1");
        let (exit, out, err) = run(&["send-webhook", file.path(), name, &url]);
        let request = called.join().unwrap();
        assert!(
            request.starts_with("POST /hook?key=1 HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(request.ends_with(&format!("\r\n\r\n{body}")), "{request}");
        assert_eq!(out, format!("POST {url}\nanswered with 204 No Content\n"));
        assert_eq!(exit, Exit::Done, "{err}");
    }
}

#[test]
fn an_answer_that_leaves_the_contract_is_told() {
    let file = File::new("answer");
    let (addr, called) = receiver("HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n");
    let url = format!("http://{addr}/");
    let (exit, out, err) = run(&["send-webhook", file.path(), "paid", &url]);
    called.join().unwrap();
    let told = format!(
        "  - status: 500 is not documented; there are: 204 [status] ({}:8:18)\n",
        file.path()
    );
    assert_eq!(
        out,
        format!("POST {url}\nanswered with 500 Internal Server Error\n{told}")
    );
    assert!(
        err.ends_with("mynah: the answer leaves the contract in 1 place\n"),
        "{err}"
    );
    assert_eq!(exit, Exit::ContractBroken);
}

#[test]
fn what_cannot_be_sent_says_what_to_change() {
    let file = File::new("unsent");
    let spec = file.path();
    let unused = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}/", unused.local_addr().unwrap());
    drop(unused);
    for (args, exit, want) in [
        (
            [spec, "lost", &nobody],
            Exit::Usage,
            format!("`{spec}` has no webhook `lost`; there are: paid, shipped, broken"),
        ),
        (
            ["libredesk", "lost", &nobody],
            Exit::Usage,
            "`libredesk` has no webhook `lost`, nor any other".to_owned(),
        ),
        (
            ["/nowhere.yaml", "lost", &nobody],
            Exit::Usage,
            "cannot read `/nowhere.yaml`: ".to_owned(),
        ),
        (
            [spec, "broken", &nobody],
            Exit::BadDescription,
            "nothing of the webhook `broken` can be sent".to_owned(),
        ),
        (
            [spec, "paid", "https://example.com/"],
            Exit::Usage,
            "`https://example.com/` wants TLS, which is not spoken; use http://".to_owned(),
        ),
        (
            [spec, "paid", "localhost:80"],
            Exit::Usage,
            "`localhost:80` is no address of the form http://host/path".to_owned(),
        ),
        (
            [spec, "paid", &nobody],
            Exit::CannotRun,
            format!("{nobody}: not sent: nobody accepts it: "),
        ),
    ] {
        let [spec, name, url] = args;
        let (code, out, err) = run(&["send-webhook", spec, name, url]);
        assert!(err.contains(&format!("mynah: {want}")), "{err}");
        assert_eq!((code, &*out), (exit, ""), "{err}");
    }
}
