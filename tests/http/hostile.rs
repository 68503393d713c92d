//! What a client that means harm sends, and what it gets. Nothing of it is answered as a good request, takes long or
//! stops the server.
//!
//! Beside these tables: clients that are slow or take no reply are in `timeouts`, long bodies and heads in `limits`,
//! noise and what is broken off in `garbage` and `framing`, HTTP/2 in `http2`, other origins in `admin`.

use std::{
    io::{Read, Write},
    time::Duration,
};

use mynah::{
    journal::Journal,
    server::{Config, Limits, Running},
};

use crate::fixture::{config, connect, limited, serve_text};

/// An API that takes each form of bodies and parameters.
pub const EVERYTHING: &str = include_str!("hostile.yaml");

/// The end of a request after which the connection is closed.
const CLOSE: &str = "Host: x\r\nConnection: close\r\n\r\n";

/// The statuses of all that is answered until the server closes the connection.
fn statuses(server: &Running, bytes: &[u8]) -> String {
    let mut stream = connect(server.addr());
    // The server may close before it has taken all.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let hung = read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock);
    assert!(!hung, "no end: {}", String::from_utf8_lossy(bytes));
    let answer = String::from_utf8_lossy(&answer);
    let found = answer.match_indices("HTTP/1.").map(|(at, _)| at);
    let found = found.filter_map(|at| answer.get(at + 9..at + 12));
    let is_status = |text: &&str| text.parse::<u16>().is_ok();
    let found = found.filter(is_status);
    found.collect::<Vec<_>>().join(" ")
}

/// Sends each request to one server, which has to answer as the table says, and then a good request.
fn assert_answers<B: AsRef<[u8]>>(server: &Running, table: &[(B, &str)]) {
    for (bytes, want) in table {
        let bytes = bytes.as_ref();
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]);
        assert_eq!(statuses(server, bytes), *want, "{shown}");
    }
    let good = format!("GET /query HTTP/1.1\r\n{CLOSE}");
    assert_eq!(statuses(server, good.as_bytes()), "200");
}

/// A request with a body that is framed as `framing` says.
fn posted(framing: &str, body: &str) -> String {
    format!(
        "POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{framing}\r\n\r\n{body}"
    )
}

#[test]
fn a_message_whose_end_two_readers_could_see_at_two_places_smuggles_nothing() {
    let server = serve_text(config(), EVERYTHING);
    // What would be a second request if the first ended where somebody else thinks.
    let second = format!("GET /query HTTP/1.1\r\n{CLOSE}");
    let hidden = format!("0\r\n\r\n{second}");
    assert_answers(
        &server,
        &[
            // RFC 9112, section 6.1: the coding counts, and the connection ends.
            (
                posted("Content-Length: 6\r\nTransfer-Encoding: chunked", &hidden),
                "422",
            ),
            (
                posted("Transfer-Encoding: chunked\r\nContent-Length: 6", &hidden),
                "422",
            ),
            (
                posted(
                    "Transfer-Encoding: chunked\r\nContent-Length: 6\r\nContent-Length: 7",
                    &hidden,
                ),
                "422",
            ),
            (
                posted("Content-Length: 2\r\nContent-Length: 3", "{} "),
                "400",
            ),
            (posted("Content-Length: 2, 3", "{} "), "400"),
            (posted("Content-Length: 2, 2", "{}"), "400"),
            // The same twice says one thing (section 6.3).
            (
                posted(
                    "Content-Length: 2\r\nContent-Length: 2\r\nConnection: close",
                    "{}",
                ),
                "204",
            ),
            (posted("Content-Length: +2", "{}"), "400"),
            (posted("Content-Length: -2", "{}"), "400"),
            (posted("Content-Length: 0x2", "{}"), "400"),
            (posted("Content-Length: 1 1", "{}         "), "400"),
            (posted("Content-Length:", "{}"), "400"),
            (posted("Content-Length : 2", "{}"), "400"),
            (
                posted("Content-Length: 99999999999999999999999", "{}"),
                "400",
            ),
            (posted("Content-Length: 18446744073709551615", "{}"), "431"),
            (posted("Transfer-Encoding: gzip", "{}"), "400"),
            (
                posted("Transfer-Encoding: identity\r\nContent-Length: 2", "{}"),
                "400",
            ),
            (posted("Transfer-Encoding: xchunked", &hidden), "400"),
            (posted("Transfer-Encoding: chunked, gzip", &hidden), "400"),
            (
                posted(
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip",
                    &hidden,
                ),
                "400",
            ),
            (
                posted("Transfer-Encoding: chunked", &hidden).replacen("/1.1", "/1.0", 1),
                "400",
            ),
            // Its body is no request.
            (
                format!(
                    "GET /query HTTP/1.1\r\nContent-Length: {}\r\n{CLOSE}{second}",
                    second.len()
                ),
                "200",
            ),
            (
                posted("Content-Length: 2", "{}\0\0 HTTP/1.1\r\n\r\n"),
                "204 400",
            ),
        ],
    );
}

