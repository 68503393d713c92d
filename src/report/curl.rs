//! A request as a line for a shell.

use http::{
    HeaderName, Method,
    header::{
        ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, EXPECT, HOST, TRANSFER_ENCODING,
        USER_AGENT,
    },
};

use crate::{Request, contract::shell_word, journal::Shown};

/// Longer bodies are no help in a line.
const MAX_BODY: usize = 4096;

/// What the client's own library adds, and curl adds too.
const IMPLIED: [HeaderName; 7] = [
    ACCEPT_ENCODING,
    CONNECTION,
    CONTENT_LENGTH,
    EXPECT,
    HOST,
    TRANSFER_ENCODING,
    USER_AGENT,
];

/// A line that sends a request again, to the server at a URL, but for its secrets; none where its body
/// is no text, or too long for a line.
pub(super) fn curl(shown: &Shown<'_>, url: &str) -> Option<String> {
    let fields = shown.request.headers.iter();
    let fields = fields.map(|(name, value)| (*name, &**value));
    let method = &shown.record.exchange.request.method;
    line(
        method,
        fields,
        &shown.request.body,
        &format!("{url}{}", shown.target),
    )
}

/// The same for a request that has no secrets in it.
pub(crate) fn curl_in_full(request: &Request, url: &str) -> Option<String> {
    let fields = request.headers.iter();
    let fields = fields.map(|(name, value)| (name, value.as_bytes()));
    let target = request.uri.path_and_query()?;
    line(
        &request.method,
        fields,
        &request.body,
        &format!("{url}{target}"),
    )
}

fn line<'f>(
    method: &Method,
    fields: impl Iterator<Item = (&'f HeaderName, &'f [u8])>,
    body: &[u8],
    url: &str,
) -> Option<String> {
    let body = std::str::from_utf8(body).ok()?;
    if body.len() > MAX_BODY || body.contains(is_unwritable) {
        return None;
    }
    let mut line = "curl".to_owned();
    let implied = match body {
        "" => Method::GET,
        _ => Method::POST,
    };
    if *method == Method::HEAD {
        line.push_str(" --head");
    } else if *method != implied {
        line.push_str(&format!(" -X {method}"));
    }
    for (name, value) in fields {
        let value = std::str::from_utf8(value).ok()?;
        let is_implied = IMPLIED.contains(name) || (*name == ACCEPT && value == "*/*");
        if !is_implied {
            line.push_str(&format!(" -H {}", shell_word(&format!("{name}: {value}"))));
        }
    }
    if !body.is_empty() {
        line.push_str(&format!(" --data-raw {}", shell_word(body)));
    }
    Some(format!("{line} {}", shell_word(url)))
}

/// What a terminal would obey.
fn is_unwritable(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}
