//! Which of several operations a request is for, where no path tells them apart.

use super::{read, route::Captured};
use crate::{
    contract::{Api, Operation},
    exchange::{Place, Request, Violation},
};

/// An operation, and the parameters that its path would have.
pub(super) type Candidate<'a> = (&'a Operation, Captured<'a>);

/// The operation that the request keeps to, else the one that it is nearest to: with the fewest
/// violations outside the body, then with the fewest of all. Of equals, the first.
pub(super) fn meant<'a>(
    api: &Api,
    request: &Request,
    first: Candidate<'a>,
    others: impl Iterator<Item = Candidate<'a>>,
) -> Candidate<'a> {
    let distance_of = |it: &Candidate<'_>| distance(api, it.0, &it.1, request);
    let mut nearest = (distance_of(&first), first);
    for other in others {
        let distance = distance_of(&other);
        if distance < nearest.0 {
            nearest = (distance, other);
        }
    }
    nearest.1
}

fn distance(
    api: &Api,
    operation: &Operation,
    captured: &Captured<'_>,
    request: &Request,
) -> (usize, usize) {
    let mut violations = Vec::new();
    read(api, operation, captured, request, &mut violations);
    let is_outside = |it: &&Violation| !matches!(it.place, Place::Body(_));
    (
        violations.iter().filter(is_outside).count(),
        violations.len(),
    )
}
