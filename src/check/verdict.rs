//! What came of a trial, held against what was to come of it: whose fault is what.

use http::{Method, StatusCode, header::ALLOW};

use super::trial::{Aim, Lack, Origin, Target, Trial};
use crate::{
    Exchange, Violation,
    client::Received,
    contract::{Operation, Precedence},
    description::Severity,
    exchange::{Cause, Place, Rule},
    report::{Blame, Conduct, Problem},
};

/// What came of a trial.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// What is wrong.
    pub(super) problems: Vec<Problem>,
    /// What it showed.
    pub(super) outcome: Outcome,
}

/// What a trial showed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The operation did what it documents.
    Served,
    /// A request that is to be refused was.
    Refused,
    /// Nothing: what the request is about is not there, or not in a state for it.
    #[default]
    Nothing,
}

/// Judges a trial by its exchange.
pub(super) fn verdict(
    target: &Target<'_>,
    trial: &Trial,
    exchange: &Exchange,
    received: &Received,
) -> Verdict {
    let status = exchange.reply.status;
    let mut verdict = match &trial.aim {
        Aim::Success(origin) => of_success(target, origin, exchange),
        Aim::AsDocumented => Verdict {
            problems: reply_problems(target, exchange),
            outcome: Outcome::Nothing,
        },
        Aim::Refusal(fault) => of_refusal(target, fault, exchange),
        Aim::Unauthorized(lack) => of_unauthorized(target, *lack, exchange),
        Aim::NoMethod(documented) => of_method(documented, exchange),
        Aim::AsGet(status, length) => of_head(target, *status, *length, exchange),
    };
    if status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED {
        let message = format!("{} is a failure of the provider", status.as_u16());
        verdict = Verdict::of(problem(Conduct::ServerError.code(), Place::Status, message));
    }
    if received.has_more {
        let message = format!("content follows a {}, which has none", status.as_u16());
        verdict
            .problems
            .push(problem("no-content", Place::Body(String::new()), message));
    }
    verdict
}

impl Verdict {
    fn of(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
            outcome: Outcome::Nothing,
        }
    }

    fn nothing() -> Self {
        Self::default()
    }
}

/// A problem of the provider.
pub(super) fn problem(code: &'static str, place: Place, message: String) -> Problem {
    Problem {
        code: code.into(),
        severity: Severity::Error,
        blame: Blame::Provider,
        place: Some(place.to_string()),
        message,
        stated: None,
        times: 1,
        repeat: None,
    }
}

fn of_success(target: &Target<'_>, origin: &Origin, exchange: &Exchange) -> Verdict {
    let status = exchange.reply.status;
    if !status.is_client_error() && status != StatusCode::NOT_IMPLEMENTED {
        return Verdict {
            problems: reply_problems(target, exchange),
            outcome: Outcome::Served,
        };
    }
    let of_reply = || problems_but_status(target, exchange);
    match (status.as_u16(), origin) {
        (404 | 410, Origin::Linked(how)) => {
            let message = format!("{} for what {how} names", status.as_u16());
            Verdict::of(problem(Conduct::Link.code(), Place::Path, message))
        }
        // What is made, and what a description shows, need not be there.
        (404 | 410, _) if target.operation.path().contains('{') => Verdict {
            problems: of_reply(),
            outcome: Outcome::Nothing,
        },
        (401, _) if !target.operation.security.is_empty() => {
            let message = "401: the credentials are refused".to_owned();
            Verdict::of(Problem {
                blame: Blame::Client,
                ..problem(Conduct::CredentialsRefused.code(), Place::Status, message)
            })
        }
        // The state of things, permissions and limits are not the contract's.
        (402 | 403 | 409 | 412 | 423 | 424 | 428 | 429 | 451, _) => Verdict {
            problems: of_reply(),
            outcome: Outcome::Nothing,
        },
        (code, _) => {
            let what = match origin {
                Origin::Example => "a documented example",
                _ => "a request that keeps to the contract",
            };
            let message = format!("{code} for {what}");
            let mut problem = problem(Conduct::ValidRefused.code(), Place::Status, message);
            problem.stated = Some(target.api.locate(target.operation.pointer()));
            Verdict::of(problem)
        }
    }
}

fn of_refusal(target: &Target<'_>, fault: &Violation, exchange: &Exchange) -> Verdict {
    let status = exchange.reply.status;
    if !status.is_client_error() {
        let rule = fault.rule.code();
        let message = format!(
            "{} though it breaks `{rule}`: {}",
            status.as_u16(),
            fault.message
        );
        let mut problem = problem(
            Conduct::InvalidAccepted.code(),
            fault.place.clone(),
            message,
        );
        problem.stated = fault.stated.clone();
        return Verdict::of(problem);
    }
    Verdict {
        problems: refusal_problems(target, fault.rule.cause(), exchange),
        outcome: Outcome::Refused,
    }
}

