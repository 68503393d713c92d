//! `Mynah-Choice`: which reply was chosen and why, for clients that ask.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{
    contract::Api,
    exchange::{Choice, Reply, Request, has_own_field},
};

/// In a request `?1` (RFC 9651, "Booleans") asks for it; in a reply it is the choice, as
/// `200 application/json example "ok"; why`.
const CHOICE: HeaderName = HeaderName::from_static("mynah-choice");

/// Names out of a description may be of any length.
const MAX_LENGTH: usize = 1024;

/// What is no visible ASCII is percent-encoded, as all other text is by definition.
const ESCAPED: &AsciiSet = &CONTROLS.add(b'%');

/// The reply, with its choice where the client asks for it, or whoever serves the API.
pub(super) fn add(api: &Api, reply: Arc<Reply>, choice: &Choice, request: &Request) -> Arc<Reply> {
    let is_yes = |asked: &HeaderValue| asked.as_bytes() == b"?1";
    let is_asked =
        || has_own_field(&request.headers) && request.headers.get(&CHOICE).is_some_and(is_yes);
    if !api.settings().tells_choice && !is_asked() {
        return reply;
    }
    let mut reply = Reply::clone(&reply);
    reply.headers.insert(CHOICE, value(choice));
    Arc::new(reply)
}

fn value(choice: &Choice) -> HeaderValue {
    let mut text = utf8_percent_encode(&choice.to_string(), ESCAPED).to_string();
    if text.len() > MAX_LENGTH {
        // Nothing but ASCII is left, so every place is between two characters.
        text.truncate(MAX_LENGTH - 3);
        text.push_str("...");
    }
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("unknown"))
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;
    use crate::exchange::{ReplySource, Why};

    #[test]
    fn names_are_escaped_and_long_ones_cut() {
        let choice = |name: &str| Choice {
            status: StatusCode::OK,
            media_type: Some("text/plain".into()),
            source: ReplySource::Example(Some(name.into())),
            why: Why::Matched(name.into()),
        };
        let text = "200 text/plain example \"gr%C3%BCn 100%25\"; the request is the documented example `gr%C3%BCn 100%25`";
        assert_eq!(value(&choice("grün 100%")), text);
        let long = value(&choice(&"ü".repeat(5000)));
        assert_eq!(long.len(), MAX_LENGTH);
        assert!(long.to_str().unwrap().ends_with("..."));
    }
}
