//! One response, as the client reads it.

use serde_json::Value;

/// What the client makes of a response.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body {
    /// A value of this schema.
    Json(Value),
    /// Bytes of any other media type.
    Bytes,
    /// No content.
    Nothing,
}

/// One documented response.
pub(super) struct Response {
    /// Such as `200` or `4XX`.
    pub status: String,
    /// What the document says of it.
    pub description: String,
    /// What it brings.
    pub body: Body,
}
