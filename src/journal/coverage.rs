//! How much of what descriptions document was exercised.

mod counted;
mod item;
mod presence;
mod undocumented;

pub use item::{Item, ItemKind};
pub use undocumented::{Undocumented, UndocumentedCall};

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use arc_swap::ArcSwap;

use super::Record;
use crate::{Api, description::Location};
use counted::CountedApi;
use undocumented::Calls;

/// How often each thing that APIs document was exercised, counted as exchanges are recorded: what
/// falls off a journal stays counted.
///
/// An [`Item`] is exercised by any exchange with the operation that has it, whether or not the
/// exchange keeps to the contract: a refusal with a documented status exercises that reply. Threads
/// count at the same time; documented calls take no lock.
///
/// ```
/// use std::sync::Arc;
/// use mynah::{Api, Description, Source, answer, journal::{Coverage, Record}};
///
/// let text = "
/// openapi: 3.1.0
/// info: {title: Pets, version: '1'}
/// paths:
///   /pets:
///     get: {responses: {'200': {description: All}, '404': {description: None}}}
/// ";
/// let api = Api::compile(Description::load(Source::new("pets.yaml", text)).unwrap()).unwrap();
/// let api = Arc::new(api);
/// let coverage = Coverage::of(&[Arc::clone(&api)]);
///
/// let call = |path| {
///     let request = http::Request::get(path).body("".into()).unwrap();
///     let exchange = answer(&api, request.into());
///     coverage.record(&Record::new(Some(api.name().clone()), std::time::SystemTime::now(), exchange));
/// };
/// call("/pets");
/// call("/dogs");
///
/// // Of the operation and its two replies, one reply is missing.
/// assert_eq!(coverage.ratio(), 2.0 / 3.0);
/// assert_eq!(coverage.undocumented().count(), 1);
/// ```
pub struct Coverage {
    apis: ArcSwap<Vec<Arc<CountedApi>>>,
    undocumented: Mutex<Calls>,
}

/// What of one API was exercised.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiCoverage {
    /// The API's name.
    pub name: Arc<str>,
    /// Its title.
    pub title: String,
    /// One for each operation, in the document's order.
    pub operations: Vec<OperationCoverage>,
}

/// What of one operation was exercised.
#[derive(Debug, Clone, PartialEq)]
pub struct OperationCoverage {
    /// Method and path template, as `POST /pets`.
    pub operation: Arc<str>,
    /// Where the operation is described.
    pub stated: Location,
    /// All that is documented of it, the operation itself first.
    pub items: Vec<Covered>,
}

/// How often one thing was exercised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// What.
    pub item: Item,
    /// In how many exchanges.
    pub count: u64,
}

/// How many of several things were exercised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that were exercised at least once.
    pub exercised: usize,
    /// All that are documented.
    pub documented: usize,
}

impl Coverage {
    /// The coverage of APIs, nothing of which is exercised yet.
    pub fn of(apis: &[Arc<Api>]) -> Self {
        let mut counted: Vec<Arc<CountedApi>> = Vec::new();
        for api in apis {
            if counted.iter().all(|other| other.api.name() != api.name()) {
                counted.push(Arc::new(CountedApi::of(api)));
            }
        }
        Self {
            apis: ArcSwap::from_pointee(counted),
            undocumented: Mutex::default(),
        }
    }

    /// Goes on with another version of an API that it has: what both document keeps its count. Does
    /// nothing for the version that it has already.
    pub fn follow(&self, api: &Arc<Api>) {
        let is_older =
            |it: &Arc<CountedApi>| it.api.name() == api.name() && !it.api.has_description_of(api);
        let apis = self.apis.load();
        let is_known = apis.iter().any(|it| Arc::ptr_eq(&it.api, api));
        if is_known || !apis.iter().any(is_older) {
            return;
        }
        drop(apis);
        self.apis.rcu(|apis| {
            let next = apis.iter().map(|it| match is_older(it) {
                true => Arc::new(it.followed_by(api)),
                false => Arc::clone(it),
            });
            next.collect::<Vec<_>>()
        });
    }

    /// Counts an exchange.
    pub fn record(&self, record: &Record) {
        let exchange = &record.exchange;
        let apis = self.apis.load();
        let mut named = apis.iter();
        let api = named.find(|it| Some(it.api.name()) == record.api.as_ref());
        let is_documented = match (&exchange.operation, api) {
            (Some(operation), Some(api)) => api.record(operation, exchange),
            (Some(_), None) => false,
            // What HTTP itself answers, as `OPTIONS`, is no call of anything.
            (None, _) => exchange.violations.is_empty(),
        };
        if !is_documented {
            self.calls().add(record);
        }
    }

    /// What was exercised, API by API.
    pub fn apis(&self) -> Vec<ApiCoverage> {
        self.apis.load().iter().map(|api| api.coverage()).collect()
    }

    /// The part of all items that was exercised, from 0 to 1: each operation, each of its
    /// parameters, each media type of its requests, each documented reply (status and media type)
    /// and each named example of a reply is one item. Where nothing is documented, it is 0.
    pub fn ratio(&self) -> f64 {
        let apis = self.apis();
        let tally = apis.iter().map(ApiCoverage::tally).sum::<Tally>();
        tally.ratio()
    }

    /// The calls of what is not documented: no such path, method or API, or a body that could not be
    /// read.
    pub fn undocumented(&self) -> Undocumented {
        self.calls().counted()
    }

    fn calls(&self) -> MutexGuard<'_, Calls> {
        // No change to it is ever half done.
        self.undocumented
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coverage")
            .field("ratio", &self.ratio())
            .finish_non_exhaustive()
    }
}

impl ApiCoverage {
    /// How many of its items were exercised.
    pub fn tally(&self) -> Tally {
        let operations = self.operations.iter();
        operations.map(OperationCoverage::tally).sum()
    }

    /// The same of one kind of items.
    pub fn tally_of(&self, kind: ItemKind) -> Tally {
        let items = self.operations.iter().flat_map(|it| &it.items);
        Tally::of(items.filter(|it| it.item.kind() == kind))
    }
}

impl OperationCoverage {
    /// In how many exchanges it was called.
    pub fn count(&self) -> u64 {
        self.items.first().map_or(0, |operation| operation.count)
    }

    /// How many of its items were exercised.
    pub fn tally(&self) -> Tally {
        Tally::of(self.items.iter())
    }
}

impl Tally {
    fn of<'a>(items: impl Iterator<Item = &'a Covered>) -> Self {
        let one = |covered: &Covered| Self {
            exercised: usize::from(covered.count > 0),
            documented: 1,
        };
        items.map(one).sum()
    }

    /// The part that was exercised, from 0 to 1; of nothing, 0.
    pub fn ratio(self) -> f64 {
        match self.documented {
            0 => 0.0,
            documented => self.exercised as f64 / documented as f64,
        }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, tally| Self {
            exercised: sum.exercised + tally.exercised,
            documented: sum.documented + tally.documented,
        })
    }
}

#[cfg(test)]
mod tests;
