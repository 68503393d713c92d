//! Documented requests: what is to come of each.

use super::Basis;
use crate::{
    Violation,
    check::trial::{Aim, Origin, Target, Trial},
    drafts::documented,
};

/// The documented requests of an operation.
pub(in crate::check) struct Examples {
    /// Those to be sent.
    pub(in crate::check) trials: Vec<Trial>,
    /// Those that leave the contract themselves: where each stands, as a JSON pointer, and how.
    pub(in crate::check) invalid: Vec<(String, Violation)>,
}

/// The documented requests, each with the success or the refusal that is documented for it.
pub(in crate::check) fn examples(target: &Target<'_>, basis: &Basis) -> Examples {
    let mut found = Examples {
        trials: Vec::new(),
        invalid: Vec::new(),
    };
    for request in documented(target, basis) {
        if !request.is_refused && !request.faults.is_empty() {
            found.invalid.extend(request.faults);
            continue;
        }
        let aim = match request.is_refused {
            true => Aim::AsDocumented,
            false => Aim::Success(Origin::Example),
        };
        let draft = request.draft;
        let is_new = found.trials.iter().all(|trial| trial.draft != draft);
        if is_new {
            found.trials.push(Trial { draft, aim });
        }
    }
    found
}
