//! One request to be sent, and what is to come of it.

pub(super) use crate::drafts::Target;
use crate::{Violation, contract::Draft};

/// A request to be sent, and what is to come of it.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    /// The request, with the names of variables for secrets.
    pub(super) draft: Draft,
    /// What is to come of it.
    pub(super) aim: Aim,
}

/// What is to come of a request.
#[derive(Debug, Clone)]
pub(super) enum Aim {
    /// A documented success, since it keeps to the contract.
    Success(Origin),
    /// A documented reply of whatever kind: the documented request of one that is refused.
    AsDocumented,
    /// A refusal, since it breaks the rule.
    Refusal(Violation),
    /// A refusal, since it has no credentials, or none that anybody has.
    Unauthorized(Lack),
    /// 405, since the method is not documented; the methods that are.
    NoMethod(Vec<http::Method>),
    /// What `GET` gave, without content: its status, and the length that it said.
    AsGet(http::StatusCode, Option<u64>),
}

/// Where a request that keeps to the contract comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// The description shows it.
    Example,
    /// It was made.
    Made,
    /// The reply to another operation named the thing that it is about; which, and how.
    Linked(String),
}

/// What a request lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    /// Its credentials.
    Credentials,
    /// Credentials that anybody has.
    RightCredentials,
}
