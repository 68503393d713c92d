//! One change between two descriptions: data first, text second.

use std::{fmt, sync::Arc};

use super::ChangeRule;
use crate::{
    contract::Direction,
    description::{Location, Severity},
};

/// What became of one thing that both descriptions, or one of them, document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub rule: ChangeRule,
    /// Which way the values go that it is about; none where it is about none. What an API sends by itself
    /// (callbacks, webhooks) goes as replies do, and the answers to it go as requests do.
    pub direction: Option<Direction>,
    /// The operations that it touches, as `POST /pets`, in the order of the old description. The rest of the
    /// place is that in the first of them.
    pub operations: Vec<Arc<str>>,
    /// The part of the operation.
    pub subject: Subject,
    /// Each part of each of the operations that it touches, the first of which is the above; none where it
    /// is about no operation.
    pub places: Vec<(Arc<str>, Arc<Subject>)>,
    /// Where in the part's value, as a JSON pointer in which `*` is every item or property.
    pub pointer: String,
    /// Where the old description has it; none where it has nothing of the kind.
    pub old: Option<Location>,
    /// Where the new one has it, or would have it; none where nothing around it is left.
    pub new: Option<Location>,
    /// What it means.
    pub verdicts: Verdicts,
    /// What changed, in a sentence.
    pub message: String,
}

/// A part of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The operation itself.
    Operation,
    /// A parameter: its place (`query`) and its name.
    Parameter(String, String),
    /// The request's body, of whatever media type.
    RequestBody,
    /// The request's body as one media type.
    RequestContent(String),
    /// The reply of a status.
    Reply(String),
    /// A header field of the reply of a status.
    ReplyHeader(String, String),
    /// The reply of a status as one media type.
    ReplyContent(String, String),
}

/// What a change means for one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing that was right becomes wrong.
    Compatible,
    /// It may break, which the descriptions cannot tell.
    Risky,
    /// What kept to the old description leaves the new one, or meets what the old one rules out.
    Breaking,
}

/// What a change means: for clients that were written by the old description and meet a provider of the new
/// one, and for providers that were written by the old description and meet clients of the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Verdicts {
    /// For clients.
    pub client: Verdict,
    /// For providers.
    pub provider: Verdict,
}

/// Who is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Clients.
    Client,
    /// Providers.
    Provider,
    /// Whoever it is worse for.
    Both,
}

impl Verdict {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        }
    }

    /// How grave it is among what is reported.
    pub fn severity(self) -> Severity {
        match self {
            Self::Compatible => Severity::Note,
            Self::Risky => Severity::Warning,
            Self::Breaking => Severity::Error,
        }
    }
}

impl Verdicts {
    /// The verdict for a side.
    ///
    /// ```
    /// use mynah::diff::{Side, Verdict, Verdicts};
    /// let verdicts = Verdicts { client: Verdict::Risky, provider: Verdict::Compatible };
    /// assert_eq!(verdicts.of(Side::Both), Verdict::Risky);
    /// ```
    pub fn of(self, side: Side) -> Verdict {
        match side {
            Side::Client => self.client,
            Side::Provider => self.provider,
            Side::Both => self.client.max(self.provider),
        }
    }

    /// Those of whoever it is worse for, of two.
    pub(super) fn worst(self, other: Self) -> Self {
        Self {
            client: self.client.max(other.client),
            provider: self.provider.max(other.provider),
        }
    }
}

/// In words: `breaking for clients, compatible for providers`.
impl fmt::Display for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (client, provider) = (self.client.as_str(), self.provider.as_str());
        write!(f, "{client} for clients, {provider} for providers")
    }
}

impl Change {
    /// Where it is, in words: ``GET /pets, reply 200 `application/json`, `/name` ``.
    pub fn place(&self) -> String {
        let mut place = match self.operations.as_slice() {
            [] => "the description".to_owned(),
            [one] => one.to_string(),
            [first, _] => format!("{first} and 1 more operation"),
            [first, more @ ..] => format!("{first} and {} more operations", more.len()),
        };
        let subject = self.subject.to_string();
        if !subject.is_empty() {
            place.push_str(&format!(", {subject}"));
        }
        if !self.pointer.is_empty() {
            place.push_str(&format!(", `{}`", self.pointer));
        }
        place
    }
}

/// In words; the operation itself has none.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation => Ok(()),
            Self::Parameter(place, name) => write!(f, "{place} parameter `{name}`"),
            Self::RequestBody => f.write_str("request body"),
            Self::RequestContent(media_type) => write!(f, "request body `{media_type}`"),
            Self::Reply(status) => write!(f, "reply {status}"),
            Self::ReplyHeader(status, name) => write!(f, "reply {status} header `{name}`"),
            Self::ReplyContent(status, media_type) => write!(f, "reply {status} `{media_type}`"),
        }
    }
}
