//! What is known of one operation so far.

use std::{collections::HashSet, time::Duration};

use serde_json::Value;

use super::plan::Basis;
use crate::{
    contract::Operation,
    description::{Location, Severity},
    report::{Blame, Case, Conduct, Outcome, Problem},
};

/// How many requests of each kind there were, and how many had the right reply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests that keep to the contract.
    pub valid: usize,
    /// Those of them that were answered with a documented success.
    pub served: usize,
    /// Requests that leave the contract.
    pub invalid: usize,
    /// Those of them that were refused.
    pub refused: usize,
}

impl Tally {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            valid: self.valid + other.valid,
            served: self.served + other.served,
            invalid: self.invalid + other.invalid,
            refused: self.refused + other.refused,
        }
    }
}

/// An operation while it is checked.
#[derive(Default)]
pub(super) struct Progressing {
    pub(super) tally: Tally,
    pub(super) exchanges: usize,
    pub(super) took: Duration,
    pub(super) problems: Vec<Problem>,
    /// Why it is not tried, or not any more.
    pub(super) skipped: Option<String>,
    /// What requests to it begin with.
    pub(super) basis: Option<Basis>,
    /// Parameters that name something that is there, by their index.
    pub(super) known: Vec<(usize, Value)>,
    /// Whether a request was served.
    pub(super) has_served: bool,
    /// The links that were followed.
    pub(super) followed: HashSet<String>,
    /// What was sent, by its hash.
    pub(super) sent: HashSet<u64>,
}

impl Progressing {
    /// The problem that is known by the same rule at the same place, where there is one.
    pub(super) fn alike(&mut self, problem: &Problem) -> Option<&mut Problem> {
        self.problems
            .iter_mut()
            .find(|known| is_alike(known, problem))
    }

    /// What came of it.
    pub(super) fn into_case(mut self, operation: &Operation, stated: Location) -> Case {
        if self.skipped.is_none() && self.tally.valid > 0 && self.tally.served == 0 {
            self.problems.extend(self.unserved(&stated));
        }
        let outcome = match (self.skipped, self.problems.is_empty()) {
            (Some(why), true) => Outcome::Skipped(why),
            _ => Outcome::Tried(self.problems),
        };
        Case {
            name: operation.label().to_string(),
            stated: Some(stated),
            exchanges: self.exchanges,
            took: self.took,
            outcome,
        }
    }

    /// That nothing was seen to work, where nothing is wrong either.
    fn unserved(&self, stated: &Location) -> Option<Problem> {
        let is_failed = |it: &Problem| it.severity == Severity::Error;
        if self.problems.iter().any(is_failed) {
            return None;
        }
        let message = format!(
            "none of {} requests that keep to the contract was served, so that nothing is known of it; give an \
             example of what is there, or a link that leads here",
            self.tally.valid
        );
        Some(Problem {
            code: Conduct::NothingServed.code().into(),
            severity: Severity::Warning,
            blame: Blame::Description,
            place: None,
            message,
            stated: Some(stated.clone()),
            times: 1,
            repeat: None,
            change: None,
        })
    }
}

/// Whether two problems are one that was found twice.
pub(super) fn is_alike(one: &Problem, other: &Problem) -> bool {
    one.code == other.code
        && one.blame == other.blame
        && one.stated == other.stated
        && place(one) == place(other)
}

/// A place whatever the item of a list.
fn place(problem: &Problem) -> Option<String> {
    let place = problem.place.as_deref()?;
    let is_index = |token: &str| !token.is_empty() && token.bytes().all(|it| it.is_ascii_digit());
    let tokens = place.split('/').map(|token| {
        let (number, rest) = token.split_at(token.find('`').unwrap_or(token.len()));
        match is_index(number) {
            true => format!("*{rest}"),
            false => token.to_owned(),
        }
    });
    Some(tokens.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(code: &'static str, place: &str) -> Problem {
        Problem {
            code: code.into(),
            severity: Severity::Error,
            blame: Blame::Provider,
            place: Some(place.to_owned()),
            message: place.to_owned(),
            stated: None,
            times: 1,
            repeat: None,
            change: None,
        }
    }

    #[test]
    fn items_of_a_list_have_one_problem() {
        for (one, other, want) in [
            ("body `/0/id`", "body `/17/id`", true),
            ("body `/3`", "body `/4`", true),
            ("body `/a`", "body `/b`", false),
            ("body `/0/id`", "body `/0/name`", false),
            ("status", "status", true),
        ] {
            assert_eq!(
                is_alike(&problem("type", one), &problem("type", other)),
                want,
                "{one} {other}"
            );
        }
        assert!(!is_alike(
            &problem("type", "status"),
            &problem("enum", "status")
        ));
    }
}
