//! What a document leaves open about how its API behaves, as plain data beside the description.

use std::{fmt, sync::Arc};

use http::{Method, StatusCode};
use serde_json::Value;

use super::{model::TypedRequest, precedence::Precedence};
use crate::exchange::{Cause, Violation};

/// How an API refuses and replies where its document says nothing. The default adds nothing: the
/// general engine then does what the description and HTTP say.
#[derive(Default)]
pub struct Manner {
    /// Which of several faults decides, and the statuses that suit it.
    pub precedence: Precedence,
    /// The status of a refusal, where the API is known to use another than the document suggests.
    pub status: Option<fn(Cause) -> Option<StatusCode>>,
    /// The body of a refusal, as JSON; `None` leaves it to the general engine.
    pub refusal: Option<RefusalBody>,
    /// Required header parameters that are really credentials.
    pub credential_headers: &'static [&'static str],
    /// What values of `apiKey` schemes look like, where only prose says so.
    pub credential_forms: &'static [CredentialForm],
    /// Replies made for the request, given for `Prefer: dynamic=true`.
    pub replies: Vec<TypedReply>,
}

/// Makes the body of a refusal, as JSON; `None` leaves it to the general engine.
pub type RefusalBody = fn(&Refused<'_>) -> Option<Vec<u8>>;

/// What a value of an `apiKey` scheme looks like.
#[derive(Debug, Clone, Copy)]
pub struct CredentialForm {
    /// The scheme's name in the document.
    pub scheme: &'static str,
    /// A value as it would be written, such as `token <key>:<secret>`; it begins with its first word.
    pub written: &'static str,
    /// Whether a value is of this form.
    pub fits: fn(&str) -> bool,
}

/// A request that is being refused.
#[derive(Debug)]
pub struct Refused<'a> {
    /// The gravest cause.
    pub cause: Cause,
    /// The status that the refusal will have.
    pub status: StatusCode,
    /// Every violation, in the order found.
    pub violations: &'a [Violation],
}

impl<'a> Refused<'a> {
    /// The violations that make up the gravest cause.
    pub fn gravest(&self) -> impl Iterator<Item = &'a Violation> + '_ {
        self.violations
            .iter()
            .filter(|violation| violation.rule.cause() == self.cause)
    }
}

/// A reply made by a function from the generated request type to the generated reply type.
#[derive(Clone)]
pub struct TypedReply {
    method: &'static str,
    path: &'static str,
    /// The status of the reply.
    pub status: StatusCode,
    make: Arc<Make>,
}

type Make = dyn Fn(&Value) -> Result<Vec<u8>, serde_json::Error> + Send + Sync;

impl TypedReply {
    /// A typed reply for the operation that the request type belongs to.
    pub fn new<R: TypedRequest>(reply: impl Fn(R) -> R::Reply + Send + Sync + 'static) -> Self {
        Self {
            method: R::METHOD,
            path: R::PATH,
            // The build script takes the status from the document's own keys.
            status: StatusCode::from_u16(R::STATUS).unwrap_or(StatusCode::OK),
            make: Arc::new(move |body| serde_json::to_vec(&reply(R::deserialize(body)?))),
        }
    }

    /// Whether this is a reply of the operation of a method and a path template.
    pub fn is_for(&self, method: &Method, path: &str) -> bool {
        *method == self.method && path == self.path
    }

    /// The reply's JSON for a request body.
    ///
    /// # Errors
    /// When the body does not fit the request type: types are stricter than schemas at times.
    pub fn make(&self, body: &Value) -> Result<Vec<u8>, serde_json::Error> {
        (self.make)(body)
    }
}

impl fmt::Debug for TypedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "TypedReply({} {} {})",
            self.method, self.path, self.status
        )
    }
}
