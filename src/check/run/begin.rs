//! What requests to each operation begin with, or why there are none.

use super::Checker;
use crate::{
    check::plan::{Basis, is_of_credentials},
    report::{Blame, Problem},
};

impl Checker<'_> {
    /// Finds out what requests to each operation begin with, or why there are none.
    pub(super) fn begin(&mut self) {
        for index in 0..self.cases.len() {
            let (basis, skipped, problems) = self.basis(index);
            let (_, case) = &mut self.cases[index];
            case.basis = basis;
            case.skipped = skipped;
            case.problems = problems;
        }
    }

    fn basis(&self, index: usize) -> (Option<Basis>, Option<String>, Vec<Problem>) {
        let (operation, _) = self.cases[index];
        let skipped = |why: String| (None, Some(why), Vec::new());
        if !operation.faults.is_empty() {
            return skipped("the description has a fault here".to_owned());
        }
        if operation.success().key.hundreds() == Some(1) {
            return skipped("it takes the connection over".to_owned());
        }
        let method = operation.method();
        if !self.options.allows(method) {
            return skipped(format!("{method} may change data; --allow-unsafe sends it"));
        }
        let target = self.target(index);
        let logins = self.options.credentials.logins(operation);
        let login = logins.first().cloned().unwrap_or_default();
        let Some(basis) = Basis::of(&target, &login, self.options.seed) else {
            return skipped("nothing that keeps to the contract can be sent to it".to_owned());
        };
        if logins.is_empty() {
            let missing = self.options.credentials.missing(operation).join(" and ");
            let why = format!("it needs credentials: {missing} in the environment");
            return (Some(basis), Some(why), Vec::new());
        }
        let faults = target.faults(&basis.least).unwrap_or_default();
        let problems: Vec<Problem> = faults
            .iter()
            .filter(|fault| is_of_credentials(fault))
            .map(|fault| Problem::of_violation(fault, Blame::Client))
            .collect();
        match problems.is_empty() {
            true => (Some(basis), None, problems),
            false => (
                None,
                Some("its credentials have not their form".to_owned()),
                problems,
            ),
        }
    }
}
