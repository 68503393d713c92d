//! What a run found: the data that all formats are written from.

use std::time::Duration;

use super::Problem;
use crate::description::{Location, Severity};

/// What one run of a command found: findings of `lint`, or what a client or a provider did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// One for each API.
    pub suites: Vec<Suite>,
}

/// What was found of one API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    /// The API's name.
    pub name: String,
    /// One for each thing that was tried, seen or read, in a fixed order.
    pub cases: Vec<Case>,
}

/// One thing that was tried, seen or read: an operation, an exchange, a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it is, such as `POST /pets`.
    pub name: String,
    /// Where the description has it; none for what is not described.
    pub stated: Option<Location>,
    /// How long it took.
    pub took: Duration,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was tried, and these are its problems; none when all is well.
    Tried(Vec<Problem>),
    /// It was not tried; why.
    Skipped(String),
}

impl Run {
    /// Every problem, in the order of the cases.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let cases = self.suites.iter().flat_map(|suite| &suite.cases);
        cases.flat_map(Case::problems)
    }

    /// Whether nothing fails it: there are warnings at most.
    pub fn passes(&self) -> bool {
        self.problems().all(|it| it.severity != Severity::Error)
    }
}

impl Case {
    /// Its problems.
    pub fn problems(&self) -> &[Problem] {
        match &self.outcome {
            Outcome::Tried(problems) => problems,
            Outcome::Skipped(_) => &[],
        }
    }
}
