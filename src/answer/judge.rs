//! A real exchange held against the contract: a client's request, and what a provider replied.

mod protocol;
mod reply;

use std::sync::Arc;

use super::{read, refuse, route};
use crate::{
    contract::{Api, Operation},
    exchange::{Choice, Exchange, Reply, ReplySource, Request, Violation, Why},
};
pub(crate) use reply::Documented;
use route::Route;

/// Holds an exchange with a real provider against the contract, in both directions: the request as
/// [`answer`](super::answer) does, and the reply against what is documented for its status. Nothing is
/// chosen and no callbacks are due: the exchange is told as it was.
///
/// A reply of an operation is held against its status, its media type, its body and its header fields.
/// Where no content is documented, any will do. What cannot be held against the contract is a violation
/// too, [`Rule::Undecidable`](crate::exchange::Rule::Undecidable).
///
/// ```
/// use http::StatusCode;
/// use mynah::{Api, Description, Reply, Source, answer::judge};
///
/// let text = r#"
/// openapi: 3.1.0
/// info: {title: Pets, version: '1'}
/// paths:
///   /pets/{id}:
///     get:
///       parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
///       responses: {'200': {description: One, content: {application/json: {schema: {required: [id]}}}}}
/// "#;
/// let api = Api::compile(Description::load(Source::new("pets.yaml", text)).unwrap()).unwrap();
/// let request = http::Request::get("/pets/1").body("".into()).unwrap();
/// let exchange = judge(&api, request.into(), Reply::with_content(StatusCode::OK, "application/json", "{}"));
///
/// assert_eq!(exchange.violations, []);
/// assert_eq!(
///     exchange.reply_violations[0].to_string(),
///     "body `/id`: required, but missing [required] (pets.yaml:8:93)",
/// );
/// ```
pub fn judge(api: &Api, request: Request, reply: Reply) -> Exchange {
    let held = hold(api, &request);
    let mut reply_violations = held.operation.map_or_else(Vec::new, |operation| {
        of_operation(api, operation, &request, &reply)
    });
    reply_violations.extend(protocol::check(&request.method, &reply));
    Exchange {
        operation: held.operation.map(|it| Arc::clone(it.label())),
        violations: held.violations,
        reply_violations,
        choice: Choice {
            status: reply.status,
            media_type: None,
            source: ReplySource::Observed,
            why: Why::Observed,
        },
        reply: Arc::new(reply),
        callbacks: Vec::new(),
        request,
    }
}

/// What was found in a request.
#[derive(Default)]
pub(crate) struct Held<'a> {
    /// The operation that it is for; `None` where there is none.
    pub(crate) operation: Option<&'a Operation>,
    /// Every way in which it leaves the contract.
    pub(crate) violations: Vec<Violation>,
}

/// Holds a request against the contract.
pub(crate) fn hold<'a>(api: &'a Api, request: &'a Request) -> Held<'a> {
    match route::find(api, request) {
        Route::Operation(operation, captured) => {
            let mut violations = refuse::of_faults(operation);
            read(api, operation, &captured, request, &mut violations);
            Held {
                operation: Some(operation),
                violations,
            }
        }
        Route::Methods(_) => Held::default(),
        Route::Refused(violation, _) => Held {
            operation: None,
            violations: vec![violation],
        },
    }
}

fn of_operation(
    api: &Api,
    operation: &Operation,
    request: &Request,
    reply: &Reply,
) -> Vec<Violation> {
    match api.expected(operation) {
        Ok(replies) => {
            let documented = Documented {
                replies,
                operation: operation.pointer(),
                method: &request.method,
                limit: request.body_limit(),
            };
            documented.check(api, reply)
        }
        Err(fault) => vec![reply::undecidable(fault)],
    }
}
