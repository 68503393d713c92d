//! Runtime expressions (OpenAPI 3.1.1, "Runtime Expressions"): values that only an exchange has.

mod template;

use std::fmt;

use http::HeaderName;

pub use template::{Piece, Template};

/// A runtime expression, such as `$request.body#/url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// `$url`: the whole address of the request.
    Url,
    /// `$method`: the method of the request.
    Method,
    /// `$statusCode`: the status of the reply.
    StatusCode,
    /// `$request.…`: a part of the request.
    Request(MessagePart),
    /// `$response.…`: a part of the reply, which is a header field or in the body.
    Response(MessagePart),
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessagePart {
    /// `header.NAME`: the first field of a name, in any case.
    Header(HeaderName),
    /// `query.NAME`: a query parameter.
    Query(String),
    /// `path.NAME`: a path parameter.
    Path(String),
    /// `body`, or `body#/POINTER`: the body, or what stands in it at a JSON pointer (RFC 6901).
    Body(String),
}

/// Why a text is no runtime expression; the text, and what to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    text: String,
    why: &'static str,
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no runtime expression: {}", self.text, self.why)
    }
}

impl std::error::Error for ExpressionError {}

const KINDS: &str = "there are $url, $method, $statusCode, $request.… and $response.…";
const REQUEST_PARTS: &str =
    "`$request.` goes on with header.NAME, query.NAME, path.NAME, body or body#/POINTER";
const RESPONSE_PARTS: &str = "`$response.` goes on with header.NAME, body or body#/POINTER";
const NO_NAME: &str = "the name is empty";
const NO_FIELD: &str = "that is no name of a header field";
const NO_POINTER: &str = "after `#` comes a JSON pointer, which begins with `/`";
const BAD_ESCAPE: &str = "in a JSON pointer, `~` is written `~0`";

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url => f.write_str("$url"),
            Self::Method => f.write_str("$method"),
            Self::StatusCode => f.write_str("$statusCode"),
            Self::Request(part) => write!(f, "$request.{part}"),
            Self::Response(part) => write!(f, "$response.{part}"),
        }
    }
}

impl fmt::Display for MessagePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "header.{name}"),
            Self::Query(name) => write!(f, "query.{name}"),
            Self::Path(name) => write!(f, "path.{name}"),
            Self::Body(pointer) if pointer.is_empty() => f.write_str("body"),
            Self::Body(pointer) => write!(f, "body#{pointer}"),
        }
    }
}

impl Expression {
    /// Reads an expression without braces around it.
    ///
    /// # Errors
    /// The text is none.
    ///
    /// ```
    /// use mynah::contract::{Expression, MessagePart};
    ///
    /// let url = Expression::parse("$request.body#/url").unwrap();
    /// assert_eq!(url, Expression::Request(MessagePart::Body("/url".to_owned())));
    /// assert!(Expression::parse("$request.url").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        let read = match text {
            "$url" => Ok(Self::Url),
            "$method" => Ok(Self::Method),
            "$statusCode" => Ok(Self::StatusCode),
            _ => {
                if let Some(part) = text.strip_prefix("$request.") {
                    MessagePart::parse(part, REQUEST_PARTS).map(Self::Request)
                } else if let Some(part) = text.strip_prefix("$response.") {
                    of_reply(part).map(Self::Response)
                } else {
                    Err(KINDS)
                }
            }
        };
        read.map_err(|why| ExpressionError {
            text: text.to_owned(),
            why,
        })
    }
}

/// A reply has neither a query nor a path, though the grammar lets one ask for them.
fn of_reply(part: &str) -> Result<MessagePart, &'static str> {
    match MessagePart::parse(part, RESPONSE_PARTS)? {
        MessagePart::Query(_) | MessagePart::Path(_) => Err(RESPONSE_PARTS),
        source => Ok(source),
    }
}

impl MessagePart {
    fn parse(part: &str, parts: &'static str) -> Result<Self, &'static str> {
        if let Some(name) = part.strip_prefix("header.") {
            let name = HeaderName::from_bytes(name.as_bytes());
            return name.map(Self::Header).map_err(|_| NO_FIELD);
        }
        let named = |name: &str| match name {
            "" => Err(NO_NAME),
            name => Ok(name.to_owned()),
        };
        if let Some(name) = part.strip_prefix("query.") {
            return named(name).map(Self::Query);
        }
        if let Some(name) = part.strip_prefix("path.") {
            return named(name).map(Self::Path);
        }
        match part.strip_prefix("body").ok_or(parts)? {
            "" | "#" => Ok(Self::Body(String::new())),
            rest => {
                let pointer = rest.strip_prefix('#').ok_or(parts)?;
                check_pointer(pointer)?;
                Ok(Self::Body(pointer.to_owned()))
            }
        }
    }
}

/// RFC 6901 section 3.
fn check_pointer(pointer: &str) -> Result<(), &'static str> {
    if !pointer.starts_with('/') {
        return Err(NO_POINTER);
    }
    let escaped = |after: &str| after.starts_with(['0', '1']);
    match pointer.split('~').skip(1).all(escaped) {
        true => Ok(()),
        false => Err(BAD_ESCAPE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &'static str) -> MessagePart {
        MessagePart::Header(HeaderName::from_static(name))
    }

    fn body(pointer: &str) -> MessagePart {
        MessagePart::Body(pointer.to_owned())
    }

    #[test]
    fn each_kind_is_read() {
        use Expression::{Method, Request, Response, StatusCode, Url};
        for (text, want) in [
            ("$url", Url),
            ("$method", Method),
            ("$statusCode", StatusCode),
            ("$request.header.X-Url", Request(header("x-url"))),
            (
                "$request.query.a.b",
                Request(MessagePart::Query("a.b".into())),
            ),
            ("$request.path.id", Request(MessagePart::Path("id".into()))),
            ("$request.body", Request(body(""))),
            ("$request.body#/a~1b/0", Request(body("/a~1b/0"))),
            ("$request.body#/", Request(body("/"))),
            ("$response.header.Location", Response(header("location"))),
            ("$response.body#/id", Response(body("/id"))),
        ] {
            assert_eq!(Expression::parse(text).as_ref(), Ok(&want), "{text}");
        }
    }

    #[test]
    fn what_is_none_says_what_would_be() {
        for (text, why) in [
            ("", KINDS),
            ("url", KINDS),
            ("$Url", KINDS),
            ("$statusCode.x", KINDS),
            ("$request", KINDS),
            ("$request.url", REQUEST_PARTS),
            ("$request.bodyguard", REQUEST_PARTS),
            ("$request.body.url", REQUEST_PARTS),
            ("$request.query.", NO_NAME),
            ("$request.header.a b", NO_FIELD),
            ("$request.body#url", NO_POINTER),
            ("$request.body#/a~b", BAD_ESCAPE),
            ("$response.query.a", RESPONSE_PARTS),
            ("$response.path.a", RESPONSE_PARTS),
        ] {
            let error = Expression::parse(text).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("`{text}` is no runtime expression: {why}")
            );
        }
    }
}
