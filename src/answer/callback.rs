//! The documented callbacks of an operation, evaluated for one exchange.

use std::cell::OnceCell;

use http::{StatusCode, header::HOST};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use super::{
    decode::{Decoded, query_value},
    route::Captured,
};
use crate::{
    contract::{CallbackOperation, Expression, MessagePart, Operation, Piece, Template},
    exchange::{Callback, MYNAH_CALLBACK, MediaType, Reply, Request, Tape},
};

/// What no address has (RFC 3986 section 2), wherever a value stands in it.
const IN_ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What would end a path.
const IN_PATH: &AsciiSet = &IN_ADDRESS.add(b'%').add(b'?').add(b'#');

/// What would end a value of a query, or be read as something else.
const IN_QUERY: &AsciiSet = &IN_ADDRESS.add(b'%').add(b'#').add(b'&').add(b'+').add(b'=');

/// What an exchange is so far.
pub(super) struct Moment<'a> {
    pub(super) request: &'a Request,
    pub(super) captured: &'a Captured<'a>,
    pub(super) decoded: &'a Decoded<'a>,
    pub(super) reply: &'a Reply,
}

/// The callbacks that follow the reply to a request without violations. A reply that is an error,
/// as one asked for by `Prefer` may be, is followed by none.
pub(super) fn due(operation: &Operation, moment: &Moment<'_>) -> Vec<Callback> {
    if operation.callbacks.is_empty() || moment.reply.status >= StatusCode::BAD_REQUEST {
        return Vec::new();
    }
    let values = Values::of(moment);
    let each = operation.callbacks.iter();
    each.map(|callback| evaluated(callback, &values)).collect()
}

fn evaluated(callback: &CallbackOperation, values: &Values<'_>) -> Callback {
    let request = match values.moment.request.headers.contains_key(MYNAH_CALLBACK) {
        true => Err("the request is a callback itself, which starts no other".to_owned()),
        false => values
            .address(&callback.url)
            .and_then(|url| callback.request.to(&url)),
    };
    Callback {
        name: callback.name.clone(),
        pointer: callback.request.pointer.clone(),
        request,
    }
}

/// The values of an exchange, bodies read when they are first asked for.
struct Values<'a> {
    moment: &'a Moment<'a>,
    request_body: OnceCell<Option<Value>>,
    reply_body: OnceCell<Option<Value>>,
}

impl<'a> Values<'a> {
    fn of(moment: &'a Moment<'a>) -> Self {
        Self {
            moment,
            request_body: OnceCell::new(),
            reply_body: OnceCell::new(),
        }
    }

    /// A text with expressions as an address.
    fn address(&self, template: &Template) -> Result<String, String> {
        let mut address = String::new();
        for piece in &template.pieces {
            match piece {
                Piece::Literal(text) => address.push_str(text),
                Piece::Expression(expression) => {
                    let text = self.text(expression)?;
                    let escaped = escaped_in(&address);
                    address.extend(utf8_percent_encode(&text, escaped));
                }
            }
        }
        Ok(address)
    }

    fn text(&self, expression: &Expression) -> Result<String, String> {
        match self.value(expression) {
            None | Some(Value::Null) => Err(format!("`{expression}` has no value")),
            Some(Value::Array(_)) => Err(format!("`{expression}` is an array, and no text")),
            Some(Value::Object(_)) => Err(format!("`{expression}` is an object, and no text")),
            Some(Value::String(text)) => Ok(text),
            Some(other) => Ok(other.to_string()),
        }
    }

    /// The value of an expression; `None` where the exchange has none.
    fn value(&self, expression: &Expression) -> Option<Value> {
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
            let (_, body) = self.moment.decoded.body.as_ref()?;
            Some(body.root().value())
        };
        self.request_body.get_or_init(decoded).as_ref()
    }

    /// The reply's body: JSON as what it says, everything else as text.
    fn reply_body(&self) -> Option<&Value> {
        let reply = self.moment.reply;
        let read = || {
            let media_type = reply.headers.get(http::header::CONTENT_TYPE)?;
            match MediaType::parse(media_type.to_str().ok()?)?.is_json() {
                true => Some(Tape::parse(&reply.body).ok()?.root().value()),
                false => Some(std::str::from_utf8(&reply.body).ok()?.into()),
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

/// What is escaped in a value that follows `address`. At its beginning a value may be an address
/// itself, so that nothing of it is data.
fn escaped_in(address: &str) -> &'static AsciiSet {
    let after_scheme = address.split_once("://").map(|(_, rest)| rest);
    match after_scheme {
        Some(rest) if rest.contains('?') => IN_QUERY,
        Some(rest) if rest.contains('/') => IN_PATH,
        _ => IN_ADDRESS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(template: &str) -> Result<String, String> {
        let http = http::Request::post("/hooks/a%20b?to=http://c/d%3Fx=1&n=5%25")
            .header("Host", "localhost:1")
            .header("X-Url", "http://h");
        let request = Request::from(http.body("".into()).unwrap());
        let reply = Reply::with_content(
            StatusCode::CREATED,
            "application/json",
            r#"{"url":"http://r/é","n":5,"list":[1],"none":null,"a/b":"c"}"#,
        );
        let moment = Moment {
            request: &request,
            captured: &vec![("id", "a%20b")],
            decoded: &Decoded::default(),
            reply: &reply,
        };
        Values::of(&moment).address(&Template::parse(template).unwrap())
    }

    #[test]
    fn an_address_is_put_together() {
        for (template, want) in [
            (
                "$url",
                "http://localhost:1/hooks/a%20b?to=http://c/d%3Fx=1&n=5%25",
            ),
            ("{$request.query.to}/data", "http://c/d?x=1/data"),
            ("{$request.header.x-url}:2/x", "http://h:2/x"),
            ("http://a/{$request.path.id}", "http://a/a%20b"),
            ("http://a/{$request.query.n}", "http://a/5%25"),
            (
                "http://a?u={$request.query.to}",
                "http://a?u=http://c/d?x%3D1",
            ),
            ("{$response.body#/url}", "http://r/%C3%A9"),
            ("http://a/{$response.body#/a~1b}", "http://a/c"),
            (
                "http://a/{$method}/{$statusCode}/{$response.body#/n}",
                "http://a/POST/201/5",
            ),
        ] {
            assert_eq!(address(template).as_deref(), Ok(want), "{template}");
        }
    }

    #[test]
    fn an_expression_without_a_text_is_named() {
        for (template, want) in [
            ("{$request.query.no}", "`$request.query.no` has no value"),
            (
                "{$response.header.Location}",
                "`$response.header.location` has no value",
            ),
            ("{$request.path.no}", "`$request.path.no` has no value"),
            ("{$request.body#/url}", "`$request.body#/url` has no value"),
            (
                "{$response.body#/none}",
                "`$response.body#/none` has no value",
            ),
            (
                "{$response.body#/list}",
                "`$response.body#/list` is an array, and no text",
            ),
            (
                "{$response.body}",
                "`$response.body` is an object, and no text",
            ),
        ] {
            assert_eq!(address(template), Err(want.to_owned()), "{template}");
        }
    }
}
