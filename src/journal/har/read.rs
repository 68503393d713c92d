//! An archive as the exchanges that are in it.

use std::{
    borrow::Cow,
    error::Error,
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use chrono::DateTime;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version, header::CONTENT_ENCODING,
};
use serde::Deserialize;

use super::Pair;
use crate::{
    Exchange,
    exchange::{self, Choice, Reply, ReplySource, Why},
    journal::Record,
};

/// An exchange of an archive.
#[derive(Debug, Clone)]
pub struct HarEntry {
    /// When the request was sent.
    pub at: SystemTime,
    /// How long it took until the reply was there.
    pub took: Duration,
    /// Where the request was sent, whole.
    pub url: Uri,
    /// The request; its target is path and query of the address.
    pub request: exchange::Request,
    /// Whether its body is in the archive, or known to be none.
    pub has_request_body: bool,
    /// The reply, its body without codings.
    pub reply: Reply,
    /// Whether its body is in the archive, or known to be none.
    pub has_reply_body: bool,
    /// Whether Mynah took the secrets out.
    pub is_redacted: bool,
}

impl HarEntry {
    /// The exchange as a record, of an API that is served below a prefix of the path. It is not judged yet.
    pub fn record(self, prefix: &str) -> Record {
        let reply = self.reply;
        let exchange = Exchange {
            request: self.request.below(prefix),
            operation: None,
            violations: Vec::new(),
            reply_violations: Vec::new(),
            choice: Choice {
                status: reply.status,
                media_type: None,
                source: ReplySource::Observed,
                why: Why::Observed,
            },
            reply: Arc::new(reply),
            callbacks: Vec::new(),
        };
        Record {
            number: 0,
            at: self.at,
            took: self.took,
            api: None,
            session: None,
            exchange,
        }
    }
}

/// Why a text is no archive, or an entry of it no exchange.
#[derive(Debug)]
#[non_exhaustive]
pub enum HarError {
    /// It is no archive.
    Syntax(serde_json::Error),
    /// There was no reply: it was blocked, or the connection broke.
    NoReply,
    /// A part of it has a value that it cannot have.
    Part(&'static str),
}

impl fmt::Display for HarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => write!(f, "not an HTTP Archive: {error}"),
            Self::NoReply => f.write_str("there was no reply"),
            Self::Part(part) => write!(f, "`{part}` has a value that no exchange has"),
        }
    }
}

impl Error for HarError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Syntax(error) => Some(error),
            _ => None,
        }
    }
}

/// The exchanges of an archive in its order, each or why it is none.
///
/// # Errors
/// The text is no archive.
pub fn from_har(text: &[u8]) -> Result<Vec<Result<HarEntry, HarError>>, HarError> {
    // Some tools begin it with a byte order mark.
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let archive: Archive<'_> = serde_json::from_slice(text).map_err(HarError::Syntax)?;
    Ok(archive.log.entries.into_iter().map(entry).collect())
}

#[derive(Deserialize)]
struct Archive<'a> {
    #[serde(borrow)]
    log: Log<'a>,
}

#[derive(Deserialize)]
struct Log<'a> {
    #[serde(borrow)]
    entries: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    started_date_time: Cow<'a, str>,
    #[serde(default)]
    time: f64,
    request: Request<'a>,
    response: Response<'a>,
    #[serde(default, rename = "_mynah")]
    mynah: Mynah,
}

#[derive(Deserialize, Default)]
struct Mynah {
    redacted: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    method: Cow<'a, str>,
    url: Cow<'a, str>,
    #[serde(default)]
    http_version: Cow<'a, str>,
    headers: Vec<Pair<'a>>,
    post_data: Option<PostData<'a>>,
    #[serde(default)]
    body_size: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostData<'a> {
    #[serde(default)]
    mime_type: Cow<'a, str>,
    text: Option<Cow<'a, str>>,
    params: Option<Vec<Pair<'a>>>,
    #[serde(alias = "_encoding")]
    encoding: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Response<'a> {
    status: u16,
    headers: Vec<Pair<'a>>,
    content: Content<'a>,
}

#[derive(Deserialize)]
struct Content<'a> {
    #[serde(default)]
    size: i64,
    text: Option<Cow<'a, str>>,
    encoding: Option<Cow<'a, str>>,
}