fn of_unauthorized(target: &Target<'_>, lack: Lack, exchange: &Exchange) -> Verdict {
    let status = exchange.reply.status;
    if status.is_success() {
        let without = match lack {
            Lack::Credentials => "without the credentials that are needed",
            Lack::RightCredentials => "with credentials that nobody has",
        };
        let message = format!("{} {without}", status.as_u16());
        let mut problem = problem(Conduct::CredentialsIgnored.code(), Place::Status, message);
        let first = target.operation.security.first();
        let first = first.and_then(|needed| needed.credentials.first());
        problem.stated = first.map(|credential| credential.stated.clone());
        return Verdict::of(problem);
    }
    Verdict {
        problems: refusal_problems(target, Cause::Credentials, exchange),
        outcome: Outcome::Refused,
    }
}

/// A method that is not documented is answered with 405, which names those that are (RFC 9110 section
/// 15.5.6). Who may not call anything is told that first.
fn of_method(documented: &[Method], exchange: &Exchange) -> Verdict {
    let reply = &exchange.reply;
    let code = reply.status.as_u16();
    let method = &exchange.request.method;
    if code == 405 && reply.headers.contains_key(ALLOW) {
        let fields = reply.headers.get_all(ALLOW).iter();
        let fields = fields.filter_map(|field| field.to_str().ok());
        let named: Vec<&str> = fields.flat_map(|it| it.split(',')).map(str::trim).collect();
        let lacks = documented.iter().find(|it| !named.contains(&it.as_str()));
        let message = match lacks {
            Some(lacks) => format!(
                "`{lacks}` is documented, and not among {}",
                named.join(", ")
            ),
            None if named.contains(&method.as_str()) => {
                format!("`{method}` is said to be there, and refused")
            }
            None => {
                return Verdict {
                    problems: Vec::new(),
                    outcome: Outcome::Refused,
                };
            }
        };
        return Verdict::of(problem(
            Conduct::Allow.code(),
            Place::Header("Allow".into()),
            message,
        ));
    }
    match code {
        405 => {
            let message = "a 405 has to say which methods there are (RFC 9110 section 15.5.6)";
            Verdict::of(problem(
                Conduct::Allow.code(),
                Place::Header("Allow".into()),
                message.to_owned(),
            ))
        }
        401 | 403 | 501 => Verdict::nothing(),
        _ => {
            let message = format!(
                "{code} for `{method}`, which is not documented; HTTP has 405 for that (RFC 9110 section 15.5.6)"
            );
            let severity = match reply.status.is_client_error() {
                true => Severity::Warning,
                false => Severity::Error,
            };
            Verdict::of(Problem {
                severity,
                ..problem("unknown-method", Place::Method, message)
            })
        }
    }
}

/// `HEAD` has the status and the header fields of `GET` (RFC 9110 section 9.3.2).
fn of_head(
    target: &Target<'_>,
    status: StatusCode,
    length: Option<u64>,
    exchange: &Exchange,
) -> Verdict {
    let reply = &exchange.reply;
    if reply.status != status {
        let (head, get) = (reply.status.as_u16(), status.as_u16());
        let message = format!("{head} for `HEAD`, where `GET` has {get} (RFC 9110 section 9.3.2)");
        return Verdict::of(problem(Conduct::Head.code(), Place::Status, message));
    }
    let own = super::length(&reply.headers);
    if own == Some(0) && length.is_some_and(|length| length > 0) {
        let message = "0 for `HEAD`, where `GET` has content (RFC 9110 section 8.6)".to_owned();
        return Verdict::of(problem(
            Conduct::Head.code(),
            Place::Header("Content-Length".into()),
            message,
        ));
    }
    Verdict {
        problems: reply_problems(target, exchange),
        outcome: Outcome::Nothing,
    }
}

/// Each way in which the reply leaves the contract.
fn reply_problems(target: &Target<'_>, exchange: &Exchange) -> Vec<Problem> {
    let is_shown = is_documented_example(target, exchange);
    let violations = exchange.reply_violations.iter();
    violations.map(|it| of_violation(it, is_shown)).collect()
}

/// The same, where a status that is not documented is nothing to tell of.
fn problems_but_status(target: &Target<'_>, exchange: &Exchange) -> Vec<Problem> {
    let is_shown = is_documented_example(target, exchange);
    let violations = exchange.reply_violations.iter();
    let others = violations.filter(|it| it.rule != Rule::Status);
    others.map(|it| of_violation(it, is_shown)).collect()
}

/// The same of a refusal: its status need not be documented, unless another is for the same cause.
fn refusal_problems(target: &Target<'_>, cause: Cause, exchange: &Exchange) -> Vec<Problem> {
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
        use crate::contract::StatusKey;
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
        let read = |bytes| serde_json::from_slice::<serde_json::Value>(bytes).ok();
        read(one).is_some_and(|one| Some(one) == read(other))
    };
    let mut bodies = examples.map(|example| &example.reply().body);
    bodies.any(|body| *body == reply.body || same_json(body, &reply.body))
}
