//! What is wrong with a reply, and whose fault it is.

use serde_json::Value;

use crate::{
    Exchange, Violation,
    check::trial::Target,
    contract::{Operation, Precedence, StatusKey},
    description::Severity,
    exchange::{Cause, Place, Rule},
    report::{Blame, Problem},
};

/// Each way in which the reply leaves the contract.
pub(super) fn reply_problems(target: &Target<'_>, exchange: &Exchange) -> Vec<Problem> {
    let is_shown = is_documented_example(target, exchange);
    let violations = exchange.reply_violations.iter();
    violations.map(|it| of_violation(it, is_shown)).collect()
}

/// The same, where a status that is not documented is nothing to tell of.
pub(super) fn problems_but_status(target: &Target<'_>, exchange: &Exchange) -> Vec<Problem> {
    let is_shown = is_documented_example(target, exchange);
    let violations = exchange.reply_violations.iter();
    let others = violations.filter(|it| it.rule != Rule::Status);
    others.map(|it| of_violation(it, is_shown)).collect()
}

/// The same of a refusal: its status need not be documented, unless another is for the same cause.
pub(super) fn refusal_problems(
    target: &Target<'_>,
    cause: Cause,
    exchange: &Exchange,
) -> Vec<Problem> {
    let mut problems = problems_but_status(target, exchange);
    let mut violations = exchange.reply_violations.iter();
    if let Some(undocumented) = violations.find(|it| it.rule == Rule::Status)
        && let Some(documented) = suitable(target.operation, cause)
    {
        let mut problem = Problem::of_violation(undocumented, Blame::Provider);
        problem.message = format!("{}; {documented} is for this", problem.message);
        problems.push(problem);
    }
    problems
}

/// The status that is documented for a cause by itself.
fn suitable(operation: &Operation, cause: Cause) -> Option<u16> {
    let suitable = Precedence::HTTP.suitable(cause);
    let codes = suitable.iter().map(|status| status.as_u16());
    let mut codes = codes.filter(|code| {
        let mut replies = operation.replies.iter();
        replies.any(|reply| reply.key == StatusKey::Code(*code))
    });
    codes.next()
}

/// What nothing could be held against, and what the description itself shows, is the description's fault.
fn of_violation(violation: &Violation, is_shown: bool) -> Problem {
    let is_of_body = matches!(violation.place, Place::Body(_));
    match violation.rule {
        Rule::Undecidable | Rule::Faulty => Problem::of_violation(violation, Blame::Description),
        _ if is_shown && is_of_body => {
            let mut problem = Problem::of_violation(violation, Blame::Description);
            problem.severity = Severity::Warning;
            problem.message = format!("{}, as in the documented example", problem.message);
            problem
        }
        _ => Problem::of_violation(violation, Blame::Provider),
    }
}

/// Whether the body of the reply is what the description shows for it.
fn is_documented_example(target: &Target<'_>, exchange: &Exchange) -> bool {
    if exchange.reply_violations.is_empty() {
        return false;
    }
    let reply = &exchange.reply;
    let Some(documented) = target.operation.reply(reply.status.as_u16()) else {
        return false;
    };
    let examples = documented
        .content
        .iter()
        .flat_map(|content| &content.examples);
    let same_json = |one: &[u8], other: &[u8]| {
        let read = |bytes| serde_json::from_slice::<Value>(bytes).ok();
        read(one).is_some_and(|one| Some(one) == read(other))
    };
    let mut bodies = examples.map(|example| &example.reply().body);
    bodies.any(|body| *body == reply.body || same_json(body, &reply.body))
}
