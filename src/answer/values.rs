//! What runtime expressions stand for in one exchange.

use std::cell::OnceCell;

use http::header::{CONTENT_TYPE, HOST};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::{
    answer::{
        decode::{Decoded, query_value, uncoded},
        route::Captured,
    },
    contract::{Expression, MessagePart},
    exchange::{MediaType, Reply, Request, Tape},
};

/// What an exchange is so far.
pub(super) struct Moment<'a> {
    pub(super) request: &'a Request,
    pub(super) captured: &'a Captured<'a>,
    pub(super) decoded: &'a Decoded<'a>,
    pub(super) reply: &'a Reply,
}

/// The values of an exchange, bodies read when they are first asked for.
pub(super) struct Values<'a> {
    moment: &'a Moment<'a>,
    request_body: OnceCell<Option<Value>>,
    reply_body: OnceCell<Option<Value>>,
}

impl<'a> Values<'a> {
    pub(super) fn of(moment: &'a Moment<'a>) -> Self {
        Self {
            moment,
            request_body: OnceCell::new(),
            reply_body: OnceCell::new(),
        }
    }

    pub(super) fn request(&self) -> &Request {
        self.moment.request
    }

    /// The value of an expression where a text is needed.
    ///
    /// # Errors
    /// There is none, or it is no text, in a sentence.
    pub(super) fn text(&self, expression: &Expression) -> Result<String, String> {
        match self.value(expression) {
            None | Some(Value::Null) => Err(format!("`{expression}` has no value")),
            Some(Value::Array(_)) => Err(format!("`{expression}` is an array, and no text")),
            Some(Value::Object(_)) => Err(format!("`{expression}` is an object, and no text")),
            Some(Value::String(text)) => Ok(text),
            Some(other) => Ok(other.to_string()),
        }
    }

    /// The value of an expression; `None` where the exchange has none.
    pub(super) fn value(&self, expression: &Expression) -> Option<Value> {
        let Moment { request, reply, .. } = self.moment;
        match expression {
            Expression::Url => url(request).map(Value::from),
            Expression::Method => Some(request.method.as_str().into()),
            Expression::StatusCode => Some(reply.status.as_u16().into()),
            Expression::Request(part) => match part {
                MessagePart::Header(name) => request.header(name).map(Value::from),
                MessagePart::Query(name) => query_value(request, name).map(Value::from),
                MessagePart::Path(name) => self.path(name).map(Value::from),
                MessagePart::Body(pointer) => self.request_body()?.pointer(pointer).cloned(),
            },
            Expression::Response(part) => match part {
                MessagePart::Header(name) => Some(reply.headers.get(name)?.to_str().ok()?.into()),
                MessagePart::Body(pointer) => self.reply_body()?.pointer(pointer).cloned(),
                MessagePart::Query(_) | MessagePart::Path(_) => None,
            },
        }
    }

    fn path(&self, name: &str) -> Option<String> {
        let mut captured = self.moment.captured.iter();
        let (_, text) = captured.find(|(other, _)| *other == name)?;
        let text = percent_decode_str(text).decode_utf8().ok()?;
        Some(text.into_owned())
    }

    fn request_body(&self) -> Option<&Value> {
        let decoded = || {
            let body = self.moment.decoded.body.as_ref()?;
            Some(body.tape.root().value())
        };
        self.request_body.get_or_init(decoded).as_ref()
    }

    /// The reply's body: JSON as what it says, everything else as text.
    fn reply_body(&self) -> Option<&Value> {
        let reply = self.moment.reply;
        let read = || {
            let media_type = reply.headers.get(CONTENT_TYPE)?;
            let body = uncoded(&reply.headers, &reply.body)?;
            match MediaType::parse(media_type.to_str().ok()?)?.is_json() {
                true => Some(Tape::parse(&body).ok()?.root().value()),
                false => Some(std::str::from_utf8(&body).ok()?.into()),
            }
        };
        self.reply_body.get_or_init(read).as_ref()
    }
}

/// The whole address of a request, as its client wrote it (RFC 9110 section 7.1).
fn url(request: &Request) -> Option<String> {
    if request.uri.authority().is_some() {
        return Some(request.uri.to_string());
    }
    let host = request.header(HOST)?;
    Some(format!("http://{host}{}", request.uri))
}
