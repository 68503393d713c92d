//! What whoever checks a provider chose.

use std::{str::FromStr, time::Duration};

use regex::Regex;

use super::Credentials;
use crate::contract::Operation;

/// How a provider is checked.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only the operations that this matches: `POST /pets`, or the `operationId`.
    pub only: Option<Regex>,
    /// Which methods may be sent.
    pub methods: Methods,
    /// What is not tried.
    pub skip: Vec<Kind>,
    /// The credentials, by their schemes.
    pub credentials: Credentials,
    /// What made values depend on beside the description.
    pub seed: u64,
    /// How long everything may take.
    pub max_time: Option<Duration>,
    /// How many requests may be sent.
    pub max_requests: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            only: None,
            methods: Methods::Safe,
            skip: Vec::new(),
            credentials: Credentials::default(),
            seed: 0,
            max_time: None,
            max_requests: None,
        }
    }
}

/// Which methods may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Methods {
    /// Those that change nothing (RFC 9110 section 9.2.1).
    Safe,
    /// All.
    All,
}

/// A kind of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Documented examples.
    Examples,
    /// Made requests that keep to the contract.
    Valid,
    /// Requests that break one rule.
    Invalid,
    /// Requests without credentials.
    Credentials,
    /// Requests with credentials that nobody has.
    WrongCredentials,
    /// Methods that are not documented, and `HEAD`.
    Methods,
    /// What links, and the lists and creations of things, lead to.
    Links,
}

impl Kind {
    /// Every kind with its name, in the order in which they are tried.
    pub const ALL: [(&'static str, Self); 7] = [
        ("examples", Self::Examples),
        ("valid", Self::Valid),
        ("links", Self::Links),
        ("invalid", Self::Invalid),
        ("credentials", Self::Credentials),
        ("wrong-credentials", Self::WrongCredentials),
        ("methods", Self::Methods),
    ];
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|(other, _)| *other == name);
        known.map(|(_, kind)| *kind).ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| name);
            format!("not one of {}", names.join(", "))
        })
    }
}

impl Options {
    /// Whether an operation is to be checked.
    pub(super) fn wants(&self, operation: &Operation, id: Option<&str>) -> bool {
        self.only.as_ref().is_none_or(|only| {
            only.is_match(operation.label()) || id.is_some_and(|id| only.is_match(id))
        })
    }

    /// Whether a kind of requests is to be tried.
    pub(super) fn tries(&self, kind: Kind) -> bool {
        !self.skip.contains(&kind)
    }

    /// Whether a method may be sent.
    pub(super) fn allows(&self, method: &http::Method) -> bool {
        // RFC 9110 knows no QUERY yet, which OpenAPI 3.2 has, and which is safe by its own definition.
        self.methods == Methods::All || method.is_safe() || method == "QUERY"
    }
}
