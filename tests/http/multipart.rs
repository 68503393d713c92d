//! Multipart bodies that are none: each is refused, and the connection goes on (prism #2672: one such
//! request ended the process).

use std::{io::Write, path::Path, sync::Arc};

use mynah::{
    Api, Description, Source,
    server::{Mount, Server},
};

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

/// The description of the case of the same name.
fn replies() -> Arc<Api> {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/multipart_replies.txt");
    let text = std::fs::read_to_string(case).unwrap();
    let (head, _) = text.split_once("\n===").unwrap();
    let description = Description::load(Source::new("replies.yaml", head)).unwrap();
    Arc::new(Api::compile(description).unwrap())
}

/// The parts of a reply as a reader sees them that is not ours: name, file name, media type, bytes.
async fn parts(reply: reqwest::Response) -> Vec<(String, String, String, Vec<u8>)> {
    let content_type = reply.headers()["content-type"].to_str().unwrap();
    let boundary = multer::parse_boundary(content_type).unwrap_or_else(|_| {
        // It takes `multipart/form-data` for the only type of parts.
        content_type.split_once("boundary=").unwrap().1.to_owned()
    });
    let mut reader = multer::Multipart::new(reply.bytes_stream(), boundary);
    let mut parts = Vec::new();
    while let Some(part) = reader.next_field().await.unwrap() {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let name = text(part.name());
        let file = text(part.file_name());
        let media_type = part.content_type().map(ToString::to_string);
        let media_type = text(media_type.as_deref());
        let bytes = part.bytes().await.unwrap().to_vec();
        parts.push((name, file, media_type, bytes));
    }
    parts
}

#[tokio::test]
async fn the_parts_of_a_reply_are_read_by_others_and_by_us() {
    let server = Server::bind(config(), vec![Mount::new("", replies())]);
    let server = server.unwrap().start().unwrap();
    let url = |path: &str| format!("http://{}{path}", server.addr());
    let client = reqwest::Client::new();

    let form = parts(client.get(url("/form")).send().await.unwrap()).await;
    assert_eq!(form.len(), 18);
    let part = |name: &str| form.iter().find(|part| part.0 == name).unwrap();
    assert_eq!(part("title").3, "a \"b\"\nmynah-part ü".as_bytes());
    assert_eq!(part("count").3, b"1.50");
    assert_eq!(part("file").1, "file.png");
    assert_eq!(part("file").2, "image/png");

    let made = parts(client.get(url("/made")).send().await.unwrap()).await;
    assert_eq!(made[1].1, "scan.pdf");
    assert!(made[1].3.starts_with(b"%PDF") && made[1].3.ends_with(b"%%EOF\n"));

    let mixed = parts(client.get(url("/mixed")).send().await.unwrap()).await;
    let bodies: Vec<&[u8]> = mixed.iter().map(|part| &*part.3).collect();
    let want = ["<p>", "héllo", "{\"id\":9007199254740993}", "{\"id\":2}"];
    assert_eq!(bodies, want.map(str::as_bytes));

    let reply = client.get(url("/form")).send().await.unwrap();
    let content_type = reply.headers()["content-type"].clone();
    let body = reply.bytes().await.unwrap();
    let echo = client
        .post(url("/echo"))
        .header("content-type", content_type);
    let echoed = echo.body(body).send().await.unwrap();
    // The documented request of that name is this one, value by value.
    assert_eq!(echoed.text().await.unwrap(), "the same");
}
