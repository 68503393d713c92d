//! Which requests are sent to an operation. The contract itself says of each whether it keeps to it.

mod examples;
mod methods;

use super::trial::{Aim, Lack, Origin, Target, Trial};
pub(super) use crate::drafts::{Basis, is_of_credentials};
use crate::{
    contract::Draft,
    drafts::{self, Broken, Login, wrong},
};
pub(super) use examples::examples;
pub(super) use methods::{as_get, undocumented};

/// Made requests that keep to the contract: with as little as there has to be, with all, and with each
/// part at each edge of what it may be.
pub(super) fn valid(target: &Target<'_>, basis: &Basis) -> Vec<Trial> {
    let all = drafts::variants(target, basis);
    let keep = |draft: &Draft| target.faults(draft).is_some_and(|faults| faults.is_empty());
    let trials = all.into_iter().filter(keep).map(|draft| Trial {
        draft,
        aim: Aim::Success(Origin::Made),
    });
    trials.collect()
}

/// Requests that break one rule each.
pub(super) fn invalid(target: &Target<'_>, basis: &Basis) -> Vec<Trial> {
    let refused = |broken: Broken| Trial {
        draft: broken.draft,
        aim: Aim::Refusal(broken.fault),
    };
    let all = drafts::invalid(target, basis).into_iter();
    all.map(refused).collect()
}

/// The same request with each of the other credentials that would do.
pub(super) fn logins(basis: &Basis, logins: &[Login]) -> Vec<Trial> {
    let with = |login: &Login| Trial {
        draft: Draft {
            credentials: login.clone(),
            ..basis.least.clone()
        },
        aim: Aim::Success(Origin::Made),
    };
    logins.iter().skip(1).map(with).collect()
}

/// The request without its credentials, where some are needed.
pub(super) fn without_credentials(target: &Target<'_>, basis: &Basis) -> Option<Trial> {
    let draft = Draft {
        credentials: Vec::new(),
        ..basis.least.clone()
    };
    let faults = target.faults(&draft)?;
    let is_all = faults.iter().all(is_of_credentials);
    (is_all && !faults.is_empty()).then_some(Trial {
        draft,
        aim: Aim::Unauthorized(Lack::Credentials),
    })
}

/// The request with credentials that nobody has, where some are needed.
pub(super) fn with_wrong_credentials(target: &Target<'_>, basis: &Basis) -> Option<Trial> {
    let is_open = target.operation.security.is_empty()
        || (target.operation.security.iter()).any(|needed| needed.credentials.is_empty());
    let draft = Draft {
        credentials: wrong(&basis.least.credentials),
        ..basis.least.clone()
    };
    // One that has not even its form is another matter.
    let has_form = target.faults(&draft).is_some_and(|it| it.is_empty());
    (!is_open && has_form).then_some(Trial {
        draft,
        aim: Aim::Unauthorized(Lack::RightCredentials),
    })
}