#[test]
fn chunks_that_are_none_end_the_connection_unanswered() {
    let limits = Limits {
        body_timeout: Duration::from_millis(200),
        ..Limits::default()
    };
    let server = serve_text(limited(limits), EVERYTHING);
    let chunked = |body: &str| posted("Transfer-Encoding: chunked", body);
    assert_answers(
        &server,
        &[
            (chunked("fffffffffffffffff\r\n{}"), ""),
            // As much as can be said, and more than will come.
            (chunked("ffffffffffffffff\r\n{}"), "408"),
            (chunked("-1\r\n{}"), ""),
            (chunked("0x2\r\n{}\r\n0\r\n\r\n"), ""),
            (chunked("2 2\r\n{}\r\n0\r\n\r\n"), ""),
            (chunked("\r\n{}\r\n0\r\n\r\n"), ""),
            (chunked("2\r\n{}0\r\n\r\n"), ""),
            (chunked("2\n{}\n0\n\n"), ""),
            (
                chunked(&format!("2;{}\r\n{{}}\r\n0\r\n\r\n", "a".repeat(100_000))),
                "",
            ),
            (
                chunked(&("1;aaaaaaaa\r\n \r\n".repeat(5000) + "0\r\n\r\n")),
                "",
            ),
            (
                chunked(&format!(
                    "2\r\n{{}}\r\n0\r\n{}\r\n",
                    "X: y\r\n".repeat(30_000)
                )),
                "",
            ),
            // A trailer says nothing of where the message ends.
            (
                posted(
                    "Transfer-Encoding: chunked\r\nConnection: close",
                    "2\r\n{}\r\n0\r\nContent-Length: 99\r\n\r\n",
                ),
                "204",
            ),
        ],
    );
}

