//! Methods that are not documented, which HTTP itself has an answer for.

use http::{Method, StatusCode};

use super::Basis;
use crate::{
    answer::hold,
    check::{
        options::Options,
        trial::{Aim, Target, Trial},
    },
    contract::Draft,
    exchange::Rule,
};

/// The methods that paths are seen to lack, in this order.
const USUAL: [Method; 5] = [
    Method::GET,
    Method::PATCH,
    Method::PUT,
    Method::POST,
    Method::DELETE,
];

/// A request by a method that the path does not have; `None` where it has all that may be sent.
pub(in crate::check) fn undocumented(
    target: &Target<'_>,
    basis: &Basis,
    options: &Options,
) -> Option<Trial> {
    let path = target.operation.path();
    let of_path = target
        .api
        .operations()
        .iter()
        .filter(|it| it.path() == path);
    let documented: Vec<Method> = of_path.map(|it| it.method().clone()).collect();
    let allowed = USUAL.into_iter().filter(|method| options.allows(method));
    let mut drafts = allowed.map(|method| Draft {
        method,
        body: None,
        ..basis.least.clone()
    });
    let draft = drafts.find(|draft| is_unknown(target, draft))?;
    let aim = Aim::NoMethod(documented);
    Some(Trial { draft, aim })
}

/// Whether no operation at all is meant: paths may overlap.
fn is_unknown(target: &Target<'_>, draft: &Draft) -> bool {
    let Some(request) = target.request(draft) else {
        return false;
    };
    let request = target.held(request);
    let held = hold(target.api, &request);
    let mut rules = held.violations.iter().map(|it| &it.rule);
    held.operation.is_none() && rules.any(|rule| *rule == Rule::UnknownMethod)
}

/// `HEAD` in the place of a `GET` that had this reply; `None` where it is documented by itself.
pub(in crate::check) fn as_get(
    target: &Target<'_>,
    draft: &Draft,
    status: StatusCode,
    length: Option<u64>,
) -> Option<Trial> {
    let path = target.operation.path();
    let mut of_path = target
        .api
        .operations()
        .iter()
        .filter(|it| it.path() == path);
    if target.operation.method() != Method::GET || of_path.any(|it| it.method() == Method::HEAD) {
        return None;
    }
    Some(Trial {
        draft: Draft {
            method: Method::HEAD,
            ..draft.clone()
        },
        aim: Aim::AsGet(status, length),
    })
}
