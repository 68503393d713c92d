//! A request that the API itself sends, prepared as bytes once, and what may come back.

mod address;
mod body;

use http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{CONTENT_TYPE, COOKIE},
};

use super::{
    direction::Direction,
    expected::{self, ExpectedReply},
    parameter::{self, In},
    reader::Reader,
};
use crate::{
    description::{Description, Finding, FindingCode},
    exchange::OutboundRequest,
};
pub use address::Unsendable;
pub use body::OutgoingBody;

/// A request that the API itself sends: an operation of a callback or of a webhook.
#[derive(Debug)]
pub struct Outgoing {
    /// The method.
    pub method: Method,
    /// Query parameters, percent-encoded, without `?`; empty when there are none.
    pub query: String,
    /// The documented header fields, and the type of the body.
    pub headers: HeaderMap,
    /// The body; `None` when none is documented.
    pub body: Option<OutgoingBody>,
    /// What the receiver may answer, in ascending order of status; ranges and `default` last.
    pub replies: Vec<ExpectedReply>,
    /// Where the operation stands in the document, as a JSON pointer.
    pub pointer: String,
}

impl Outgoing {
    /// The request to an address.
    ///
    /// # Errors
    /// The address is none that Mynah can send to, or no body can be made.
    pub fn to(&self, url: &str, description: &Description) -> Result<OutboundRequest, Unsendable> {
        let separator = match (self.query.is_empty(), url.contains('?')) {
            (true, _) => "",
            (false, true) => "&",
            (false, false) => "?",
        };
        let whole = format!("{url}{separator}{}", self.query);
        let url = address::read(&whole)?;
        let sent = self.body.as_ref().map(|body| body.sent(description));
        let sent = sent.transpose()?.unwrap_or_default();
        let mut headers = self.headers.clone();
        let media_type = sent.media_type.as_deref().map(HeaderValue::from_str);
        if let Some(Ok(media_type)) = media_type {
            headers.insert(CONTENT_TYPE, media_type);
        }
        Ok(OutboundRequest {
            method: self.method.clone(),
            url,
            headers,
            body: sent.bytes,
        })
    }
}

/// Reads an operation that the API itself is the client of.
///
/// # Errors
/// A part that cannot be written, such as a body in a form that is not written yet.
pub(super) fn read(
    reader: &mut Reader<'_>,
    method: Method,
    pointer: &str,
    path_item: &str,
) -> Result<Outgoing, Finding> {
    let (query, mut headers) = parameters(reader, pointer, path_item)?;
    let body = body::read(reader, pointer)?;
    if let Some(body) = &body {
        let media_type = body.media_type.to_string();
        headers.insert(CONTENT_TYPE, header_value(reader, &media_type, pointer)?);
    }
    Ok(Outgoing {
        method,
        query,
        headers,
        body,
        replies: replies(reader, pointer)?,
        pointer: pointer.to_owned(),
    })
}

/// What the receiver may answer. What of that nothing can be held against is told.
fn replies(reader: &mut Reader<'_>, pointer: &str) -> Result<Vec<ExpectedReply>, Finding> {
    // What answers the API goes the way that requests go.
    let replies = expected::read_all(reader, pointer, Direction::Request)?;
    for fault in replies.iter().flat_map(|reply| &reply.undecidable) {
        let message = format!("no answer is held against this: {}", fault.message);
        reader.findings.push(Finding::warning(
            fault.code,
            fault.location.clone(),
            message,
        ));
    }
    Ok(replies)
}

/// The required parameters, and those that have an example. One in the path has no place: the
/// address of the request is an expression.
fn parameters(
    reader: &mut Reader<'_>,
    pointer: &str,
    path_item: &str,
) -> Result<(String, HeaderMap), Finding> {
    let (mut query, mut cookies) = (Vec::new(), Vec::new());
    let mut headers = HeaderMap::new();
    for parameter in parameter::read_all(reader, pointer, path_item) {
        if !parameter.required && parameter.example.is_none() {
            continue;
        }
        let name = &parameter.name;
        let value = parameter.shown(&reader.description);
        let text = parameter::write(&parameter, &value);
        match parameter.place {
            In::Path => {}
            In::Query | In::Querystring => query.push(text),
            In::Cookie => cookies.push(text),
            In::Header => {
                let value = header_value(reader, &text, &parameter.pointer)?;
                headers.append(header_name(reader, name, &parameter.pointer)?, value);
            }
        }
    }
    if !cookies.is_empty() {
        headers.insert(COOKIE, header_value(reader, &cookies.join("; "), pointer)?);
    }
    Ok((query.join("&"), headers))
}

fn header_name(reader: &Reader<'_>, name: &str, pointer: &str) -> Result<HeaderName, Finding> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        let message = format!("`{name}` is no name of a header field");
        reader.fault(FindingCode::Shape, pointer, message)
    })
}

fn header_value(reader: &Reader<'_>, text: &str, pointer: &str) -> Result<HeaderValue, Finding> {
    HeaderValue::from_str(text).map_err(|_| {
        let message = format!("`{text}` cannot stand in a header field");
        reader.fault(FindingCode::Shape, pointer, message)
    })
}
