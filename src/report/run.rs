//! What a run found: the data that all formats are written from.

use std::time::{Duration, SystemTime};

use super::Problem;
use crate::{
    description::{Finding, Location, Severity},
    diff::{Change, Side},
    journal::Tally,
};

/// What one run of a command found: findings of `lint`, or what a client or a provider did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// When it began.
    pub at: SystemTime,
    /// One for each API or description.
    pub suites: Vec<Suite>,
}

/// What was found of one API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    /// The API's name, or what its description is called.
    pub name: String,
    /// How much of what is documented was exercised, where that was counted.
    pub coverage: Option<Tally>,
    /// One for each thing that was tried, seen or read, in a fixed order.
    pub cases: Vec<Case>,
}

/// One thing that was tried, seen or read: an operation, a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it is, such as `POST /pets`. It is the same in every run, so that reports can be compared.
    pub name: String,
    /// Where the description has it; none for what is not described.
    pub stated: Option<Location>,
    /// How many exchanges it was seen in; none for a description.
    pub exchanges: usize,
    /// How long they took together.
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
        self.count(Severity::Error) == 0
    }

    /// How many problems it has of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.suites.iter().map(|suite| suite.count(severity)).sum()
    }
}

impl Suite {
    /// What was found in a description: one case, with a problem for each finding.
    ///
    /// ```
    /// use mynah::report::Suite;
    /// assert!(Suite::of_findings("pets.yaml", &[]).passes());
    /// ```
    pub fn of_findings(name: impl Into<String>, findings: &[Finding]) -> Self {
        let name = name.into();
        let case = Case {
            name: name.clone(),
            stated: None,
            exchanges: 0,
            took: Duration::ZERO,
            outcome: Outcome::Tried(findings.iter().map(Problem::from).collect()),
        };
        Self {
            name,
            coverage: None,
            cases: vec![case],
        }
    }

    /// What changed between two descriptions, as grave as it is for a side: a case for each operation that
    /// changed, with what changed there first.
    pub fn of_changes(name: impl Into<String>, changes: &[Change], side: Side) -> Self {
        let mut cases: Vec<Case> = Vec::new();
        for change in changes {
            let operation = change.operations.first();
            let name = operation.map_or("description", |operation| operation);
            let problem = Problem::of_change(change, side);
            match cases.last_mut() {
                Some(case) if case.name == name => case.add([problem]),
                _ => cases.push(Case {
                    name: name.to_owned(),
                    stated: None,
                    exchanges: 0,
                    took: Duration::ZERO,
                    outcome: Outcome::Tried(vec![problem]),
                }),
            }
        }
        Self {
            name: name.into(),
            coverage: None,
            cases,
        }
    }

    /// Whether nothing fails it: there are warnings at most.
    pub fn passes(&self) -> bool {
        self.cases.iter().all(Case::passes)
    }

    /// How many problems it has of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let problems = self.cases.iter().flat_map(Case::problems);
        problems.filter(|it| it.severity == severity).count()
    }

    /// How many exchanges it is about.
    pub fn exchanges(&self) -> usize {
        self.cases.iter().map(|case| case.exchanges).sum()
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

    /// Adds problems; those that are found again are counted.
    ///
    /// Alike are problems of the same rule, place and line of the description, whatever the values: the
    /// first has the sentence. A case that was skipped is so no more.
    pub fn add(&mut self, found: impl IntoIterator<Item = Problem>) {
        if let Outcome::Skipped(_) = self.outcome {
            self.outcome = Outcome::Tried(Vec::new());
        }
        let Outcome::Tried(problems) = &mut self.outcome else {
            return;
        };
        for problem in found {
            match problems.iter_mut().find(|other| other.is_like(&problem)) {
                Some(other) => other.times += problem.times,
                None => problems.push(problem),
            }
        }
    }

    /// Whether nothing fails it: there are warnings at most.
    pub fn passes(&self) -> bool {
        let mut problems = self.problems().iter();
        problems.all(|it| it.severity != Severity::Error)
    }
}