#[test]
fn heads_that_are_malformed_are_refused() {
    let server = serve_text(config(), EVERYTHING);
    let fields = |fields: &str| format!("GET /query HTTP/1.1\r\n{fields}\r\n{CLOSE}").into_bytes();
    let line = |line: &str| format!("{line}\r\n{CLOSE}").into_bytes();
    assert_answers(
        &server,
        &[
            (fields("X-A: a\r\n folded"), "400"),
            (fields(" X-A: folded first"), "400"),
            (fields("X-A : a"), "400"),
            (fields("X-A: a\0b"), "400"),
            (fields("X\0A: a"), "400"),
            (fields("X-A: a\rX-B: b"), "400"),
            (fields(": a"), "400"),
            (fields("no colon"), "400"),
            (fields("X(A: a"), "400"),
            (line("GET /query HTTP/9.9"), "400"),
            (line("GET /query HTTP/1.1x"), "400"),
            (line("GET /query http/1.1"), "400"),
            (line("GET /query"), "400"),
            (line("GET  /query HTTP/1.1"), "400"),
            (line("GET\t/query\tHTTP/1.1"), "400"),
            (line("GET /que ry HTTP/1.1"), "400"),
            (line("GET /qu\0ery HTTP/1.1"), "400"),
            (line("G(T /query HTTP/1.1"), "400"),
            (
                line(&format!("{} /query HTTP/1.1", "G".repeat(70_000))),
                "431",
            ),
            (
                line(&format!("GET /{} HTTP/1.1", "a".repeat(100_000))),
                "431",
            ),
            (fields(&"X: y\r\n".repeat(101)), "431"),
            // RFC 9112, section 2.2, lets a line end without its CR.
            (
                b"GET /query HTTP/1.1\nHost: x\nConnection: close\n\n".to_vec(),
                "200",
            ),
            // TLS, and what only begins as HTTP/2 does.
            (
                b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\0\0\0\0\0\0\0\0\0\0\0\0".to_vec(),
                "400",
            ),
            (b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n".to_vec(), "400"),
            (
                [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &[0xFF; 100][..]].concat(),
                "",
            ),
        ],
    );
}

#[test]
fn a_request_goes_to_one_place_or_is_refused() {
    let server = serve_text(config(), EVERYTHING);
    let target = |target: &str| format!("GET {target} HTTP/1.1\r\n{CLOSE}");
    let hosts = |hosts: &str| format!("GET /query HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
    assert_answers(
        &server,
        &[
            (hosts(""), "400"),
            (hosts("Host: x\r\nHost: y\r\n"), "400"),
            (hosts("Host: x\r\nHost: x\r\n"), "400"),
            (hosts("Host: a/b@c d\r\n"), "400"),
            (hosts("Host: x\\y\r\n"), "400"),
            (hosts("Host:\r\n"), "200"),
            (hosts("Host: [::1]:80\r\n"), "200"),
            // The whole URL is a form that every server takes (RFC 9112, section 3.2.2).
            (target("http://evil.example/query"), "200"),
            (target("file:///etc/passwd"), "400"),
            (target("evil.example:80"), "400"),
            (target("query"), "400"),
            (target("*"), "404"),
            (target("//query"), "404"),
            (target("/../../etc/passwd"), "404"),
            (target("/json/../query"), "404"),
            (target("/%2e%2e/query"), "404"),
            (target("/%2fquery"), "404"),
            (target("/..\\query"), "404"),
            (target("/query%00"), "404"),
            (target("/query%0d%0aSet-Cookie:%20a=b"), "404"),
            (target(&format!("/{}", "../".repeat(20_000))), "404"),
            (target("/files/..%2f..%2fetc%2fpasswd"), "200"),
        ],
    );
}

#[test]
fn parameters_that_are_hostile_are_refused_soon() {
    let server = serve_text(config(), EVERYTHING);
    let query = |query: &str| format!("GET /query?{query} HTTP/1.1\r\n{CLOSE}");
    let field = |field: &str| format!("GET /query HTTP/1.1\r\n{field}\r\n{CLOSE}");
    assert_answers(
        &server,
        &[
            (query("list=%zz"), "422"),
            (query("list=%ff"), "400"),
            (query(&format!("list={}", "%".repeat(60_000))), "422"),
            (query(&"&".repeat(60_000)), "200"),
            (query(&"list=1&".repeat(9_000)), "200"),
            (query(&format!("deep{}=1", "[a]".repeat(20_000))), "400"),
            (
                query(
                    &(0..5_000)
                        .map(|n| format!("deep[{n}]=1&"))
                        .collect::<String>(),
                ),
                "200",
            ),
            (field(&format!("Cookie: {}", "c=1; ".repeat(12_000))), "422"),
            (field(&format!("Accept: {}", "a/b,".repeat(15_000))), "406"),
            (
                field(&format!("Accept: a/b;{}", "q=1;".repeat(15_000))),
                "406",
            ),
            (
                field(&format!("Prefer: {}", "code=200, ".repeat(6_000))),
                "200",
            ),
            (field("Prefer: code=99999999999999999999"), "400"),
            (field("Prefer: code=-1"), "400"),
            (field("Prefer: example=../../etc/passwd"), "400"),
            (field("Prefer: code=\"200"), "400"),
            (field("Prefer: ;;==,,\"\\"), "200"),
        ],
    );
}

#[test]
fn what_mynah_says_of_itself_is_for_this_machine_only() {
    let journal = std::sync::Arc::<Journal>::default();
    let config = Config {
        journal: Some(journal),
        ..config()
    };
    let server = serve_text(config, EVERYTHING);
    let ask = |method: &str, target: &str, fields: &str| {
        format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n{fields}\r\n\r\n")
    };
    let journal = |fields: &str| ask("GET", "/__mynah/journal", fields);
    let elsewhere = "Host: evil.example";
    assert_answers(
        &server,
        &[
            (journal("Host: localhost"), "200"),
            (journal(elsewhere), "403"),
            (journal("Host: evil.example:80"), "403"),
            (journal("Host: localhost.evil.example"), "403"),
            (journal("Host: 127.0.0.1.evil.example"), "403"),
            (journal("Host: localhost\r\nHost: evil.example"), "403"),
            (
                journal(
                    "Host: evil.example\r\nX-Forwarded-Host: localhost\r\nX-Forwarded-For: 127.0.0.1",
                ),
                "403",
            ),
            (
                ask(
                    "GET",
                    "http://evil.example/__mynah/journal",
                    "Host: localhost",
                ),
                "403",
            ),
            (
                ask("GET", "http://localhost/__mynah/journal", elsewhere),
                "403",
            ),
            // Nothing of it is at another way of writing its path.
            (ask("GET", "//__mynah/journal", elsewhere), "404"),
            (ask("GET", "/%5f%5fmynah/journal", elsewhere), "404"),
            (ask("GET", "/query/../__mynah/journal", elsewhere), "404"),
            (
                ask("GET", "/__mynah/session/..%2f..%2fquery", elsewhere),
                "400",
            ),
            (
                ask(
                    "POST",
                    "/__mynah/journal",
                    "Host: localhost\r\nOrigin: http://evil.example",
                ),
                "403",
            ),
            (
                ask(
                    "DELETE",
                    "/__mynah/journal",
                    "Host: localhost\r\nOrigin: http://evil.example",
                ),
                "403",
            ),
            (
                ask(
                    "DELETE",
                    "/__mynah/journal",
                    "Host: localhost\r\nOrigin: null",
                ),
                "403",
            ),
            (
                ask(
                    "DELETE",
                    "/__mynah/journal",
                    "Host: localhost\r\nOrigin: http://localhost",
                ),
                "204",
            ),
            (ask("DELETE", "/__mynah/journal", "Host: localhost"), "204"),
        ],
    );
}
