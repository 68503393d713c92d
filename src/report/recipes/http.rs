//! A request as HTTP/1.1 has it (RFC 9112 section 2.1).

use http::header::HOST;

use crate::cookbook::Obtained;

/// The message, with its body as it stands where that is text.
pub(super) fn message(obtained: &Obtained, url: &str) -> String {
    let request = &obtained.exchange.request;
    let (origin, prefix) = split(url);
    let mut text = format!("{} {prefix}{} HTTP/1.1\n", request.method, request.target());
    text.push_str(&format!("{HOST}: {origin}\n"));
    for (name, value) in &request.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        text.push_str(&format!("{name}: {value}\n"));
    }
    if !request.body.is_empty() {
        text.push_str(&format!("content-length: {}\n", request.body.len()));
        text.push_str(&format!("\n{}", body(&request.body)));
    }
    text
}

fn body(bytes: &[u8]) -> String {
    let is_unreadable = |c: char| c.is_control() && !matches!(c, '\r' | '\n' | '\t');
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(is_unreadable) => text.to_owned(),
        _ => format!("({} bytes that are no text)", bytes.len()),
    }
}

/// Host and port, and the path that stands before all others.
fn split(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_at(rest.find('/').unwrap_or(rest.len()))
}
