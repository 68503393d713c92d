//! One fault to report, whatever found it.

use std::{borrow::Cow, fmt};

use crate::{
    Finding, Violation,
    description::{Location, Severity},
    diff::{Change, Side},
};

/// One fault to report: of a description, of a request, or of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The stable code of the rule that is broken, as in [`rules`](super::rules).
    pub code: Cow<'static, str>,
    /// Whether it fails the run.
    pub severity: Severity,
    /// Who has to mend it.
    pub blame: Blame,
    /// Where in the request or the reply, such as ``body `/name` ``; none for a description's fault.
    pub place: Option<String>,
    /// What is wrong, in a sentence that names what to change.
    pub message: String,
    /// Where the description states the rule, or is at fault; none where the rule is HTTP's own.
    pub stated: Option<Location>,
    /// In how many exchanges it was found; the sentence is about the first of them. 1 for a
    /// description's fault.
    pub times: usize,
    /// A curl line that shows it again.
    pub repeat: Option<String>,
    /// What changed, where it is a change between two descriptions.
    pub change: Option<Box<Change>>,
}

/// Whose fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Blame {
    /// The client's: a request leaves the contract.
    Client,
    /// The provider's: a reply leaves the contract.
    Provider,
    /// The description's.
    Description,
}

impl Blame {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Provider => "provider",
            Self::Description => "description",
        }
    }
}

impl Problem {
    /// A violation, and whose it is.
    pub fn of_violation(violation: &Violation, blame: Blame) -> Self {
        Self {
            code: violation.rule.code().to_owned().into(),
            severity: Severity::Error,
            blame,
            place: Some(violation.place.to_string()),
            message: violation.message.clone(),
            stated: violation.stated.clone(),
            times: 1,
            repeat: None,
            change: None,
        }
    }

    /// A change, as grave as it is for a side. It is shown where the new description has it, or else where
    /// the old one had it.
    pub fn of_change(change: &Change, side: Side) -> Self {
        Self {
            code: change.rule.code().into(),
            severity: change.verdicts.of(side).severity(),
            blame: Blame::Description,
            place: Some(change.place()),
            message: change.message.clone(),
            stated: change.new.clone().or_else(|| change.old.clone()),
            times: 1,
            repeat: None,
            change: Some(Box::new(change.clone())),
        }
    }

    /// Whether another problem is this one, with other values.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.change == other.change
            && (&self.code, self.blame, &self.place, &self.stated)
                == (&other.code, other.blame, &other.place, &other.stated)
    }

    /// Place and message in one sentence.
    pub fn sentence(&self) -> String {
        match &self.place {
            Some(place) => format!("{place}: {}", self.message),
            None => self.message.clone(),
        }
    }
}

impl From<&Finding> for Problem {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.code.as_str().into(),
            severity: finding.severity,
            blame: Blame::Description,
            place: None,
            message: finding.message.clone(),
            stated: Some(finding.location.clone()),
            times: 1,
            repeat: None,
            change: None,
        }
    }
}

/// In one line: place, message, code, and where it is stated.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.sentence(), self.code)?;
        match &self.stated {
            Some(location) => write!(f, " ({location})"),
            None => Ok(()),
        }
    }
}
