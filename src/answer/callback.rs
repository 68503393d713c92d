//! The documented callbacks of an operation, evaluated for one exchange.

use http::StatusCode;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::values::{Moment, Values};
use crate::{
    contract::{Api, CallbackOperation, Operation, Piece, Template},
    exchange::{Callback, MYNAH_CALLBACK},
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

/// The callbacks that follow the reply to a request without violations. A reply that is an error,
/// as one asked for by `Prefer` may be, is followed by none.
pub(super) fn due(api: &Api, operation: &Operation, moment: &Moment<'_>) -> Vec<Callback> {
    if operation.callbacks.is_empty() || moment.reply.status >= StatusCode::BAD_REQUEST {
        return Vec::new();
    }
    let values = Values::of(moment);
    let each = operation.callbacks.iter();
    each.map(|callback| evaluated(api, callback, &values))
        .collect()
}

fn evaluated(api: &Api, callback: &CallbackOperation, values: &Values<'_>) -> Callback {
    let request = match values.request().headers.contains_key(MYNAH_CALLBACK) {
        true => Err("the request is a callback itself, which starts no other".to_owned()),
        false => address(&callback.url, values).and_then(|url| {
            let request = callback.request.to(&url, api.description());
            request.map_err(|error| error.to_string())
        }),
    };
    Callback {
        name: callback.name.clone(),
        pointer: callback.request.pointer.clone(),
        request,
    }
}

/// A text with expressions as an address.
fn address(template: &Template, values: &Values<'_>) -> Result<String, String> {
    let mut address = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Literal(text) => address.push_str(text),
            Piece::Expression(expression) => {
                let text = values.text(expression)?;
                let escaped = escaped_in(&address);
                address.extend(utf8_percent_encode(&text, escaped));
            }
        }
    }
    Ok(address)
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
    use crate::{
        answer::decode::Decoded,
        exchange::{Reply, Request},
    };

    fn filled(template: &str) -> Result<String, String> {
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
        address(&Template::parse(template).unwrap(), &Values::of(&moment))
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
            assert_eq!(filled(template).as_deref(), Ok(want), "{template}");
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
            assert_eq!(filled(template), Err(want.to_owned()), "{template}");
        }
    }
}
