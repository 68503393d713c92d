//! From a request to its reply, in stages that only report; the stage `choose` alone decides.
//!
//! Everything here is synchronous and pure: no socket, no clock, no random source. The same request
//! to the same [`Api`] gives the same bytes, always.

mod authenticate;
mod callback;
mod choice_field;
mod choose;
mod decode;
mod matching;
mod meant;
mod negotiate;
mod prefer;
mod refuse;
mod render;
mod route;
pub(crate) mod validate;

use std::sync::Arc;

use crate::{
    contract::{Api, Operation},
    exchange::{Callback, Choice, Exchange, Reply, Request, Violation},
};
use callback::Moment;
use choose::Asked;
pub(crate) use decode::header_value;
use route::{Captured, Route};

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
    let answered = match route::find(api, &request) {
        Route::Operation(operation, _) if !operation.faults.is_empty() => refuse::faulty(operation),
        Route::Operation(operation, captured) => to_operation(api, operation, &captured, &request),
        Route::Methods(methods) => route::options(&methods),
        Route::Refused(violation, methods) => refuse::unrouted(api, violation, &methods),
    };
    Exchange {
        operation: answered.operation,
        violations: answered.violations,
        reply: choice_field::add(api, answered.reply, &answered.choice, &request),
        choice: answered.choice,
        callbacks: answered.callbacks,
        request,
    }
}

/// The stages of a request to a known operation, in order.
fn to_operation(
    api: &Api,
    operation: &Operation,
    captured: &Captured<'_>,
    request: &Request,
) -> Answered {
    let mut violations = Vec::new();
    authenticate::authenticate(api, operation, request, &mut violations);
    let plain = prefer::without(operation, request);
    let decoded = decode::decode(api, operation, captured, &plain, &mut violations);
    validate::validate(api, &decoded, &mut violations);
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

/// An exchange without its request.
struct Answered {
    operation: Option<Arc<str>>,
    violations: Vec<Violation>,
    choice: Choice,
    reply: Arc<Reply>,
    callbacks: Vec<Callback>,
}
