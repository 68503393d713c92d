//! What requests are made for, and what the contract says of them.

use bytes::Bytes;
use http::Request;

use super::Credentials;
use crate::{
    Api, Violation,
    answer::{Held, hold},
    contract::{Draft, Operation},
};

/// An operation that requests are made for, and all that they need.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) api: &'a Api,
    pub(crate) operation: &'a Operation,
    pub(crate) credentials: &'a Credentials,
    /// The path below which the API is served.
    pub(crate) base: &'a str,
}

impl<'a> Target<'a> {
    /// A draft as it is sent; `None` where it cannot be written.
    pub(crate) fn request(&self, draft: &Draft) -> Option<Request<Bytes>> {
        let revealed = self.credentials.revealed(draft);
        revealed.write(self.operation, self.base).ok()
    }

    /// What is wrong with a draft; `None` where it cannot be written, or is for another operation.
    pub(crate) fn faults(&self, draft: &Draft) -> Option<Vec<Violation>> {
        let request = self.held(self.request(draft)?);
        let Held {
            operation,
            violations,
        } = hold(self.api, &request);
        let is_ours = operation.is_some_and(|it| it.label() == self.operation.label());
        is_ours.then_some(violations)
    }

    /// A request as the contract knows it, below the path where the API is served.
    pub(crate) fn held(&self, request: Request<Bytes>) -> crate::Request {
        crate::Request::from(request).below(self.base)
    }
}
