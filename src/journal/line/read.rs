//! A line to its record.

use std::{borrow::Cow, error::Error, fmt, sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use chrono::DateTime;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version};
use serde::Deserialize;

use super::{Choice, Line, Octets, Secrets, VERSION, Violation, shared};
use crate::{
    Exchange,
    description::Location,
    exchange::{self, Place, ReplySource, Rule, Why},
    journal::Record,
};

/// What is wrong with a line.
#[derive(Debug)]
#[non_exhaustive]
pub enum LineError {
    /// It is no record.
    Syntax(serde_json::Error),
    /// It is written in another version of the format.
    Version(u32),
    /// A part of it has a value that it cannot have.
    Part(&'static str),
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => write!(f, "not a record of a journal: {error}"),
            Self::Version(version) => write!(
                f,
                "written in version {version} of the format, and only {VERSION} is read here: take a Mynah of its time"
            ),
            Self::Part(part) => write!(f, "`{part}` has a value that no exchange has"),
        }
    }
}

impl Error for LineError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Syntax(error) => Some(error),
            _ => None,
        }
    }
}

/// The version alone, which says how the rest is to be read.
#[derive(Deserialize)]
struct Versioned {
    mynah: u32,
}

pub(super) fn read(line: &[u8]) -> Result<(Record, Secrets), LineError> {
    let Versioned { mynah } = serde_json::from_slice(line).map_err(LineError::Syntax)?;
    if mynah != VERSION {
        return Err(LineError::Version(mynah));
    }
    let line: Line<'_> = serde_json::from_slice(line).map_err(LineError::Syntax)?;
    let secrets = match line.redacted {
        true => Secrets::Redacted,
        false => Secrets::Kept,
    };
    Ok((record(line)?, secrets))
}

fn record(line: Line<'_>) -> Result<Record, LineError> {
    let at = DateTime::parse_from_rfc3339(&line.at).map_err(|_| LineError::Part("at"))?;
    let took = Duration::try_from_secs_f64(line.seconds);
    let status = StatusCode::from_u16(line.reply.status);
    let status = status.map_err(|_| LineError::Part("reply.status"))?;
    let exchange = Exchange {
        request: request(line.request)?,
        operation: shared(line.operation),
        violations: violations(line.violations),
        reply_violations: violations(line.reply_violations),
        choice: choice(line.choice, status)?,
        reply: Arc::new(exchange::Reply {
            status,
            headers: headers(line.reply.headers, "reply.headers")?,
            body: bytes(line.reply.body, "reply.body")?,
        }),
        // What became of them is not told, so there is nothing to go on with.
        callbacks: Vec::new(),
    };
    Ok(Record {
        number: line.number,
        at: at.into(),
        took: took.map_err(|_| LineError::Part("seconds"))?,
        api: shared(line.api),
        session: shared(line.session),
        exchange,
    })
}

fn request(line: super::Request<'_>) -> Result<exchange::Request, LineError> {
    let body = bytes(line.body, "request.body")?;
    let mut request = http::Request::new(body);
    *request.method_mut() = Method::from_bytes(line.method.as_bytes())
        .map_err(|_| LineError::Part("request.method"))?;
    let target = line.target.parse::<Uri>();
    *request.uri_mut() = target.map_err(|_| LineError::Part("request.target"))?;
    *request.version_mut() = version(&line.version)?;
    *request.headers_mut() = headers(line.headers, "request.headers")?;
    match request.uri().path().starts_with(&*line.prefix) {
        true => Ok(exchange::Request::from(request).below(&line.prefix)),
        false => Err(LineError::Part("request.prefix")),
    }
}

fn version(text: &str) -> Result<Version, LineError> {
    let versions = [
        Version::HTTP_09,
        Version::HTTP_10,
        Version::HTTP_11,
        Version::HTTP_2,
        Version::HTTP_3,
    ];
    let mut versions = versions.into_iter();
    let found = versions.find(|version| format!("{version:?}") == text);
    found.ok_or(LineError::Part("request.version"))
}

fn headers(
    fields: Vec<(Cow<'_, str>, Octets<'_>)>,
    part: &'static str,
) -> Result<HeaderMap, LineError> {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_maybe_shared(bytes(value, part)?);
        match (name, value) {
            (Ok(name), Ok(value)) => headers.append(name, value),
            _ => return Err(LineError::Part(part)),
        };
    }
    Ok(headers)
}

fn bytes(octets: Octets<'_>, part: &'static str) -> Result<Bytes, LineError> {
    match octets {
        Octets::Text(text) => Ok(text.into_owned().into()),
        Octets::Binary { base64 } => {
            let bytes = STANDARD.decode(&*base64);
            bytes.map(Bytes::from).map_err(|_| LineError::Part(part))
        }
    }
}

fn violations(lines: Vec<Violation<'_>>) -> Vec<exchange::Violation> {
    let violation = |line: Violation<'_>| exchange::Violation {
        place: place(&line),
        rule: Rule::of_code(&line.code),
        message: line.message.into_owned(),
        stated: line.stated.map(|stated| Location {
            file: Arc::from(&*stated.file),
            line: stated.line,
            column: stated.column,
        }),
    };
    lines.into_iter().map(violation).collect()
}

fn place(line: &Violation<'_>) -> Place {
    let pointer = || line.pointer.as_deref().unwrap_or_default();
    let name = line.name.as_deref().map(Arc::from);
    match (&*line.r#in, name) {
        ("method", _) => Place::Method,
        ("status", _) => Place::Status,
        ("path", Some(name)) => Place::PathParameter(name),
        ("path", None) => Place::Path,
        ("query", Some(name)) => Place::Query(name),
        ("header", Some(name)) => Place::Header(name),
        ("cookie", Some(name)) => Place::Cookie(name),
        ("part", Some(name)) => Place::PartHeader(pointer().into(), name),
        ("body", _) => Place::Body(pointer().to_owned()),
        _ => Place::Reply,
    }
}

/// The choice; why it was made is known in words only.
fn choice(line: Choice<'_>, status: StatusCode) -> Result<exchange::Choice, LineError> {
    let source = match &*line.source {
        "example" => ReplySource::Example(shared(line.example)),
        "schema" => ReplySource::Schema,
        "typed" => ReplySource::Typed,
        "refusal" => ReplySource::Refusal,
        "nothing" => ReplySource::Nothing,
        "observed" => ReplySource::Observed,
        _ => return Err(LineError::Part("choice.source")),
    };
    Ok(exchange::Choice {
        status,
        media_type: shared(line.media_type),
        source,
        why: Why::Told(Arc::from(&*line.why)),
    })
}
