//! The requests that are tried for the replies of an operation, each once, the smallest first.

use std::cell::OnceCell;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::{Obtained, ask::Ask, wanted::Wanted};
use crate::{
    Api,
    contract::{BodyValue, Draft, DraftBody, In, Operation},
    drafts::{Basis, Credentials, Login, Target, documented, variants},
    exchange::{Cause, Why},
};

/// A media type that nobody has.
const UNKNOWN_TYPE: &str = "application/x-mynah";

/// The requests to an operation.
pub(super) struct Choices<'a> {
    api: &'a Api,
    operation: &'a Operation,
    /// What they begin with; `None` where nothing that keeps to the contract can be made.
    basis: Option<Basis>,
    /// Those that keep to the contract or are documented, with what comes of each.
    valid: Vec<(Ask, Obtained)>,
    /// For each cause that a request is refused for, the smallest that is.
    refused: OnceCell<Vec<Obtained>>,
}

impl<'a> Choices<'a> {
    pub(super) fn of(api: &'a Api, operation: &'a Operation) -> Self {
        let credentials = Credentials::default();
        let target = target(api, operation, &credentials);
        let basis = Basis::of(&target, &login(operation), 0);
        let mut drafts = Vec::new();
        if let Some(basis) = &basis {
            let bare = without_body(&basis.least);
            let is_enough = target.faults(&bare).is_some_and(|it| it.is_empty());
            drafts.extend(is_enough.then_some(bare));
            drafts.push(basis.least.clone());
            drafts.extend(documented(&target, basis).into_iter().map(|it| it.draft));
        }
        let mut valid: Vec<(Ask, Obtained)> = Vec::new();
        for draft in drafts {
            let is_known = valid.iter().any(|(known, _)| known.draft == draft);
            let ask = Ask::plain(draft);
            if !is_known && let Some(obtained) = ask.answered(api, operation) {
                valid.push((ask, obtained));
            }
        }
        Self {
            api,
            operation,
            basis,
            valid,
            refused: OnceCell::new(),
        }
    }

    /// The smallest request for a reply.
    ///
    /// # Errors
    /// Why none obtains it, in words.
    pub(super) fn find(&self, wanted: &Wanted<'_>) -> Result<Obtained, String> {
        if let Some(obtained) = self.natural(wanted) {
            return Ok(obtained);
        }
        match self.refused(wanted) {
            Ok(obtained) => Ok(obtained),
            Err(_) => self.preferred(wanted),
        }
    }

    /// The same among those that break a rule.
    pub(super) fn refused(&self, wanted: &Wanted<'_>) -> Result<Obtained, String> {
        let mut refused = self.refused.get_or_init(|| self.refusals()).iter();
        let found = refused.find(|it| wanted.is_of(self.operation, &it.exchange));
        found
            .cloned()
            .ok_or_else(|| "no request is refused so".to_owned())
    }

    /// The same among those that keep to the contract, by `Accept` where that decides.
    fn natural(&self, wanted: &Wanted<'_>) -> Option<Obtained> {
        let as_it_stands = self.valid.iter().map(|(_, obtained)| obtained);
        let mut as_it_stands = as_it_stands.filter(|it| wanted.is_of(self.operation, &it.exchange));
        as_it_stands.next().cloned().or_else(|| {
            let accepting = self
                .valid
                .iter()
                .filter_map(|(ask, _)| ask.accepting(wanted));
            self.first(accepting, wanted)
        })
    }

    fn preferred(&self, wanted: &Wanted<'_>) -> Result<Obtained, String> {
        let is_right = |(_, it): &&(Ask, Obtained)| it.exchange.violations.is_empty();
        let Some((least, _)) = self.valid.iter().find(is_right) else {
            let first = self.valid.first();
            let fault = first.and_then(|(_, it)| it.exchange.violations.first());
            return Err(match fault {
                Some(fault) => format!("no request keeps to the contract: {fault}"),
                None => "no request that keeps to the contract can be made".to_owned(),
            });
        };
        if wanted.status(self.operation).is_none() {
            return Err(match wanted.reply.key.hundreds() {
                Some(1) => "an interim status is no reply",
                _ => "each of its statuses is documented by itself",
            }
            .to_owned());
        }
        let plain = least.preferring(self.operation, wanted);
        let both = plain
            .iter()
            .flat_map(|ask| [Some(ask.clone()), ask.accepting(wanted)]);
        let found = self.first(both.flatten(), wanted);
        found.ok_or_else(|| self.why_not(plain.last(), wanted))
    }

