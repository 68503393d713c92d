//! A multipart body to its parts (RFC 2046 section 5.1.1).

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

/// The header fields of one part are no longer than this together, and no more in number.
const MAX_HEADER_BYTES: usize = 16 << 10;
const MAX_HEADERS: usize = 64;

/// More parts than this are no form that anybody fills in.
const MAX_PARTS: usize = 10_000;

/// The longest boundary (RFC 2046 section 5.1.1).
const MAX_BOUNDARY: usize = 70;

/// One part: its header fields and its bytes.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// The parts between the boundaries; none where the first is the last. What stands before the first
/// and after the last is no content.
///
/// # Errors
/// Why the body is not multipart with this boundary, in words.
pub(super) fn split(body: &Bytes, boundary: &str) -> Result<Vec<Part>, String> {
    check(boundary)?;
    let delimiter = format!("--{boundary}");
    let mut next = delimiter_from(body, 0, &delimiter)
        .ok_or_else(|| format!("the boundary `{boundary}` of the Content-Type stands nowhere"))?;
    let mut parts = Vec::new();
    while !next.closes {
        if parts.len() == MAX_PARTS {
            return Err(format!("more than {MAX_PARTS} parts"));
        }
        let number = parts.len() + 1;
        let start = next.end;
        next = delimiter_from(body, start, &delimiter).ok_or_else(|| {
            format!("part {number} ends before the last boundary, `{delimiter}--`")
        })?;
        let part = part(&body.slice(start..next.start.max(start)));
        parts.push(part.map_err(|fault| format!("part {number}: {fault}"))?);
    }
    Ok(parts)
}

fn check(boundary: &str) -> Result<(), String> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    match boundary.len() {
        0 => Err("the boundary of the Content-Type is empty".to_owned()),
        length if length > MAX_BOUNDARY => Err(format!(
            "the boundary has {length} characters; at most {MAX_BOUNDARY} are allowed"
        )),
        _ if !boundary.bytes().all(is_allowed) || boundary.ends_with(' ') => Err(format!(
            "the boundary `{boundary}` has characters that none may have"
        )),
        _ => Ok(()),
    }
}

/// One line between parts.
struct Delimiter {
    /// Where the line break before it begins, which is no part of the content.
    start: usize,
    /// Where what follows begins.
    end: usize,
    /// Whether it is the last.
    closes: bool,
}

/// The first delimiter line at or after a place where a line begins.
fn delimiter_from(body: &[u8], from: usize, delimiter: &str) -> Option<Delimiter> {
    let mut at = from;
    loop {
        if let Some(rest) = body[at..].strip_prefix(delimiter.as_bytes())
            && let Some((closes, length)) = line_end(rest)
        {
            // The place is the body's start or follows a line break.
            return Some(Delimiter {
                start: at.saturating_sub(2),
                end: at + delimiter.len() + length,
                closes,
            });
        }
        let is_break = |pair: &[u8]| pair == b"\r\n";
        at += body[at..].windows(2).position(is_break)? + 2;
    }
}

/// Whether a delimiter is the last one, and how long what belongs to its line is.
fn line_end(rest: &[u8]) -> Option<(bool, usize)> {
    let (closes, rest, dashes) = match rest.strip_prefix(b"--") {
        Some(rest) => (true, rest, 2),
        None => (false, rest, 0),
    };
    let padding = rest.iter().take_while(|byte| b" \t".contains(byte)).count();
    match &rest[padding..] {
        [b'\r', b'\n', ..] => Some((closes, dashes + padding + 2)),
        [] if closes => Some((closes, dashes + padding)),
        _ => None,
    }
}

fn part(bytes: &Bytes) -> Result<Part, String> {
    if bytes.starts_with(b"\r\n") {
        return Ok(Part {
            headers: HeaderMap::new(),
            body: bytes.slice(2..),
        });
    }
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = match end {
        Some(end) => (bytes.slice(..end), bytes.slice(end + 4..)),
        None => (bytes.clone(), Bytes::new()),
    };
    let headers = headers(&head)?;
    Ok(Part { headers, body })
}

