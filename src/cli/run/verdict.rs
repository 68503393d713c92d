//! What is asked of a run, and what it falls short of.

use std::time::Duration;

use super::{super::args::Running, fakes::Seen, variables::name_for};
use crate::{
    journal::{ApiCoverage, Tally},
    report::{Case, Outcome, Problem, Shortfall, Suite},
};

/// The most things that a message lists as not exercised.
const MOST_LISTED: usize = 20;

/// A suite for each API, and one for the run as a whole.
pub(super) fn suites(running: &Running, seen: &[Seen]) -> Vec<Suite> {
    let mut suites: Vec<Suite> = seen.iter().map(suite).collect();
    let mut cases = vec![case("requests", requests(running, seen))];
    if let Some(percent) = running.min_coverage {
        cases.push(case("coverage", coverage(percent, seen)));
    }
    suites.push(Suite {
        name: "run".to_owned(),
        coverage: None,
        cases,
    });
    suites
}

fn suite(seen: &Seen) -> Suite {
    let mut suite = Suite::of_records(&seen.api, &seen.url, &seen.records);
    suite.cases.extend(seen.callbacks.iter().cloned());
    suite.coverage = Some(tally(seen));
    suite
}

fn case(name: &str, problems: Vec<Problem>) -> Case {
    Case {
        name: name.to_owned(),
        stated: None,
        exchanges: 0,
        took: Duration::ZERO,
        outcome: Outcome::Tried(problems),
    }
}

/// That there were requests, and that all of them were judged.
fn requests(running: &Running, seen: &[Seen]) -> Vec<Problem> {
    let uncalled = |one: &&Seen| one.records.is_empty();
    let mut problems = Vec::new();
    if !running.allow_no_requests {
        match running.names.is_empty() {
            // Of all that is built in, nobody uses everything.
            true if seen.iter().all(|one| uncalled(&one)) => {
                let message = "no request came to any API; the variables say where they are";
                problems.push(Shortfall::NoRequests.problem(message));
            }
            true => {}
            false => problems.extend(seen.iter().filter(uncalled).map(no_requests)),
        }
    }
    let overflowing = seen.iter().filter(|one| one.dropped > 0);
    problems.extend(overflowing.map(|one| {
        Shortfall::JournalOverflow.problem(format!(
            "{} requests to `{}` are not kept any more, so that nobody can tell about them",
            one.dropped,
            one.api.name()
        ))
    }));
    problems
}

fn no_requests(seen: &Seen) -> Problem {
    let name = seen.api.name();
    Shortfall::NoRequests.problem(format!(
        "no request came to `{name}`; {} says where it is",
        name_for(name)
    ))
}

fn coverage(percent: f64, seen: &[Seen]) -> Vec<Problem> {
    let tally: Tally = seen.iter().map(tally).sum();
    if tally.ratio() * 100.0 >= percent {
        return Vec::new();
    }
    let missing: Vec<String> = seen.iter().flat_map(missing).collect();
    let listed = missing.len().min(MOST_LISTED);
    let mut list = missing[..listed].join("; ");
    if missing.len() > listed {
        list.push_str(&format!("; and {} more", missing.len() - listed));
    }
    let message = format!(
        "{} of {} documented things were exercised, which is {:.1}%, and {percent}% are asked for; not \
         exercised: {list}",
        tally.exercised,
        tally.documented,
        tally.ratio() * 100.0
    );
    vec![Shortfall::CoverageTooLow.problem(message)]
}

/// What of an API was not exercised, by operation.
fn missing(seen: &Seen) -> Vec<String> {
    let operations = apis(seen).into_iter().flat_map(|api| api.operations);
    let missing = operations.filter_map(|operation| {
        let label = format!("{}: {}", seen.api.name(), operation.operation);
        if operation.count() == 0 {
            return Some(label);
        }
        let items = operation.items.iter().filter(|it| it.count == 0);
        let items: Vec<String> = items.map(|it| it.item.to_string()).collect();
        (!items.is_empty()).then(|| format!("{label} ({})", items.join(", ")))
    });
    missing.collect()
}

fn tally(seen: &Seen) -> Tally {
    apis(seen).iter().map(ApiCoverage::tally).sum()
}

fn apis(seen: &Seen) -> Vec<ApiCoverage> {
    let coverage = seen.coverage.coverage();
    coverage.map_or_else(Vec::new, |coverage| coverage.apis())
}