fn entry(entry: Entry<'_>) -> Result<HarEntry, HarError> {
    if entry.response.status == 0 {
        return Err(HarError::NoReply);
    }
    let at = DateTime::parse_from_rfc3339(&entry.started_date_time);
    let at = at.map_err(|_| HarError::Part("startedDateTime"))?;
    // Unknown times are -1.
    let took = Duration::try_from_secs_f64(entry.time.max(0.0) / 1000.0);
    let url: Uri = without_fragment(&entry.request.url)
        .parse()
        .map_err(|_| HarError::Part("request.url"))?;
    let (request, has_request_body) = request(entry.request, &url)?;
    let (reply, has_reply_body) = reply(entry.response)?;
    Ok(HarEntry {
        at: at.into(),
        took: took.unwrap_or_default(),
        url,
        request,
        has_request_body,
        reply,
        has_reply_body,
        is_redacted: entry.mynah.redacted,
    })
}

fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

fn request(entry: Request<'_>, url: &Uri) -> Result<(exchange::Request, bool), HarError> {
    let body = match &entry.post_data {
        Some(data) => posted(data)?,
        None if entry.body_size > 0 => None,
        None => Some(Bytes::new()),
    };
    let has_body = body.is_some();
    let mut request = http::Request::new(body.unwrap_or_default());
    *request.method_mut() = Method::from_bytes(entry.method.as_bytes())
        .map_err(|_| HarError::Part("request.method"))?;
    let target = url.path_and_query().map_or("/", |target| target.as_str());
    *request.uri_mut() = target.parse().map_err(|_| HarError::Part("request.url"))?;
    *request.version_mut() = version(&entry.http_version);
    *request.headers_mut() = headers(entry.headers, "request.headers")?;
    Ok((request.into(), has_body))
}

/// The body of a request; `None` where it is not in the archive.
fn posted(data: &PostData<'_>) -> Result<Option<Bytes>, HarError> {
    let is_form = data
        .mime_type
        .starts_with("application/x-www-form-urlencoded");
    match (&data.text, &data.params) {
        (Some(text), _) => {
            let body = decoded(text, data.encoding.as_deref(), "request.postData")?;
            Ok(Some(body))
        }
        (None, Some(params)) if is_form => {
            let escaped = |text: &str| {
                let set = percent_encoding::NON_ALPHANUMERIC;
                percent_encoding::utf8_percent_encode(text, set).to_string()
            };
            let pairs = params
                .iter()
                .map(|pair| format!("{}={}", escaped(&pair.name), escaped(&pair.value)));
            Ok(Some(pairs.collect::<Vec<_>>().join("&").into()))
        }
        _ => Ok(None),
    }
}

fn reply(entry: Response<'_>) -> Result<(Reply, bool), HarError> {
    let status = StatusCode::from_u16(entry.status);
    let content = &entry.content;
    let body = match &content.text {
        Some(text) => Some(decoded(
            text,
            content.encoding.as_deref(),
            "response.content",
        )?),
        None if content.size > 0 => None,
        None => Some(Bytes::new()),
    };
    let mut headers = headers(entry.headers, "response.headers")?;
    // An archive has the content as it was meant, whatever it went through.
    headers.remove(CONTENT_ENCODING);
    let has_body = body.is_some();
    let reply = Reply {
        status: status.map_err(|_| HarError::Part("response.status"))?,
        headers,
        body: body.unwrap_or_default(),
    };
    Ok((reply, has_body))
}

fn decoded(text: &str, encoding: Option<&str>, part: &'static str) -> Result<Bytes, HarError> {
    match encoding {
        None | Some("") => Ok(text.to_owned().into()),
        Some("base64") => {
            let bytes = STANDARD.decode(text);
            bytes.map(Bytes::from).map_err(|_| HarError::Part(part))
        }
        Some(_) => Err(HarError::Part(part)),
    }
}

/// The version; what is written otherwise, such as `h2` or `unknown`, is one of these.
fn version(text: &str) -> Version {
    match text.to_ascii_lowercase().as_str() {
        "http/1.0" => Version::HTTP_10,
        "http/2" | "http/2.0" | "h2" => Version::HTTP_2,
        "http/3" | "http/3.0" | "h3" => Version::HTTP_3,
        _ => Version::HTTP_11,
    }
}

fn headers(fields: Vec<Pair<'_>>, part: &'static str) -> Result<HeaderMap, HarError> {
    let mut headers = HeaderMap::new();
    // Browsers write the pseudo-fields of HTTP/2 among them.
    for Pair { name, value } in fields.iter().filter(|pair| !pair.name.starts_with(':')) {
        let name = HeaderName::from_bytes(name.as_bytes());
        // Chromium joins fields of one name by line breaks.
        for value in value.split('\n') {
            match (&name, HeaderValue::from_bytes(value.trim().as_bytes())) {
                (Ok(name), Ok(value)) => headers.append(name, value),
                _ => return Err(HarError::Part(part)),
            };
        }
    }
    Ok(headers)
}
