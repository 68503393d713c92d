//! Records as an archive.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use http::{
    HeaderName,
    header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE},
};
use serde::Serialize;

use super::Pair;
use crate::{
    exchange::{Violation, form_decoded, pairs},
    journal::{Message, Shown},
};

/// Exchanges as an archive (HAR 1.2). `origin` stands in the addresses of requests that name no host, such as
/// `http://127.0.0.1:4010`.
pub fn to_har(shown: &[Shown<'_>], origin: &str) -> Vec<u8> {
    let archive = Archive {
        log: Log {
            version: "1.2",
            creator: Creator {
                name: "mynah",
                version: env!("CARGO_PKG_VERSION"),
            },
            entries: shown.iter().map(|it| entry(it, origin)).collect(),
        },
    };
    // Texts and numbers only: there is nothing that has no form in JSON.
    let mut text = serde_json::to_vec_pretty(&archive).unwrap_or_default();
    text.push(b'\n');
    text
}

#[derive(Serialize)]
struct Archive<'a> {
    log: Log<'a>,
}

#[derive(Serialize)]
struct Log<'a> {
    version: &'static str,
    creator: Creator,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Creator {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    started_date_time: String,
    /// In milliseconds.
    time: f64,
    request: Request<'a>,
    response: Response<'a>,
    cache: Nothing,
    timings: Timings,
    #[serde(rename = "_mynah")]
    mynah: Mynah<'a>,
}

/// An object without members.
#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct Timings {
    send: f64,
    wait: f64,
    receive: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    method: &'a str,
    url: String,
    http_version: String,
    cookies: Vec<Pair<'a>>,
    headers: Vec<Pair<'a>>,
    query_string: Vec<Pair<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_data: Option<PostData<'a>>,
    headers_size: i64,
    body_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PostData<'a> {
    mime_type: Cow<'a, str>,
    text: Cow<'a, str>,
    /// The standard has no place for it; names with `_` are free.
    #[serde(rename = "_encoding", skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response<'a> {
    status: u16,
    status_text: &'static str,
    http_version: String,
    cookies: Vec<Pair<'a>>,
    headers: Vec<Pair<'a>>,
    content: Content<'a>,
    #[serde(rename = "redirectURL")]
    redirect_url: Cow<'a, str>,
    headers_size: i64,
    body_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    size: usize,
    mime_type: Cow<'a, str>,
    text: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
}

/// What is known of an exchange beside what passed.
#[derive(Serialize)]
struct Mynah<'a> {
    number: u64,
    api: Option<&'a str>,
    session: Option<&'a str>,
    operation: Option<&'a str>,
    redacted: bool,
    violations: Vec<String>,
    reply_violations: Vec<String>,
}

fn entry<'a>(shown: &'a Shown<'_>, origin: &str) -> Entry<'a> {
    let record = shown.record;
    let exchange = &record.exchange;
    let milliseconds = record.took.as_secs_f64() * 1000.0;
    let sentences = |found: &[Violation]| found.iter().map(ToString::to_string).collect();
    Entry {
        started_date_time: DateTime::<Utc>::from(record.at)
            .to_rfc3339_opts(SecondsFormat::Micros, true),
        time: milliseconds,
        request: request(shown, origin),
        response: response(shown),
        cache: Nothing {},
        timings: Timings {
            send: 0.0,
            wait: milliseconds,
            receive: 0.0,
        },
        mynah: Mynah {
            number: record.number,
            api: record.api.as_deref(),
            session: record.session.as_deref(),
            operation: exchange.operation.as_deref(),
            redacted: shown.is_redacted,
            violations: sentences(&exchange.violations),
            reply_violations: sentences(&exchange.reply_violations),
        },
    }
}

fn request<'a>(shown: &'a Shown<'_>, origin: &str) -> Request<'a> {
    let request = &shown.record.exchange.request;
    let message = &shown.request;
    let query = shown.target.split_once('?').map_or("", |(_, query)| query);
    let decoded = |text: &'a str| form_decoded(text).unwrap_or(Cow::Borrowed(text));
    let (text, encoding) = text(&message.body);
    let post_data = PostData {
        mime_type: field(message, &CONTENT_TYPE),
        text,
        encoding,
    };
    Request {
        method: request.method.as_str(),
        url: url(shown, origin),
        http_version: format!("{:?}", request.version),
        cookies: cookies(message, &COOKIE),
        headers: headers(message),
        query_string: pairs(query)
            .map(|(name, value)| Pair {
                name: decoded(name),
                value: decoded(value),
            })
            .collect(),
        post_data: (!message.body.is_empty()).then_some(post_data),
        headers_size: -1,
        body_size: message.body.len(),
    }
}

fn response<'a>(shown: &'a Shown<'_>) -> Response<'a> {
    let reply = &shown.record.exchange.reply;
    let message = &shown.reply;
    let (text, encoding) = text(&message.body);
    Response {
        status: reply.status.as_u16(),
        status_text: reply.status.canonical_reason().unwrap_or(""),
        http_version: format!("{:?}", shown.record.exchange.request.version),
        cookies: cookies(message, &SET_COOKIE),
        headers: headers(message),
        content: Content {
            size: message.body.len(),
            mime_type: field(message, &CONTENT_TYPE),
            text,
            encoding,
        },
        redirect_url: field(message, &LOCATION),
        headers_size: -1,
        body_size: message.body.len(),
    }
}

/// The address, whole.
fn url(shown: &Shown<'_>, origin: &str) -> String {
    let target = &*shown.target;
    if !target.starts_with('/') {
        return target.to_owned();
    }
    let request = &shown.record.exchange.request;
    let authority = request.uri.authority().map(|it| it.as_str());
    match authority.or_else(|| request.header(HOST)) {
        Some(host) => format!("http://{host}{target}"),
        None => format!("{origin}{target}"),
    }
}

fn headers<'a>(message: &'a Message<'_>) -> Vec<Pair<'a>> {
    let fields = message.headers.iter().map(|(name, value)| Pair {
        name: name.as_str().into(),
        value: String::from_utf8_lossy(value),
    });
    fields.collect()
}

fn field<'a>(message: &'a Message<'_>, name: &HeaderName) -> Cow<'a, str> {
    let mut fields = message.headers.iter();
    let field = fields.find(|(other, _)| *other == name);
    field.map_or(Cow::Borrowed(""), |(_, value)| {
        String::from_utf8_lossy(value)
    })
}

/// The pairs in the fields of a name. Of `Set-Cookie` each field begins with one.
fn cookies<'a>(message: &'a Message<'_>, name: &HeaderName) -> Vec<Pair<'a>> {
    let fields = message.headers.iter().filter(|(other, _)| *other == name);
    let values = fields.filter_map(|(_, value)| std::str::from_utf8(value).ok());
    let most = if name == SET_COOKIE { 1 } else { usize::MAX };
    let pairs = values.flat_map(|value| value.split(';').take(most));
    let pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
    pairs
        .map(|(name, value)| Pair {
            name: name.into(),
            value: value.into(),
        })
        .collect()
}

/// Bytes as text, and how they became it.
fn text(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(_) => (Cow::Owned(STANDARD.encode(bytes)), Some("base64")),
    }
}
