//! Recorded exchanges held against a description, as far as they were recorded.

use std::sync::Arc;

use super::{REDACTED, Record, Secrets, redact::Redaction};
use crate::{Api, Exchange, Violation, answer::judge, exchange::Place};

/// What is known of a recorded exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Whether its secrets are in the record.
    pub secrets: Secrets,
    /// Whether the body of the request is.
    pub request_body: bool,
    /// Whether the body of the reply is.
    pub reply_body: bool,
}

impl Record {
    /// The same exchange, held against a description: its operation and its violations are found anew. What
    /// is not in the record is not judged: secrets that were taken out, and bodies that are not known.
    #[must_use]
    pub fn judged_by(&self, api: &Arc<Api>, known: Known) -> Self {
        let was = &self.exchange;
        let mut exchange = judge(api, was.request.clone(), (*was.reply).clone());
        // What was chosen then is still known.
        exchange.choice = was.choice.clone();
        let judged = Self {
            api: Some(Arc::clone(api.name())),
            exchange,
            ..self.clone()
        };
        let apis = [Arc::clone(api)];
        let hidden = Redaction::of(&judged, &apis);
        let is_redacted = known.secrets == Secrets::Redacted;
        let is_withheld = |body: &[u8]| is_redacted && body == REDACTED.as_bytes();
        let request_body = known.request_body && !is_withheld(&was.request.body);
        let reply_body = known.reply_body && !is_withheld(&was.reply.body);
        let mut violations = judged.exchange.violations.clone();
        violations.retain(|it| {
            (request_body || !is_of_body(it)) && !(is_redacted && hidden.has_in_request(it))
        });
        let mut reply_violations = judged.exchange.reply_violations.clone();
        reply_violations.retain(|it| {
            (reply_body || !is_of_body(it)) && !(is_redacted && hidden.has_in_reply(it))
        });
        Self {
            exchange: Exchange {
                violations,
                reply_violations,
                ..judged.exchange
            },
            ..judged
        }
    }
}

fn is_of_body(violation: &Violation) -> bool {
    matches!(violation.place, Place::Body(_) | Place::PartHeader(..))
}
