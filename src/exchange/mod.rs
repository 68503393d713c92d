//! The words of one exchange as plain data: request, violations, choice, reply.
//!
//! Nothing here knows a socket or an OpenAPI document.

mod callback;
mod choice;
mod json;
mod media_type;
mod packed;
mod pairs;
mod problem;
mod reply;
mod request;
mod syntax_error;
mod violation;
mod xml;

pub use callback::{Callback, MYNAH_CALLBACK, OutboundRequest};
pub use choice::{Choice, ReplySource, Why};
pub use json::{Decimal, Tape, TapeNode, Walk, exact_number, is_number};
pub use media_type::{Accept, MediaType};
pub(crate) use media_type::{split_unquoted, unquote};
pub(crate) use packed::PackedRequest;
pub(crate) use pairs::{cookies, form_decoded, pairs};
pub use problem::PROBLEM_JSON;
pub use reply::Reply;
pub use request::Request;
pub(crate) use request::has_own_field;
pub use syntax_error::SyntaxError;
pub use violation::{Cause, Place, Rule, Violation};
pub use xml::{Element, INSTANCE, Name};

use std::sync::Arc;

/// One request, what was found in it, the choice made, and the reply.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// What the client sent.
    pub request: Request,
    /// The operation that the request was for, as `POST /api/v1/conversations`.
    pub operation: Option<Arc<str>>,
    /// Every way in which the request leaves the contract.
    pub violations: Vec<Violation>,
    /// Every way in which the reply leaves it; places are places of the reply. None of a reply of Mynah's own.
    pub reply_violations: Vec<Violation>,
    /// Which reply was chosen, and why.
    pub choice: Choice,
    /// What the client gets. Shared, since a documented reply is prepared once.
    pub reply: Arc<Reply>,
    /// The documented callbacks that are to follow the reply.
    pub callbacks: Vec<Callback>,
}
