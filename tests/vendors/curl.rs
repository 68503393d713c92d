//! Curl lines as the vendors print them, read as curl reads them.

use base64::{Engine, prelude::BASE64_STANDARD};
use http::Method;

use crate::fixture::Call;

/// The call that a curl line makes, to the path of its URL.
pub fn call(line: &str) -> Call {
    let mut words = words(line).into_iter();
    assert_eq!(words.next().as_deref(), Some("curl"));
    let mut method = None;
    let mut headers = Vec::new();
    let mut body = String::new();
    let mut path = String::new();
    while let Some(word) = words.next() {
        let mut operand = || words.next().expect("the option has an operand");
        match &*word {
            "-X" => method = Some(operand().parse().expect("a method")),
            "-u" => {
                let credentials = BASE64_STANDARD.encode(operand());
                headers.push(("Authorization".to_owned(), format!("Basic {credentials}")));
            }
            "-H" => {
                let field = operand();
                let (name, value) = field.split_once(": ").expect("a field");
                headers.push((name.to_owned(), value.to_owned()));
            }
            "-d" => body = operand(),
            url => path = path_of(url),
        }
    }
    let has_type = headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if !body.is_empty() && !has_type {
        // What curl says of `-d` when nobody says anything.
        let form = "application/x-www-form-urlencoded";
        headers.push(("Content-Type".to_owned(), form.to_owned()));
    }
    Call {
        method: method.unwrap_or(Method::POST),
        path,
        headers,
        body: body.into_bytes(),
    }
}

fn path_of(url: &str) -> String {
    let rest = url.strip_prefix("https://").expect("a URL");
    rest[rest.find('/').expect("a path")..].to_owned()
}

/// The words of a shell line: quotes of both kinds, and lines that go on after `\`.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let text = line.replace("\\\n", " ");
    for character in text.chars() {
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, space) if space.is_whitespace() => words.extend(word.take()),
            (_, other) => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

#[test]
fn a_line_is_read_as_a_shell_and_curl_read_it() {
    let call =
        call("curl -u 'a:b c' \\\n  -H \"X-A: 1\" -d '{\"a\":\n \"\\\\\"}' https://x.y/p?q=1");
    assert_eq!((&call.method, &*call.path), (&Method::POST, "/p?q=1"));
    let headers = [
        ("Authorization", "Basic YTpiIGM="),
        ("X-A", "1"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(call.headers, headers);
    assert_eq!(call.body, b"{\"a\":\n \"\\\\\"}");
}
