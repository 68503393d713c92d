//! A request as a line for a shell.

use http::{
    HeaderName, Method,
    header::{
        ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, EXPECT, HOST,
        PROXY_AUTHORIZATION, TRANSFER_ENCODING, USER_AGENT,
    },
};

use crate::{Request, contract::shell_word};

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

/// A line that sends a request again, to the server at a URL; none where its body is no text, or
/// too long for a line. Credentials are not shown: this is the one place where a request of a client
/// enters a report.
pub(super) fn curl(request: &Request, url: &str) -> Option<String> {
    line(request, url, without_credentials)
}

/// The same for a request that has no secrets in it.
pub(crate) fn curl_in_full(request: &Request, url: &str) -> Option<String> {
    line(request, url, |_, value| value)
}

fn line(
    request: &Request,
    url: &str,
    shown: for<'v> fn(&HeaderName, &'v str) -> &'v str,
) -> Option<String> {
    let body = std::str::from_utf8(&request.body).ok()?;
    if body.len() > MAX_BODY || body.contains(is_unwritable) {
        return None;
    }
    let mut line = "curl".to_owned();
    let implied = match body {
        "" => Method::GET,
        _ => Method::POST,
    };
    if request.method == Method::HEAD {
        line.push_str(" --head");
    } else if request.method != implied {
        line.push_str(&format!(" -X {}", request.method));
    }
    for (name, value) in &request.headers {
        let value = shown(name, value.to_str().ok()?);
        let is_implied = IMPLIED.contains(name) || (*name == ACCEPT && value == "*/*");
        if !is_implied {
            line.push_str(&format!(" -H {}", shell_word(&format!("{name}: {value}"))));
        }
    }
    if !body.is_empty() {
        line.push_str(&format!(" --data-raw {}", shell_word(body)));
    }
    let target = request.uri.path_and_query()?;
    Some(format!("{line} {}", shell_word(&format!("{url}{target}"))))
}

/// What a terminal would obey.
fn is_unwritable(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// The value of a header field as it may be shown: credentials may not.
fn without_credentials<'v>(name: &HeaderName, value: &'v str) -> &'v str {
    match [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name) {
        true => "***",
        false => value,
    }
}