    /// What came of the request that asks for the reply most clearly.
    fn why_not(&self, ask: Option<&Ask>, wanted: &Wanted<'_>) -> String {
        let ask = ask.map(|ask| ask.accepting(wanted).unwrap_or_else(|| ask.clone()));
        let obtained = ask.and_then(|ask| ask.answered(self.api, self.operation));
        let exchange = obtained.map(|it| it.exchange);
        let fault = exchange
            .as_ref()
            .and_then(|exchange| exchange.violations.first());
        match (fault, &exchange) {
            (Some(fault), _) => fault.to_string(),
            (None, Some(exchange)) => format!("another reply comes first: {}", exchange.choice),
            (None, None) => "no request asks for it".to_owned(),
        }
    }

    fn first(&self, asks: impl Iterator<Item = Ask>, wanted: &Wanted<'_>) -> Option<Obtained> {
        let mut answered = asks.filter_map(|ask| ask.answered(self.api, self.operation));
        answered.find(|it| wanted.is_of(self.operation, &it.exchange))
    }

    /// For each cause the first of the requests that is refused for it.
    fn refusals(&self) -> Vec<Obtained> {
        let Some(basis) = &self.basis else {
            return Vec::new();
        };
        let of = |cause: Cause| {
            let is_it = |it: &Obtained| it.exchange.choice.why == Why::Refused(cause);
            let asks = self.breaking(basis, cause).into_iter();
            let mut answered = asks.filter_map(|ask| ask.answered(self.api, self.operation));
            answered.find(is_it).or_else(|| {
                // Every value at every edge is tried only where nothing simpler is refused.
                let asks = (cause == Cause::Content).then(|| self.variants(basis));
                let asks = asks.into_iter().flatten();
                asks.filter_map(|ask| ask.answered(self.api, self.operation))
                    .find(is_it)
            })
        };
        let causes = [
            Cause::Credentials,
            Cause::Content,
            Cause::Syntax,
            Cause::MediaType,
            Cause::NotAcceptable,
        ];
        causes.into_iter().filter_map(of).collect()
    }

    /// Requests that may be refused for a cause, the smallest first.
    fn breaking(&self, basis: &Basis, cause: Cause) -> Vec<Ask> {
        let least = &basis.least;
        match cause {
            Cause::Credentials => vec![Ask::plain(Draft {
                credentials: Vec::new(),
                ..least.clone()
            })],
            Cause::NotAcceptable => vec![Ask {
                accept: Some(UNKNOWN_TYPE.to_owned()),
                ..self.least(basis)
            }],
            Cause::MediaType => changed(least, |body| DraftBody {
                media_type: Some(UNKNOWN_TYPE.to_owned()),
                ..body.clone()
            }),
            Cause::Syntax => changed(least, |body| DraftBody {
                says: BodyValue::Bytes(Bytes::from_static(b"{")),
                ..body.clone()
            }),
            Cause::Content => {
                let bare = Ask::plain(without_body(least));
                let optional = (0..least.parameters.len()).filter(|index| self.may_lack(*index));
                let lacking = optional.filter_map(|index| {
                    let mut draft = least.clone();
                    draft.parameters[index].take()?;
                    Some(Ask::plain(draft))
                });
                let empty = changed(least, |body| DraftBody {
                    says: BodyValue::Value(Value::Object(Map::new())),
                    ..body.clone()
                });
                std::iter::once(bare).chain(lacking).chain(empty).collect()
            }
            _ => Vec::new(),
        }
    }

    fn variants(&self, basis: &Basis) -> impl Iterator<Item = Ask> {
        let credentials = Credentials::default();
        let target = target(self.api, self.operation, &credentials);
        let is_whole = |draft: &Draft| {
            let mut lacking =
                (0..draft.parameters.len()).filter(|it| draft.parameters[*it].is_none());
            lacking.all(|index| self.may_lack(index))
        };
        let all = variants(&target, basis).into_iter();
        all.filter(is_whole).map(Ask::plain)
    }

    /// Whether a request can be without a parameter: the path has all of its own.
    fn may_lack(&self, index: usize) -> bool {
        self.operation.parameters[index].place != In::Path
    }

    /// The smallest that keeps to the contract.
    fn least(&self, basis: &Basis) -> Ask {
        let first = self.valid.first();
        first.map_or_else(|| Ask::plain(basis.least.clone()), |(ask, _)| ask.clone())
    }
}

/// What is asked for requests; their credentials are known to all.
fn target<'a>(api: &'a Api, operation: &'a Operation, none: &'a Credentials) -> Target<'a> {
    Target {
        api,
        operation,
        credentials: none,
        base: operation.base(),
    }
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

fn without_body(draft: &Draft) -> Draft {
    Draft {
        body: None,
        ..draft.clone()
    }
}

/// The request with another body, where it has one.
fn changed(draft: &Draft, change: impl Fn(&DraftBody) -> DraftBody) -> Vec<Ask> {
    let body = draft.body.as_ref().map(change);
    let with = |body| {
        Ask::plain(Draft {
            body: Some(body),
            ..draft.clone()
        })
    };
    body.map(with).into_iter().collect()
}
