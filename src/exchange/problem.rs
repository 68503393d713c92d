//! Problem details for HTTP APIs (RFC 9457): a refusal where no description states its shape.

use http::StatusCode;
use serde_json::{Map, Value};

use super::Reply;

/// The media type of a problem (RFC 9457 section 6.1).
pub const PROBLEM_JSON: &str = "application/problem+json";

impl Reply {
    /// A problem: what is wrong and what to do, in a sentence, with members of its own beside it.
    ///
    /// ```
    /// use mynah::exchange::Reply;
    ///
    /// let reply = Reply::problem(http::StatusCode::NOT_FOUND, "no such pet", Default::default());
    /// assert_eq!(reply.body, r#"{"title":"Not Found","status":404,"detail":"no such pet"}"#);
    /// ```
    pub fn problem(status: StatusCode, detail: &str, more: Map<String, Value>) -> Self {
        let mut members = Map::new();
        let title = status.canonical_reason().unwrap_or("Refused");
        members.insert("title".to_owned(), title.into());
        members.insert("status".to_owned(), status.as_u16().into());
        members.insert("detail".to_owned(), detail.into());
        members.extend(more);
        Self::with_content(status, PROBLEM_JSON, Value::Object(members).to_string())
    }
}
