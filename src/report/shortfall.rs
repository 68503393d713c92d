//! What a run as a whole falls short of.

use super::{Blame, Problem};
use crate::description::Severity;

/// What a run as a whole, or an expectation in it, falls short of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shortfall {
    /// No request came to an API.
    NoRequests,
    /// Less of what is documented was exercised than is asked for.
    CoverageTooLow,
    /// Exchanges fell off the journal before they were judged.
    JournalOverflow,
    /// A request says that it breaks a rule, and does not.
    ExpectationUnmet,
}

impl Shortfall {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoRequests => "no-requests",
            Self::CoverageTooLow => "coverage-too-low",
            Self::JournalOverflow => "journal-overflow",
            Self::ExpectationUnmet => "expectation-unmet",
        }
    }

    /// The problem that it is, in a sentence.
    pub fn problem(self, message: impl Into<String>) -> Problem {
        Problem {
            code: self.code().into(),
            severity: Severity::Error,
            blame: Blame::Client,
            place: None,
            message: message.into(),
            stated: None,
            times: 1,
            repeat: None,
            change: None,
        }
    }
}
