//! The counts of one API, which threads add to without a lock.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU64, Ordering},
};

use ahash::AHashMap;
use http::header::CONTENT_TYPE;

use super::{ApiCoverage, Covered, Item, OperationCoverage, presence};
use crate::{
    contract::{Api, Operation, StatusKey},
    exchange::{Exchange, MediaType, ReplySource},
};

/// The counts of one API.
pub(super) struct CountedApi {
    pub(super) api: Arc<Api>,
    by_label: AHashMap<Arc<str>, usize>,
    /// One for each operation of the API, made when it is first exercised.
    operations: Vec<OnceLock<Counts>>,
}

/// What is documented of one operation, and how often each was exercised.
struct Counts {
    items: Vec<Item>,
    /// Shared with the counts of another version of the API.
    counts: Vec<Arc<AtomicU64>>,
}

impl CountedApi {
    /// Nothing exercised yet.
    pub(super) fn of(api: &Arc<Api>) -> Self {
        let operations = api.operations();
        let labels = operations.iter().map(|it| Arc::clone(it.label()));
        Self {
            api: Arc::clone(api),
            by_label: labels.zip(0..).collect(),
            operations: operations.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Another version of the API: what is still documented goes on counting with its count.
    pub(super) fn followed_by(&self, api: &Arc<Api>) -> Self {
        let next = Self::of(api);
        for (operation, counts) in api.operations().iter().zip(&next.operations) {
            let before = self.by_label.get(operation.label());
            if let Some(before) = before.and_then(|index| self.operations[*index].get()) {
                counts.get_or_init(|| Counts::after(operation, before));
            }
        }
        next
    }

    /// Counts an exchange with one of its operations; whether it was one.
    pub(super) fn record(&self, label: &str, exchange: &Exchange) -> bool {
        let Some(index) = self.by_label.get(label) else {
            return false;
        };
        let operation = &self.api.operations()[*index];
        let counts = self.operations[*index].get_or_init(|| Counts::of(operation));
        counts.record(operation, exchange);
        true
    }

    /// What was counted so far.
    pub(super) fn coverage(&self) -> ApiCoverage {
        let operations = self.api.operations().iter().zip(&self.operations);
        let coverage = |(operation, counts): (&Operation, &OnceLock<Counts>)| OperationCoverage {
            operation: Arc::clone(operation.label()),
            stated: self.api.locate(operation.pointer()),
            items: match counts.get() {
                Some(counts) => counts.covered(),
                None => Counts::of(operation).covered(),
            },
        };
        ApiCoverage {
            name: Arc::clone(self.api.name()),
            title: self.api.title().to_owned(),
            operations: operations.map(coverage).collect(),
        }
    }
}

impl Counts {
    fn of(operation: &Operation) -> Self {
        let items = Item::all_of(operation);
        Self {
            counts: items.iter().map(|_| Arc::default()).collect(),
            items,
        }
    }

    fn after(operation: &Operation, before: &Self) -> Self {
        let items = Item::all_of(operation);
        let count = |item: &Item| {
            let known = before.items.iter().position(|other| other == item);
            known.map_or_else(Arc::default, |at| Arc::clone(&before.counts[at]))
        };
        Self {
            counts: items.iter().map(count).collect(),
            items,
        }
    }

    fn record(&self, operation: &Operation, exchange: &Exchange) {
        let request = &exchange.request;
        let given = Given::of(operation, exchange);
        let body = presence::body(operation, request);
        // Both are in the order of the items.
        let mut parameters = presence::parameters(operation, request).into_iter();
        let mut bodies = 0..;
        for (item, count) in self.items.iter().zip(&self.counts) {
            let is_exercised = match item {
                Item::Operation => true,
                Item::Parameter(..) => parameters.next().unwrap_or_default(),
                Item::RequestBody(_) => bodies.next() == body,
                Item::Reply(key, media_type) => given.is(*key, media_type.as_deref()),
                Item::Example(key, media_type, name) => {
                    given.example == Some(&**name) && given.is(*key, Some(media_type))
                }
            };
            if is_exercised {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    fn covered(&self) -> Vec<Covered> {
        let pairs = self.items.iter().zip(&self.counts);
        let covered = |(item, count): (&Item, &Arc<AtomicU64>)| Covered {
            item: item.clone(),
            count: count.load(Ordering::Relaxed),
        };
        pairs.map(covered).collect()
    }
}

/// The documented reply that was given.
struct Given<'a> {
    key: Option<StatusKey>,
    media_type: Option<&'a str>,
    example: Option<&'a str>,
}

impl<'a> Given<'a> {
    fn of(operation: &'a Operation, exchange: &'a Exchange) -> Self {
        let reply = &exchange.reply;
        let documented = operation.reply(reply.status.as_u16());
        let label = || exchange.choice.media_type.as_deref();
        let sent = || reply.headers.get(CONTENT_TYPE)?.to_str().ok();
        let media_type = documented.and_then(|documented| {
            let contents = &documented.content;
            let is_label = |text: &str| contents.iter().find(|it| *it.label == *text);
            let included = || {
                let sent = MediaType::parse(sent()?)?;
                contents.iter().find(|it| it.media_type.includes(&sent))
            };
            let content = label().and_then(is_label).or_else(included)?;
            Some(&*content.label)
        });
        Self {
            key: documented.map(|documented| documented.key),
            media_type,
            example: match &exchange.choice.source {
                ReplySource::Example(name) => name.as_deref(),
                _ => None,
            },
        }
    }

    /// Whether it is a documented one; one without content is given whatever came with it.
    fn is(&self, key: StatusKey, media_type: Option<&str>) -> bool {
        self.key == Some(key) && (media_type.is_none() || self.media_type == media_type)
    }
}
