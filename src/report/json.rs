//! A run for programs. `docs/reports.md` describes it; a change that is none for who reads it by
//! that description keeps the version.

use serde_json::{Value, json};

use super::{Case, Outcome, Problem, Run, Suite};
use crate::{
    contract::Direction,
    description::{Location, Severity},
    diff::Change,
};

/// The version of the form.
const VERSION: u32 = 1;

/// One object: the run with its suites, their cases and their problems.
pub(super) fn render(run: &Run) -> String {
    let report = json!({
        "version": VERSION,
        "mynah": env!("CARGO_PKG_VERSION"),
        "at": super::timestamp(run.at) + "Z",
        "passes": run.passes(),
        "errors": run.count(Severity::Error),
        "warnings": run.count(Severity::Warning),
        "suites": run.suites.iter().map(suite).collect::<Vec<_>>(),
    });
    format!("{report:#}\n")
}

fn suite(suite: &Suite) -> Value {
    json!({
        "name": suite.name,
        "coverage": suite.coverage.map(|tally| json!({
            "exercised": tally.exercised,
            "documented": tally.documented,
        })),
        "cases": suite.cases.iter().map(case).collect::<Vec<_>>(),
    })
}

fn case(case: &Case) -> Value {
    let outcome = match &case.outcome {
        Outcome::Skipped(_) => "skipped",
        Outcome::Tried(_) if case.passes() => "passed",
        Outcome::Tried(_) => "failed",
    };
    let why = match &case.outcome {
        Outcome::Skipped(why) => Some(why),
        Outcome::Tried(_) => None,
    };
    json!({
        "name": case.name,
        "stated": case.stated.as_ref().map(location),
        "exchanges": case.exchanges,
        "seconds": case.took.as_secs_f64(),
        "outcome": outcome,
        "skipped": why,
        "problems": case.problems().iter().map(problem).collect::<Vec<_>>(),
    })
}

fn problem(problem: &Problem) -> Value {
    json!({
        "code": problem.code,
        "severity": problem.severity.as_str(),
        "blame": problem.blame.as_str(),
        "place": problem.place,
        "message": problem.message,
        "stated": problem.stated.as_ref().map(location),
        "times": problem.times,
        "repeat": problem.repeat,
        "change": problem.change.as_deref().map(change),
    })
}

fn change(change: &Change) -> Value {
    let direction = change.direction.map(|direction| match direction {
        Direction::Request => "request",
        Direction::Reply => "reply",
    });
    json!({
        "client": change.verdicts.client.as_str(),
        "provider": change.verdicts.provider.as_str(),
        "direction": direction,
        "operations": change.operations.iter().map(|it| &**it).collect::<Vec<_>>(),
        "subject": change.subject.to_string(),
        "pointer": change.pointer,
        "old": change.old.as_ref().map(location),
        "new": change.new.as_ref().map(location),
    })
}

fn location(location: &Location) -> Value {
    json!({
        "file": &*location.file,
        "line": location.line,
        "column": location.column,
    })
}