fn headers(head: &[u8]) -> Result<HeaderMap, String> {
    if head.len() > MAX_HEADER_BYTES {
        return Err(format!(
            "the header fields are longer than {MAX_HEADER_BYTES} bytes"
        ));
    }
    // A line that begins with space belongs to the one before (RFC 5322 section 2.2.3).
    let head = String::from_utf8_lossy(head)
        .replace("\r\n ", " ")
        .replace("\r\n\t", " ");
    let mut headers = HeaderMap::new();
    for line in head.split("\r\n").filter(|line| !line.is_empty()) {
        if headers.len() == MAX_HEADERS {
            return Err(format!("more than {MAX_HEADERS} header fields"));
        }
        let (name, value) = line.split_once(':').ok_or_else(|| no_field(line))?;
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| no_field(line))?;
        let value = HeaderValue::from_bytes(value.trim().as_bytes()).map_err(|_| no_field(line))?;
        headers.append(name, value);
    }
    Ok(headers)
}

fn no_field(line: &str) -> String {
    let shown: String = line.chars().take(60).collect();
    format!("{shown:?} is no header field; an empty line ends them, and lines end in CRLF")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(body: &'static str) -> Result<Vec<String>, String> {
        let parts = split(&Bytes::from_static(body.as_bytes()), "x")?;
        let text = |part: &Part| {
            let body = String::from_utf8_lossy(&part.body);
            format!("{} {body:?}", part.headers.len())
        };
        Ok(parts.iter().map(text).collect())
    }

    #[test]
    fn what_is_between_the_boundaries_is_content() {
        for (body, want) in [
            ("--x\r\n\r\na\r\n--x--", &["0 \"a\""][..]),
            ("--x--\r\n", &[]),
            ("--x\r\n\r\na\r\n--x--\r\n", &["0 \"a\""]),
            ("before\r\n--x \t\r\n\r\na\r\n--x-- \r\nafter", &["0 \"a\""]),
            ("--x\r\nA: b\r\n\r\n\r\n--x--", &["1 \"\""]),
            ("--x\r\nA: b\r\n\r\n--x--", &["1 \"\""]),
            ("--x\r\nA: b\r\n c\r\nD: e\r\n\r\na\r\n--x--", &["2 \"a\""]),
            (
                "--x\r\n\r\n--xy\r\n -x\r\n\r\n--x\r\n\r\n\r\nb\r\n\r\n--x--",
                &["0 \"--xy\\r\\n -x\\r\\n\"", "0 \"\\r\\nb\\r\\n\""],
            ),
        ] {
            assert_eq!(
                parts(body).as_deref(),
                Ok(&want.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()[..]),
                "{body:?}"
            );
        }
    }

    #[test]
    fn what_is_malformed_is_a_fault() {
        for (body, want) in [
            ("", "stands nowhere"),
            ("--y\r\n\r\na\r\n--y--", "stands nowhere"),
            (
                "--x\r\n\r\na",
                "part 1 ends before the last boundary, `--x--`",
            ),
            ("--x\r\n\r\na\r\n--x", "part 1 ends before"),
            ("--x\n\na\n--x--", "stands nowhere"),
            (
                "--x\r\nno field\r\n\r\na\r\n--x--",
                "\"no field\" is no header field",
            ),
            ("--x\r\na b: c\r\n\r\na\r\n--x--", "is no header field"),
        ] {
            let fault = parts(body).unwrap_err();
            assert!(fault.contains(want), "{body:?}: {fault}");
        }
        let long = format!(
            "--x\r\nA: {}\r\n\r\na\r\n--x--",
            "b".repeat(MAX_HEADER_BYTES)
        );
        assert!(
            split(&long.into(), "x")
                .unwrap_err()
                .contains("longer than")
        );
        let many = format!(
            "--x\r\n{}\r\na\r\n--x--",
            "A: b\r\n".repeat(MAX_HEADERS + 1)
        );
        assert!(split(&many.into(), "x").unwrap_err().contains("more than"));
        let parts = "--x\r\n\r\n\r\n".repeat(MAX_PARTS + 1) + "--x--";
        assert!(split(&parts.into(), "x").unwrap_err().contains("more than"));
        for boundary in ["", &*"b".repeat(71), "a\u{e9}", "a "] {
            assert!(
                split(&Bytes::new(), boundary)
                    .unwrap_err()
                    .contains("boundary")
            );
        }
    }
}
