//! From a request to its reply, in stages that only report; the stage `choose` alone decides.
//!
//! Everything here is synchronous and pure: no socket, no clock, no random source. The same request
//! to the same [`Api`] gives the same bytes, always.

mod authenticate;
mod callback;
mod choice_field;
mod choose;
mod decode;
mod judge;
mod link;
mod matching;
mod meant;
mod negotiate;
mod prefer;
mod refuse;
mod render;
mod route;
mod validate;
mod values;

pub(crate) use prefer::written as quoted;
pub(crate) use refuse::errors;

use std::sync::Arc;

use serde_json::Value;

use crate::{
    contract::{Api, Content, Operation, Parameter},
    exchange::{Callback, Choice, Exchange, Reply, Request, Violation},
};
use choose::Asked;
use decode::Decoded;
pub(crate) use decode::uncoded;
pub use judge::judge;
pub(crate) use judge::{Documented, Held, hold};
pub(crate) use link::{Handed, handed_on};
use route::{Captured, Route};
use values::Moment;

/// Answers a request: with the documented reply when it keeps to the contract, with a refusal in
/// the API's own shape when it does not.
///
/// ```
/// use mynah::{Api, Description, Source, answer};
///
/// let text = r#"
/// openapi: 3.1.0
/// info: {title: Pets, version: '1'}
/// paths:
///   /pets/{id}:
///     get:
///       parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
///       responses: {'200': {description: One, content: {application/json: {example: {id: 1}}}}}
/// "#;
/// let api = Api::compile(Description::load(Source::new("pets.yaml", text)).unwrap()).unwrap();
/// let get = |path| answer(&api, http::Request::get(path).body("".into()).unwrap().into());
///
/// assert_eq!(get("/pets/1").reply.body, r#"{"id":1}"#);
/// let refused = get("/pets/one");
/// assert_eq!(refused.reply.status, 422);
/// assert_eq!(
///     refused.violations[0].to_string(),
///     "path parameter `id`: expected integer, found string \"one\" [type] (pets.yaml:7:72)",
/// );
/// ```
pub fn answer(api: &Api, request: Request) -> Exchange {
    to(api, &request).exchange(request)
}

/// The answer to a request that is still there when answering it panics.
pub(crate) fn to(api: &Api, request: &Request) -> Answered {
    let mut answered = match route::find(api, request) {
        Route::Operation(operation, _) if !operation.faults.is_empty() => refuse::faulty(operation),
        Route::Operation(operation, captured) => to_operation(api, operation, &captured, request),
        Route::Methods(methods) => route::options(&methods),
        Route::Refused(violation, methods) => refuse::unrouted(api, violation, &methods),
    };
    answered.reply = choice_field::add(api, answered.reply, &answered.choice, request);
    answered
}

/// What a request to a known operation says, as values.
pub(crate) struct Inputs<'a> {
    /// The operation.
    pub(crate) operation: &'a Operation,
    /// The parameters that are there.
    pub(crate) parameters: Vec<(&'a Parameter, Value)>,
    /// The body, when there is one.
    pub(crate) body: Option<(&'a Content, Value)>,
}

/// Reads what a request says; `None` when it is for no operation.
pub(crate) fn inputs<'a>(api: &'a Api, request: &'a Request) -> Option<Inputs<'a>> {
    let Route::Operation(operation, captured) = route::find(api, request) else {
        return None;
    };
    let decoded = decode::decode(api, operation, &captured, request, &mut Vec::new());
    let value =
        |(parameter, cell): &(&'a Parameter, u32)| (*parameter, decoded.values.node(*cell).value());
    Some(Inputs {
        operation,
        parameters: decoded.parameters.iter().map(value).collect(),
        body: decoded
            .body
            .as_ref()
            .map(|body| (body.content, body.tape.root().value())),
    })
}

/// The stages of a request to a known operation, in order.
fn to_operation(
    api: &Api,
    operation: &Operation,
    captured: &Captured<'_>,
    request: &Request,
) -> Answered {
    let mut violations = Vec::new();
    let decoded = read(api, operation, captured, request, &mut violations);
    let asked = Asked {
        request,
        preference: prefer::read(operation, request, &mut violations),
        matched: matching::find(api, operation, &decoded, request),
    };
    let decision = choose::choose(api, operation, &asked, &mut violations);
    let (choice, reply) = render::render(api, operation, captured, &decoded, decision, &violations);
    let callbacks = match violations.is_empty() {
        true => callback::due(
            api,
            operation,
            &Moment {
                request,
                captured,
                decoded: &decoded,
                reply: &reply,
            },
        ),
        false => Vec::new(),
    };
    Answered {
        operation: Some(Arc::clone(operation.label())),
        violations,
        choice,
        reply,
        callbacks,
    }
}

/// The first of these stages, which any request goes through: what it says, and every way in which it
/// leaves the contract.
fn read<'a>(
    api: &Api,
    operation: &'a Operation,
    captured: &Captured<'_>,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Decoded<'a> {
    authenticate::authenticate(api, operation, request, violations);
    let plain = prefer::without(operation, request);
    let decoded = decode::decode(api, operation, captured, &plain, violations);
    validate::validate(api, &decoded, violations);
    decoded
}

/// An exchange without its request.
pub(crate) struct Answered {
    operation: Option<Arc<str>>,
    violations: Vec<Violation>,
    choice: Choice,
    reply: Arc<Reply>,
    callbacks: Vec<Callback>,
}

impl Answered {
    /// The exchange with its request.
    pub(crate) fn exchange(self, request: Request) -> Exchange {
        Exchange {
            operation: self.operation,
            violations: self.violations,
            reply_violations: Vec::new(),
            reply: self.reply,
            choice: self.choice,
            callbacks: self.callbacks,
            request,
        }
    }
}
