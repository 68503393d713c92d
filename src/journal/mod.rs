//! The bounded memory of exchanges, and what is counted from them.

mod coverage;
mod file;
mod har;
mod judged;
mod kept;
mod line;
mod query;
mod record;
mod redact;
mod shown;

pub use coverage::{
    ApiCoverage, Coverage, Covered, Item, ItemKind, OperationCoverage, Tally, Undocumented,
    UndocumentedCall,
};
pub use file::{JournalFile, OpenError, Trouble, Unwritten};
pub use har::{HarEntry, HarError, from_har, to_har};
pub use judged::Known;
pub use line::{LineError, Secrets};
pub use query::{Broken, NoStatus, Query, Statuses};
pub use record::Record;
pub use redact::REDACTED;
pub(crate) use redact::without_secrets;
pub use shown::{Message, Shown};

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::exchange::Exchange;
use kept::Kept;

/// The last exchanges of a server, bounded in number and in bytes; the oldest fall off first.
///
/// Shared between the threads that serve and those that ask. The lock is held for as long as it takes
/// to put a pointer in and another one out: records are made before it and dropped after it.
pub struct Journal {
    max_exchanges: usize,
    max_bytes: usize,
    ring: Mutex<Ring>,
    coverage: Option<Coverage>,
}

#[derive(Default)]
struct Ring {
    records: VecDeque<Arc<Kept>>,
    bytes: usize,
    dropped: u64,
    /// How many there were in all, also before the last clearing.
    recorded: u64,
}

/// What fell off a ring at once. That is mostly one record, for which no list is made.
struct Dropped {
    _first: Option<Arc<Kept>>,
    _others: Vec<Arc<Kept>>,
}

impl Default for Journal {
    /// A journal of 1,000 exchanges, of 64 MiB together.
    fn default() -> Self {
        Self::bounded(1000, 64 << 20)
    }
}

impl Journal {
    /// A journal that keeps at most so many exchanges, and so many bytes of them together.
    ///
    /// The bytes are an estimate: both bodies, the header fields, and a fixed share for the rest.
    pub fn bounded(max_exchanges: usize, max_bytes: usize) -> Self {
        Self {
            max_exchanges,
            max_bytes,
            ring: Mutex::default(),
            coverage: None,
        }
    }

    /// The same journal, with a coverage that each record is counted in.
    #[must_use]
    pub fn counting(self, coverage: Coverage) -> Self {
        Self {
            coverage: Some(coverage),
            ..self
        }
    }

    /// The coverage that its records are counted in.
    pub fn coverage(&self) -> Option<&Coverage> {
        self.coverage.as_ref()
    }

    /// Adds a record and gives it its number; the oldest make room for it.
    pub fn record(&self, record: Record) {
        if let Some(coverage) = &self.coverage {
            coverage.record(&record);
        }
        let kept = Arc::new(Kept::of(record));
        let dropped = self.ring().add(kept, self.max_exchanges, self.max_bytes);
        // Freed without the lock.
        drop(dropped);
    }

    /// The records kept, oldest first.
    pub fn records(&self) -> Vec<Arc<Record>> {
        let kept = self.kept().into_iter();
        kept.map(|kept| Arc::new(kept.record())).collect()
    }

    /// The records kept that are asked for, oldest first.
    pub fn find(&self, query: &Query) -> Vec<Arc<Record>> {
        query.of(self.records())
    }

    /// The record of a number, when it is kept.
    pub fn get(&self, number: u64) -> Option<Arc<Record>> {
        let ring = self.ring();
        let at = ring
            .records
            .binary_search_by_key(&number, |kept| kept.number);
        let kept = Arc::clone(&ring.records[at.ok()?]);
        drop(ring);
        Some(Arc::new(kept.record()))
    }

    /// The exchanges kept, oldest first.
    pub fn exchanges(&self) -> Vec<Exchange> {
        let kept = self.kept().into_iter();
        kept.map(|kept| kept.record().exchange).collect()
    }

    /// How many exchanges are kept.
    pub fn len(&self) -> usize {
        self.ring().records.len()
    }

    /// Whether no exchange is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many exchanges were recorded since the start, cleared ones too: the last number given.
    pub fn recorded(&self) -> u64 {
        self.ring().recorded
    }

    /// How many exchanges fell off since the start or the last [`Journal::clear`].
    pub fn dropped(&self) -> u64 {
        self.ring().dropped
    }

    /// Forgets everything, the count of what fell off too. Numbers go on, so that none is given
    /// twice, and what was counted stays counted.
    pub fn clear(&self) {
        let mut ring = self.ring();
        let emptied = Ring {
            recorded: ring.recorded,
            ..Ring::default()
        };
        let forgotten = std::mem::replace(&mut *ring, emptied);
        drop(ring);
        drop(forgotten);
    }

    /// Forgets the records of one session; how many there were.
    pub fn clear_session(&self, session: &str) -> usize {
        let mut ring = self.ring();
        let is_of_session = |kept: &Arc<Kept>| kept.session.as_deref() == Some(session);
        let records = std::mem::take(&mut ring.records);
        let (forgotten, kept): (VecDeque<_>, VecDeque<_>) =
            records.into_iter().partition(is_of_session);
        ring.bytes = kept.iter().map(|kept| kept.bytes).sum();
        ring.records = kept;
        drop(ring);
        forgotten.len()
    }

    /// What is kept now, oldest first, to be unpacked without the lock.
    fn kept(&self) -> Vec<Arc<Kept>> {
        self.ring().records.iter().cloned().collect()
    }

    /// The ring stays usable when a thread panicked with it: no change to it is ever half done.
    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ring {
    /// Adds a record under its number, and takes out those that made room for it.
    fn add(&mut self, mut kept: Arc<Kept>, max_exchanges: usize, max_bytes: usize) -> Dropped {
        self.recorded += 1;
        // Nobody else has it yet.
        if let Some(kept) = Arc::get_mut(&mut kept) {
            kept.number = self.recorded;
        }
        self.bytes += kept.bytes;
        self.records.push_back(kept);
        let mut surplus = || self.surplus(max_exchanges, max_bytes);
        Dropped {
            _first: surplus(),
            _others: std::iter::from_fn(surplus).collect(),
        }
    }

    /// Takes out the oldest record, where there is more than may be.
    fn surplus(&mut self, max_exchanges: usize, max_bytes: usize) -> Option<Arc<Kept>> {
        if self.records.len() <= max_exchanges && self.bytes <= max_bytes {
            return None;
        }
        let kept = self.records.pop_front()?;
        self.bytes -= kept.bytes;
        self.dropped += 1;
        Some(kept)
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ring = self.ring();
        f.debug_struct("Journal")
            .field("exchanges", &ring.records.len())
            .field("bytes", &ring.bytes)
            .field("dropped", &ring.dropped)
            .finish()
    }
}

#[cfg(test)]
mod tests;
