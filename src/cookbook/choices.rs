//! The requests that are tried for the replies of an operation, the smallest first.

use super::{Obtained, ask::Ask, refusals::Refusals, wanted::Wanted};
use crate::{
    Api,
    contract::{Draft, Operation},
    drafts::{Basis, Credentials, Login, Target, documented},
};

/// The requests to an operation.
pub(super) struct Choices<'a> {
    target: Target<'a>,
    /// What they begin with; `None` where nothing that keeps to the contract can be made.
    basis: Option<Basis>,
    /// Those that keep to the contract or are documented, with what comes of each.
    valid: Vec<(Ask, Obtained)>,
    refusals: Refusals,
}

impl<'a> Choices<'a> {
    /// Those of an operation; `none` are no credentials, since a fake's are known.
    pub(super) fn of(api: &'a Api, operation: &'a Operation, none: &'a Credentials) -> Self {
        let target = Target {
            api,
            operation,
            credentials: none,
            base: operation.base(),
        };
        let basis = Basis::of(&target, &login(operation), 0);
        let drafts = basis.as_ref().map(|basis| valid(&target, basis));
        let mut valid: Vec<(Ask, Obtained)> = Vec::new();
        for draft in drafts.into_iter().flatten() {
            let is_known = valid.iter().any(|(known, _)| known.draft == draft);
            let ask = Ask::plain(draft);
            if !is_known && let Some(obtained) = ask.answered(api, operation) {
                valid.push((ask, obtained));
            }
        }
        Self {
            target,
            basis,
            valid,
            refusals: Refusals::default(),
        }
    }

    /// The smallest request for a reply.
    ///
    /// # Errors
    /// Why none obtains it, in words.
    pub(super) fn find(&self, wanted: &Wanted<'_>) -> Result<Obtained, String> {
        let natural = self.natural(wanted).or_else(|| self.refused(wanted));
        natural.map_or_else(|| self.preferred(wanted), Ok)
    }

    /// The same among those that break a rule.
    pub(super) fn refused(&self, wanted: &Wanted<'_>) -> Option<Obtained> {
        let basis = self.basis.as_ref()?;
        self.refusals.find(&self.target, basis, wanted)
    }

    /// The same among those that keep to the contract, by `Accept` where that decides.
    fn natural(&self, wanted: &Wanted<'_>) -> Option<Obtained> {
        let operation = self.target.operation;
        let mut all = self.valid.iter().map(|(_, obtained)| obtained);
        if let Some(found) = all.find(|it| wanted.is_of(operation, &it.exchange)) {
            return Some(found.clone());
        }
        let of_status =
            |(_, it): &&(Ask, Obtained)| wanted.has_status(operation, it.exchange.choice.status);
        let same = self.valid.iter().filter(of_status);
        self.first(same.filter_map(|(ask, _)| ask.accepting(wanted)), wanted)
    }

    /// The same by `Prefer`.
    fn preferred(&self, wanted: &Wanted<'_>) -> Result<Obtained, String> {
        let is_right = |(_, it): &&(Ask, Obtained)| it.exchange.violations.is_empty();
        let right = self.valid.iter().find(is_right);
        // One that is wrong for the success alone may be right for another reply.
        let Some((least, _)) = right.or(self.valid.first()) else {
            return Err("no request that keeps to the contract can be made".to_owned());
        };
        if wanted.status(self.target.operation).is_none() {
            return Err(match wanted.reply.key.hundreds() {
                Some(1) => "an interim status is no reply",
                _ => "each of its statuses is documented by itself",
            }
            .to_owned());
        }
        let plain = least.preferring(self.target.operation, wanted);
        let accepting = |ask: &Ask| [Some(ask.clone()), ask.accepting(wanted)];
        let found = self.first(plain.iter().flat_map(accepting).flatten(), wanted);
        found.ok_or_else(|| self.why_not(plain.last(), wanted))
    }

    /// What came of the request that asks for the reply most clearly.
    fn why_not(&self, ask: Option<&Ask>, wanted: &Wanted<'_>) -> String {
        let ask = ask.map(|ask| ask.accepting(wanted).unwrap_or_else(|| ask.clone()));
        let obtained = ask.and_then(|ask| ask.answered(self.target.api, self.target.operation));
        let Some(Obtained { exchange, .. }) = obtained else {
            return "no request asks for it".to_owned();
        };
        match exchange.violations.first() {
            Some(fault) => fault.to_string(),
            None => format!("another reply comes first: {}", exchange.choice),
        }
    }

    fn first(&self, asks: impl Iterator<Item = Ask>, wanted: &Wanted<'_>) -> Option<Obtained> {
        let Target { api, operation, .. } = self.target;
        let mut answered = asks.filter_map(|ask| ask.answered(api, operation));
        answered.find(|it| wanted.is_of(operation, &it.exchange))
    }
}

/// Requests that keep to the contract, the smallest first, and documented ones.
fn valid(target: &Target<'_>, basis: &Basis) -> Vec<Draft> {
    let bare = Draft {
        body: None,
        ..basis.least.clone()
    };
    let is_enough = target.faults(&bare).is_some_and(|it| it.is_empty());
    let mut drafts: Vec<Draft> = is_enough.then_some(bare).into_iter().collect();
    drafts.push(basis.least.clone());
    drafts.extend(documented(target, basis).into_iter().map(|it| it.draft));
    drafts
}

/// The fewest credentials that let a request in.
fn login(operation: &Operation) -> Login {
    let fewest = operation
        .security
        .iter()
        .min_by_key(|needed| needed.credentials.len());
    let credentials = fewest.into_iter().flat_map(|needed| &needed.credentials);
    credentials
        .map(|it| (it.scheme.clone(), it.scheme.sample_secret().to_owned()))
        .collect()
}
