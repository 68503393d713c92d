//! Requests that break one rule each.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::{Basis, Target, variants};
use crate::{
    Violation,
    contract::{BodyValue, Draft, DraftBody},
    exchange::Cause,
};

/// A media type that no server takes.
const UNKNOWN_TYPE: &str = "application/x-mynah";

/// As many ways to break the same rule at the same place.
const MAX_ALIKE: usize = 2;

/// A request that breaks a rule.
pub(crate) struct Broken {
    /// The request.
    pub(crate) draft: Draft,
    /// How it breaks it.
    pub(crate) fault: Violation,
}

/// How many faults a request has, which it is, and the request.
type Breaking = (usize, usize, Broken);

/// Requests that break a rule: of each rule at each place those that break no other, where there are such.
pub(crate) fn invalid(target: &Target<'_>, basis: &Basis) -> Vec<Broken> {
    let mut drafts = variants::all(target, basis);
    drafts.extend(misread(target, basis));
    let mut by_rule: BTreeMap<(String, String), Vec<Breaking>> = BTreeMap::new();
    for (number, draft) in drafts.into_iter().enumerate() {
        let Some(faults) = target.faults(&draft) else {
            continue;
        };
        let Some(first) = broken(&faults) else {
            continue;
        };
        let key = (first.place.to_string(), first.rule.code().to_owned());
        let fault = first.clone();
        let alike = by_rule.entry(key).or_default();
        alike.push((faults.len(), number, Broken { draft, fault }));
        alike.sort_by_key(|(faults, number, _)| (*faults, *number));
        alike.truncate(MAX_ALIKE);
    }
    let mut all: Vec<Breaking> = by_rule.into_values().flatten().collect();
    all.sort_by_key(|(_, number, _)| *number);
    all.into_iter().map(|(.., broken)| broken).collect()
}

/// The rule that is broken; `None` where none is, or one that is not the client's to keep.
fn broken(faults: &[Violation]) -> Option<&Violation> {
    let is_clients = |fault: &Violation| {
        matches!(
            fault.rule.cause(),
            Cause::MediaType | Cause::Syntax | Cause::Content
        )
    };
    faults.first().filter(|_| faults.iter().all(is_clients))
}

/// The body as another media type, and what is none of its media type.
fn misread(target: &Target<'_>, basis: &Basis) -> Vec<Draft> {
    let Some(body) = &basis.least.body else {
        return Vec::new();
    };
    let mut bodies = vec![DraftBody {
        media_type: Some(UNKNOWN_TYPE.to_owned()),
        ..body.clone()
    }];
    if let Some(written) = target.request(&basis.least) {
        let bytes = written.into_body();
        // Of one that is empty nothing can be cut off.
        let half = bytes.slice(..bytes.len().min(bytes.len() / 2 + 1));
        let cut = [
            half,
            Bytes::from_static(b"{\"mynah\":"),
            Bytes::from_static(b"\xff"),
        ];
        bodies.extend(cut.map(|bytes| DraftBody {
            says: BodyValue::Bytes(bytes),
            ..body.clone()
        }));
    }
    bodies
        .into_iter()
        .map(|body| basis.with_body(body))
        .collect()
}
