//! The form in which a record is written: one JSON object, in a file one a line.
//!
//! The members are described for users in `docs/journal.md`. Members may be added without a change of the
//! version; none is taken away or changes its meaning without one.

mod read;
mod write;

pub use read::LineError;

use std::{borrow::Cow, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Record, Shown};

/// The version of the format.
const VERSION: u32 = 1;

/// What every line of the format begins with.
pub(super) const BEGINNING: &[u8] = b"{\"mynah\":";

impl Shown<'_> {
    /// The record as one JSON object, in one line without its end.
    pub fn to_json(&self) -> Vec<u8> {
        // Texts and numbers only: there is nothing that has no form in JSON.
        serde_json::to_vec(&Line::of(self)).unwrap_or_default()
    }
}

impl Record {
    /// Reads what [`Shown::to_json`] wrote; whether its secrets are in it, too.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn from_json(line: &[u8]) -> Result<(Self, Secrets), LineError> {
        read::read(line)
    }
}

/// Whether a record that was read has its secrets in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// They are taken out.
    Redacted,
    /// They are there.
    Kept,
}

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    mynah: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    number: u64,
    at: Cow<'a, str>,
    seconds: f64,
    api: Option<Cow<'a, str>>,
    session: Option<Cow<'a, str>>,
    operation: Option<Cow<'a, str>>,
    redacted: bool,
    request: Request<'a>,
    violations: Vec<Violation<'a>>,
    reply: Reply<'a>,
    reply_violations: Vec<Violation<'a>>,
    choice: Choice<'a>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    callbacks: Vec<Callback<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Request<'a> {
    method: Cow<'a, str>,
    target: Cow<'a, str>,
    /// What of the path is not the API's.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    prefix: Cow<'a, str>,
    version: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    headers: Vec<(Cow<'a, str>, Octets<'a>)>,
    #[serde(default, skip_serializing_if = "Octets::is_empty")]
    body: Octets<'a>,
}

#[derive(Serialize, Deserialize)]
struct Reply<'a> {
    status: u16,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    headers: Vec<(Cow<'a, str>, Octets<'a>)>,
    #[serde(default, skip_serializing_if = "Octets::is_empty")]
    body: Octets<'a>,
}

/// Bytes: text where they are UTF-8, else an object with their base64.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Octets<'a> {
    Text(Cow<'a, str>),
    Binary { base64: Cow<'a, str> },
}

#[derive(Serialize, Deserialize)]
struct Violation<'a> {
    code: Cow<'a, str>,
    /// The same as the three after it, in words.
    place: Cow<'a, str>,
    r#in: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pointer: Option<Cow<'a, str>>,
    message: Cow<'a, str>,
    stated: Option<Stated<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Stated<'a> {
    file: Cow<'a, str>,
    line: usize,
    column: usize,
}

#[derive(Serialize, Deserialize)]
struct Choice<'a> {
    media_type: Option<Cow<'a, str>>,
    source: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    example: Option<Cow<'a, str>>,
    why: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
struct Callback<'a> {
    name: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unsent: Option<Cow<'a, str>>,
}

impl Default for Octets<'_> {
    fn default() -> Self {
        Self::Text(Cow::Borrowed(""))
    }
}

impl Octets<'_> {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn shared(text: Option<Cow<'_, str>>) -> Option<Arc<str>> {
    text.map(|text| Arc::from(&*text))
}

#[cfg(test)]
mod tests;
