//! A request as a line for a shell.

use http::{
    HeaderName, Method,
    header::{
        ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST,
        TRANSFER_ENCODING, USER_AGENT,
    },
};

use crate::{Request, contract::shell_word, journal::Shown};

mod word;

use word::{printed, word};

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

/// A line for bash that sends a request to the server at a URL, whatever is in it. The fields of a form of
/// parts are sent as such.
pub(super) fn exactly(request: &Request, parts: Option<&[(String, String)]>, url: &str) -> String {
    let parts = parts.filter(|parts| is_form(request, parts));
    let body = &request.body[..];
    let url = format!("{url}{}", request.target());
    let mut line = match parts.is_none() && body.contains(&0) {
        true => format!("printf {} | curl", printed(body)),
        false => "curl".to_owned(),
    };
    // What curl would read as patterns.
    if url.contains(['[', ']', '{', '}']) {
        line.push_str(" --globoff");
    }
    line.push_str(&options(&request.method, body));
    let is_of_parts = |name: &HeaderName| parts.is_some() && *name == CONTENT_TYPE;
    for (name, value) in &request.headers {
        if !IMPLIED.contains(name) && !is_of_parts(name) {
            line.push_str(&format!(" -H {}", word(&field(name, value.as_bytes()))));
        }
    }
    for (name, value) in parts.unwrap_or_default() {
        let part = format!("{name}={value}");
        line.push_str(&format!(" --form-string {}", word(part.as_bytes())));
    }
    if parts.is_none() && !body.is_empty() {
        if !request.headers.contains_key(CONTENT_TYPE) {
            line.push_str(" -H 'content-type:'");
        }
        line.push_str(&match body.contains(&0) {
            true => " --data-binary @-".to_owned(),
            false => format!(" --data-raw {}", word(body)),
        });
    }
    format!("{line} {}", word(url.as_bytes()))
}

/// The options for a method, where a body does not imply it.
fn options(method: &Method, body: &[u8]) -> String {
    match (method, body) {
        (&Method::HEAD, b"") => " --head".to_owned(),
        // With a body curl takes no `--head`, and would wait for as many bytes as the reply says.
        (&Method::HEAD, _) => {
            " -X HEAD --include --ignore-content-length -H 'connection: close'".to_owned()
        }
        (&Method::GET, b"") => String::new(),
        (&Method::POST, body) if !body.is_empty() => String::new(),
        (method, _) => format!(" -X {method}"),
    }
}

/// A header field as curl has it; one without a value ends in a semicolon.
fn field(name: &HeaderName, value: &[u8]) -> Vec<u8> {
    match value {
        b"" => format!("{name};").into_bytes(),
        value => [name.as_str().as_bytes(), b": ", value].concat(),
    }
}

/// Whether parts can be told to curl by name and value.
fn is_form(request: &Request, parts: &[(String, String)]) -> bool {
    let media_type = request.header(CONTENT_TYPE).unwrap_or_default();
    let is_plain = |(name, value): &(String, String)| {
        !name.contains(['=', '"', '\\', '\r', '\n']) && !value.contains('\0')
    };
    media_type.starts_with("multipart/form-data") && !parts.is_empty() && parts.iter().all(is_plain)
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
    line.push_str(&options(method, body.as_bytes()));
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
