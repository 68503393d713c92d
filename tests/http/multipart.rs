//! Multipart bodies that are none: each is refused, and the connection goes on (prism #2672: one such
//! request ended the process).

use std::io::Write;

use crate::fixture::{config, connect, read_until, serve_text};

const UPLOADS: &str = r#"
openapi: 3.1.0
info: {title: Uploads, version: '1'}
paths:
  /up:
    post:
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {type: object, required: [a]}}}
      responses: {'200': {description: Ok, content: {text/plain: {example: taken}}}}
"#;

fn post(content_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST /up HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

#[test]
fn after_each_malformed_body_the_next_request_on_the_connection_is_answered() {
    let server = serve_text(config(), UPLOADS);
    let mut stream = connect(server.addr());
    let part = "Content-Disposition: form-data; name=\"a\"\r\n\r\n1";
    let long = "b".repeat(71);
    for (content_type, body) in [
        ("multipart/form-data", format!("--x\r\n{part}\r\n--x--")),
        (
            "multipart/form-data; boundary=",
            "--\r\n\r\n----".to_owned(),
        ),
        (
            "multipart/form-data; boundary=y",
            format!("--x\r\n{part}\r\n--x--"),
        ),
        ("multipart/form-data; boundary=x", format!("--x\r\n{part}")),
        (
            "multipart/form-data; boundary=x",
            "--x\r\n\r\n1\r\n--x--".to_owned(),
        ),
        ("multipart/form-data; boundary=x", "--x--".to_owned()),
        (
            "multipart/form-data; boundary=x",
            "{\"inputBy\" : true}\";type=application/json".to_owned(),
        ),
        (
            // What curl makes of `--form '{"inputBy" : true}";type=application/json'`: all before the
            // `=` is the name.
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"{%22inputBy%22 : true}%22;type\"\r\n\r\n\
             application/json\r\n--x--\r\n"
                .to_owned(),
        ),
        (
            "multipart/form-data; boundary=x",
            format!("--x\r\nX: {}\r\n{part}\r\n--x--", "y".repeat(100_000)),
        ),
        (
            &format!("multipart/form-data; boundary={long}"),
            format!("--{long}\r\n{part}\r\n--{long}--"),
        ),
    ] {
        // No part at all is a form without fields, and one of another name lacks the required one.
        let want = match body.contains("inputBy%22") || body == "--x--" {
            true => "HTTP/1.1 422 ",
            false => "HTTP/1.1 400 ",
        };
        stream.write_all(&post(content_type, &body)).unwrap();
        let refused = read_until(&mut stream, "]}");
        assert!(refused.starts_with(want), "{content_type}: {refused}");
        let good = format!("--x\r\n{part}\r\n--x--\r\n");
        stream
            .write_all(&post("multipart/form-data; boundary=\"x\"", &good))
            .unwrap();
        let taken = read_until(&mut stream, "taken");
        assert!(
            taken.starts_with("HTTP/1.1 200 "),
            "{content_type}: {taken}"
        );
    }
}

#[cfg(feature = "codings")]
#[test]
fn a_bomb_is_refused_by_the_limit_of_the_server() {
    let mut config = config();
    config.limits.body_bytes = 100;
    let server = serve_text(config, UPLOADS);
    let mut stream = connect(server.addr());
    // 101 spaces in brotli.
    let bomb = b"\x1b\x64\x00\xf8\x25\x40\x02\xb1\x40\xc0\x03";
    let head = format!(
        "POST /up HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n\
         Content-Encoding: br\r\nContent-Length: {}\r\n\r\n",
        bomb.len()
    );
    stream.write_all(&[head.as_bytes(), bomb].concat()).unwrap();
    let refused = read_until(&mut stream, "]}");
    assert!(refused.starts_with("HTTP/1.1 413 "), "{refused}");
}
