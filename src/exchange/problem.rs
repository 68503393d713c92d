//! Problem details for HTTP APIs (RFC 9457): a refusal where no description states its shape.

use http::StatusCode;
use serde::Serialize;

use super::Reply;

/// The media type of a problem (RFC 9457 section 6.1).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Few problems are longer, in bytes.
const USUAL_LENGTH: usize = 512;

/// A problem (RFC 9457 section 3.1).
#[derive(Serialize)]
struct Problem<'a, M> {
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(flatten)]
    more: &'a M,
}

impl Reply {
    /// A problem: what is wrong and what to do, in a sentence, with the members of `more` beside it; `()` has none.
    ///
    /// ```
    /// use mynah::exchange::Reply;
    ///
    /// let reply = Reply::problem(http::StatusCode::NOT_FOUND, "no such pet", &());
    /// assert_eq!(reply.body, r#"{"title":"Not Found","status":404,"detail":"no such pet"}"#);
    /// // What has no members adds none.
    /// assert_eq!(Reply::problem(http::StatusCode::NOT_FOUND, "no such pet", &7), reply);
    /// ```
    pub fn problem(status: StatusCode, detail: &str, more: &impl Serialize) -> Self {
        let body = written(status, detail, more).or_else(|_| written(status, detail, &()));
        // Texts and numbers can always be written.
        Self::with_content(status, PROBLEM_JSON, body.unwrap_or_default())
    }
}

/// A problem as JSON.
///
/// # Errors
/// `more` is no object, and so has no members.
fn written(status: StatusCode, detail: &str, more: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut json = Vec::with_capacity(USUAL_LENGTH);
    let problem = Problem {
        title: status.canonical_reason().unwrap_or("Refused"),
        status: status.as_u16(),
        detail,
        more,
    };
    serde_json::to_writer(&mut json, &problem)?;
    Ok(json)
}
