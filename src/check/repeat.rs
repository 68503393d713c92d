//! A line for a shell that sends a request of a trial again, without secrets in it.

use bytes::Bytes;

use super::trial::Target;
use crate::{contract::Draft, report::curl_in_full};

/// The line, with variables of the environment for credentials; `None` where the request has no form as a
/// line.
pub(super) fn repeat(target: &Target<'_>, origin: &str, draft: &Draft) -> Option<String> {
    let request: http::Request<Bytes> = draft.write(target.operation, target.base).ok()?;
    let line = curl_in_full(&request.into(), origin)?;
    Some(target.credentials.expanded(&line, draft))
}
