//! How the command answered callbacks: what it answers has to keep to the contract too.

use std::sync::Arc;
use std::{
    io::{self, Write},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::{
    outbound::{Delivery, Listener},
    report::{Blame, Case, Outcome, Problem},
};

/// Adds each callback that was answered to its case. One that was not is told at once: that nobody
/// listens is no fault, but good to know.
pub(super) fn listener(cases: &Arc<Mutex<Vec<Case>>>) -> Listener {
    let cases = Arc::clone(cases);
    Listener::new(move |delivery| match &delivery.outcome {
        Ok(_) => add(
            &mut cases.lock().unwrap_or_else(PoisonError::into_inner),
            delivery,
        ),
        Err(_) => {
            // Standard error is the last resort: there is nowhere to say that it fails.
            let _ = writeln!(io::stderr(), "mynah: {delivery}");
        }
    })
}

/// The cases so far.
pub(super) fn taken(cases: &Mutex<Vec<Case>>) -> Vec<Case> {
    let mut cases = cases.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut cases)
}

fn add(cases: &mut Vec<Case>, delivery: &Delivery) {
    let Ok(answered) = &delivery.outcome else {
        return;
    };
    let name = format!("callback {}", delivery.callback.name);
    let at = cases.iter().position(|case| case.name == name);
    let at = at.unwrap_or_else(|| {
        cases.push(Case {
            name,
            stated: None,
            exchanges: 0,
            took: Duration::ZERO,
            outcome: Outcome::Tried(Vec::new()),
        });
        cases.len() - 1
    });
    let case = &mut cases[at];
    case.exchanges += 1;
    let found = answered.violations.iter();
    case.add(found.map(|violation| Problem::of_violation(violation, Blame::Client)));
}
