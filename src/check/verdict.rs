//! What came of a trial, held against what was to come of it: whose fault is what.

mod method;
mod reply;

use http::StatusCode;

use super::trial::{Aim, Lack, Origin, Target, Trial};
use crate::{
    Exchange, Violation,
    client::Received,
    contract::StatusKey,
    description::Severity,
    exchange::{Cause, Place, Rule},
    report::{Blame, Conduct, Problem},
};
use method::{of_head, of_method};
use reply::{problems_but_status, refusal_problems, reply_problems};

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
        verdict = Verdict::of(problem(Conduct::ServerError, Place::Status, message));
    }
    if received.has_more {
        let message = format!("content follows a {}, which has none", status.as_u16());
        let stray = Violation {
            place: Place::Body(String::new()),
            rule: Rule::NoContent,
            message,
            stated: None,
        };
        let problem = Problem::of_violation(&stray, Blame::Provider);
        verdict.problems.push(problem);
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
pub(super) fn problem(conduct: Conduct, place: Place, message: String) -> Problem {
    Problem {
        code: conduct.code().into(),
        severity: Severity::Error,
        blame: Blame::Provider,
        place: Some(place.to_string()),
        message,
        stated: None,
        times: 1,
        repeat: None,
        change: None,
    }
}

fn of_success(target: &Target<'_>, origin: &Origin, exchange: &Exchange) -> Verdict {
    let status = exchange.reply.status;
    // An operation may document nothing but a refusal.
    let is_documented = target.operation.success().key == StatusKey::Code(status.as_u16());
    let is_refused = status.is_client_error() || status == StatusCode::NOT_IMPLEMENTED;
    if is_documented || !is_refused {
        return Verdict {
            problems: reply_problems(target, exchange),
            outcome: Outcome::Served,
        };
    }
    let of_reply = || problems_but_status(target, exchange);
    match (status.as_u16(), origin) {
        (404 | 410, Origin::Linked(how)) => {
            let message = format!("{} for what {how} names", status.as_u16());
            Verdict::of(problem(Conduct::Link, Place::Path, message))
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
                ..problem(Conduct::CredentialsRefused, Place::Status, message)
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
            let mut problem = problem(Conduct::ValidRefused, Place::Status, message);
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
        let mut problem = problem(Conduct::InvalidAccepted, fault.place.clone(), message);
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
        let mut problem = problem(Conduct::CredentialsIgnored, Place::Status, message);
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
