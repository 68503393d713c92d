//! One method on one path template, compiled.

use std::sync::{Arc, OnceLock};

use http::{Method, StatusCode};

use super::{
    body::RequestBody,
    callback::CallbackOperation,
    expected::ExpectedReply,
    pair::Pair,
    parameter::{In, Parameter},
    reply::{DocumentedReply, StatusKey},
    sample::Sample,
    security::{Requirement, Scheme},
};
use crate::description::{Description, Finding};

/// One method on one path template.
#[derive(Debug)]
pub struct Operation {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) base: String,
    pub(super) label: Arc<str>,
    pub(super) summary: Option<String>,
    pub(super) pointer: String,
    /// Path parameters in the order of the template, then the others.
    pub parameters: Vec<Parameter>,
    /// What the request's body may be.
    pub body: Option<RequestBody>,
    /// Alternatives, each a set of credentials needed together. None at all: open to everyone.
    pub security: Vec<Requirement>,
    /// The documented replies, at least one where there are no faults, in ascending order of status; ranges and `default` last.
    pub replies: Vec<DocumentedReply>,
    /// Documented requests with their documented replies, by name.
    pub pairs: Vec<Pair>,
    /// The requests that follow a successful reply, in the document's order.
    pub callbacks: Vec<CallbackOperation>,
    /// What of the description keeps this operation from being answered; none as a rule, since such
    /// a description is compiled only by [`Api::compile_leniently`](super::Api::compile_leniently).
    pub faults: Vec<Finding>,
    pub(super) description: Arc<Description>,
    pub(super) sample: OnceLock<Sample>,
    pub(super) expected: OnceLock<Result<Vec<ExpectedReply>, Finding>>,
}

impl Operation {
    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path template, as documented.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path template below the base path of its first server: where clients of the documented
    /// API send requests.
    pub fn served_path(&self) -> String {
        let separator = if self.path.starts_with('/') { "" } else { "/" };
        format!("{}{separator}{}", self.base, self.path)
    }

    /// The base path of its first server; empty where that has none.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Method and path template, as `POST /api/v1/conversations`.
    pub fn label(&self) -> &Arc<str> {
        &self.label
    }

    /// The document's one line on what the operation does.
    pub fn summary(&self) -> Option<&str> {
        self.summary.as_deref()
    }

    /// Where the operation stands in the document, as a JSON pointer.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Whether a query parameter of this name is a credential, in one of the alternatives.
    pub fn has_query_credential(&self, name: &str) -> bool {
        let mut credentials = self.security.iter().flat_map(|needed| &needed.credentials);
        credentials.any(|it| matches!(&it.scheme, Scheme::ApiKey(In::Query, own) if **own == *name))
    }

    /// The names in the query of the path itself, as of `/things?beta=true`.
    pub fn path_query(&self) -> impl Iterator<Item = &str> {
        let query = self
            .path
            .split('#')
            .next()
            .and_then(|path| path.split_once('?'));
        let pairs = query.map_or("", |(_, query)| query).split('&');
        pairs.map(|pair| pair.split('=').next().unwrap_or(pair))
    }

    /// The documented reply of a status: its own, its range's, or `default`.
    pub fn reply(&self, status: u16) -> Option<&DocumentedReply> {
        let by_key = |key| self.replies.iter().find(|reply| reply.key == key);
        by_key(StatusKey::Code(status))
            .or_else(|| by_key(StatusKey::Range(status / 100)))
            .or_else(|| by_key(StatusKey::Default))
    }

    /// The reply to a request that keeps to the contract: the lowest documented success, else
    /// `default`, else the lowest redirection, else the lowest of all.
    pub fn success(&self) -> &DocumentedReply {
        let is_success = |reply: &&DocumentedReply| matches!(reply.key.hundreds(), None | Some(2));
        let is_redirection = |reply: &&DocumentedReply| reply.key.hundreds() == Some(3);
        let mut replies = self.replies.iter();
        let success = replies.clone().find(is_success);
        // An operation without any reply has a fault, and is not asked for its success.
        success
            .or_else(|| replies.find(is_redirection))
            .unwrap_or(&self.replies[0])
    }

    /// The names of the documented examples of replies, each with its reply, in their order.
    pub fn examples(&self) -> impl Iterator<Item = (&DocumentedReply, &Arc<str>)> + Clone {
        let named = |reply| DocumentedReply::names(reply).map(move |name| (reply, name));
        self.replies.iter().flat_map(named)
    }

    /// The documented reply with an example of a name: the success where that has one, else the
    /// lowest.
    pub fn reply_named(&self, name: &str) -> Option<&DocumentedReply> {
        let success = self.replies.first().map(|_| self.success());
        let mut candidates = success.into_iter().chain(&self.replies);
        candidates.find(|reply| reply.has_example(name))
    }

    /// Whether the documented request of a name is documented to be refused.
    pub fn is_refused(&self, name: &str) -> bool {
        let hundreds = self
            .reply_named(name)
            .and_then(|reply| reply.key.hundreds());
        hundreds == Some(4) && self.pairs.iter().any(|pair| *pair.name == *name)
    }

    /// The status that a documented reply has when none is asked for. Beside a documented success,
    /// `default` is for what goes wrong.
    pub fn status_of(&self, reply: &DocumentedReply) -> StatusCode {
        let is_success = |reply: &DocumentedReply| reply.key.hundreds() == Some(2);
        match reply.key {
            StatusKey::Default if self.replies.iter().any(is_success) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            key => key.status(),
        }
    }
}
