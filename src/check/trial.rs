//! One request to be sent, and what is to come of it.

use bytes::Bytes;
use http::Request;

use super::Credentials;
use crate::{
    Api, Violation,
    answer::{Held, hold},
    contract::{Draft, Operation},
};

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

/// An operation that is checked, and all that requests to it need.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    pub(super) credentials: &'a Credentials,
    /// The path below which the API is served.
    pub(super) base: &'a str,
}

impl<'a> Target<'a> {
    /// A draft as it is sent; `None` where it cannot be written.
    pub(super) fn request(&self, draft: &Draft) -> Option<Request<Bytes>> {
        let revealed = self.credentials.revealed(draft);
        revealed.write(self.operation, self.base).ok()
    }

    /// What is wrong with a draft; `None` where it cannot be written, or is for another operation.
    pub(super) fn faults(&self, draft: &Draft) -> Option<Vec<Violation>> {
        let request = self.held(self.request(draft)?);
        let Held {
            operation,
            violations,
        } = hold(self.api, &request);
        let is_ours = operation.is_some_and(|it| it.label() == self.operation.label());
        is_ours.then_some(violations)
    }

    /// A request as the contract knows it, below the path where the API is served.
    pub(super) fn held(&self, request: Request<Bytes>) -> crate::Request {
        crate::Request::from(request).below(self.base)
    }
}
