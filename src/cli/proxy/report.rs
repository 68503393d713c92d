//! What `mynah proxy --report` says.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use crate::{
    Api,
    journal::Journal,
    report::{Case, Outcome, Run, Shortfall, Suite},
};

/// The most exchanges that a report is made of, and the most bytes of them together.
const MAX_EXCHANGES: usize = 100_000;
const MAX_BYTES: usize = 512 << 20;

/// A journal for what is to be reported.
pub(super) fn journal() -> Arc<Journal> {
    Arc::new(Journal::bounded(MAX_EXCHANGES, MAX_BYTES))
}

/// What a report says of the exchanges, the last ones where there were more than are kept.
pub(super) fn run(api: &Arc<Api>, url: &str, journal: &Journal, at: SystemTime) -> Run {
    let mut suite = Suite::of_records(api, url, &journal.records());
    if journal.dropped() > 0 {
        let message = format!(
            "{} exchanges before the last ones are not in this report",
            journal.dropped()
        );
        suite.cases.push(Case {
            name: "exchanges".to_owned(),
            stated: None,
            exchanges: 0,
            took: Duration::ZERO,
            outcome: Outcome::Tried(vec![Shortfall::JournalOverflow.problem(message)]),
        });
    }
    Run {
        at,
        suites: vec![suite],
    }
}
