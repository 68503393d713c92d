//! A line for a shell that sends a request of a trial again, without secrets in it.

use super::trial::Target;
use crate::{contract::Draft, report::curl_in_full};

/// The line, with variables of the environment for credentials; `None` where the request has no form as a
/// line.
pub(super) fn repeat(target: &Target<'_>, origin: &str, draft: &Draft) -> Option<String> {
    let request = draft.write(target.operation, target.base).ok()?;
    let line = curl_in_full(&request, origin)?;
    Some(target.credentials.expanded(&line, draft))
}
