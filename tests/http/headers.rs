//! Header fields as they stand on the wire, and what they are refused for.

use std::{
    io::Write,
    sync::Arc,
    time::{Duration, Instant},
};

use mynah::{journal::Journal, server::Config};

use crate::fixture::{config, connect, exchange, read_until, serve_text};

/// An API that documents fields which are the server's own, several cookies, and errors in a shape.
const VAULT: &str = r#"
openapi: 3.1.0
info: {title: Vault, version: '1'}
paths:
  /item:
    get:
      responses:
        '200':
          description: One
          headers:
            Content-Encoding: {required: true, schema: {enum: [gzip, br]}}
            Content-Length: {required: true, schema: {type: integer, example: 7}}
            Transfer-Encoding: {required: true, schema: {type: string, example: chunked}}
            Connection: {required: true, schema: {type: string, example: upgrade}}
            Set-Cookie: {schema: {type: array}, example: [a=1; Path=/, b=2]}
          content: {application/json: {example: {a: 1}}}
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, additionalProperties: {type: integer}}}}
      responses:
        '204': {description: Kept}
        '400': &wrong
          description: Wrong
          content: {application/json: {schema: {type: object, required: [code, message], properties: {code: {type: integer}, message: {type: string}}}}}
        '415': *wrong
    delete: {responses: {'200': {description: Gone}}}
    put: {responses: {'204': {description: Done}}}
"#;

#[test]
fn what_says_how_a_message_is_framed_or_coded_is_the_servers_own() {
    let server = serve_text(config(), VAULT);
    let request =
        b"GET /item HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: gzip, br\r\n\r\n";
    let answer = exchange(server.addr(), request);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, r#"{"a":1}"#);
    let fields = |name: &str| {
        let of_name = |line: &&str| line.starts_with(&format!("{name}: "));
        head.lines().filter(of_name).collect::<Vec<_>>()
    };
    assert_eq!(fields("content-length"), ["content-length: 7"]);
    assert_eq!(fields("content-encoding"), [""; 0]);
    assert_eq!(fields("transfer-encoding"), [""; 0]);
    assert_eq!(fields("connection"), ["connection: close"]);
    assert_eq!(
        fields("set-cookie"),
        ["set-cookie: a=1; Path=/", "set-cookie: b=2"]
    );
}

#[test]
fn what_a_request_says_of_its_body_is_checked_however_it_is_framed() {
    let server = serve_text(config(), VAULT);
    let chunked = "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n0\r\n\r\n";
    let counted = "Content-Length: 1\r\n\r\n[";
    for (content_type, framed, want) in [
        ("Content-Type: text/csv\r\n", chunked, "415"),
        ("Content-Type: text/csv\r\n", counted, "415"),
        ("", chunked, "415"),
        ("Content-Type: undefined\r\n", counted, "415"),
        ("Content-Type: \r\n", counted, "415"),
        ("Content-Type: application/json\r\n", chunked, "400"),
        ("Content-Type: application/json\r\n", counted, "400"),
    ] {
        let request = format!(
            "POST /item HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{content_type}{framed}"
        );
        let answer = exchange(server.addr(), request.as_bytes());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(
            head.starts_with(&format!("HTTP/1.1 {want} ")),
            "{request}: {answer}"
        );
        // The API's own shape, and nothing of the program's inside.
        let value: serde_json::Value = serde_json::from_str(body).unwrap();
        let members: Vec<&String> = value.as_object().unwrap().keys().collect();
        assert_eq!(members, ["code", "message"], "{body}");
        assert!(!body.contains(".rs") && !body.contains("panick"), "{body}");
        assert!(body.len() < 300, "{body}");
    }
}

#[test]
fn what_has_no_content_is_acceptable_to_everyone() {
    let server = serve_text(config(), VAULT);
    for (method, want) in [("DELETE", "HTTP/1.1 200 "), ("PUT", "HTTP/1.1 204 ")] {
        let request = format!(
            "{method} /item HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: application/json\r\n\r\n"
        );
        let answer = exchange(server.addr(), request.as_bytes());
        assert!(answer.starts_with(want), "{answer}");
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    }
}

#[test]
fn the_field_with_violations_is_bounded() {
    let server = serve_text(config(), VAULT);
    let member = |number: usize| format!(r#""name{number}":"x""#);
    let body = format!(
        "{{{}}}",
        (0..5000).map(member).collect::<Vec<_>>().join(",")
    );
    let request = format!(
        "POST /item HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = exchange(server.addr(), request.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    let field = answer
        .lines()
        .find(|line| line.starts_with("mynah-violations: "))
        .unwrap();
    assert!(field.len() < 2200, "{}", field.len());
    assert!(field.contains(", more;count=49"), "{field}");
}

#[test]
fn there_is_no_limit_on_requests_and_one_on_what_is_kept_of_them() {
    let journal = Arc::<Journal>::default();
    let config = Config {
        journal: Some(Arc::clone(&journal)),
        ..config()
    };
    let server = serve_text(config, VAULT);
    let mut stream = connect(server.addr());
    let begun = Instant::now();
    for _ in 0..2500 {
        stream
            .write_all(b"PUT /item HTTP/1.1\r\nHost: x\r\n\r\n")
            .unwrap();
        let answer = read_until(&mut stream, "\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    }
    // Faster than any limit by the minute would let them pass.
    assert!(begun.elapsed() < Duration::from_secs(60));
    assert_eq!((journal.len(), journal.dropped()), (1000, 1500));
}
