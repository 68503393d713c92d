//! The bounded memory of exchanges.

mod record;

pub use record::Record;

use std::{
    collections::VecDeque,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::exchange::Exchange;

/// The last exchanges of a server, bounded in number and in bytes; the oldest fall off first.
///
/// Shared between the threads that serve and those that ask.
pub struct Journal {
    max_exchanges: usize,
    max_bytes: usize,
    ring: Mutex<Ring>,
}

#[derive(Default)]
struct Ring {
    records: VecDeque<Record>,
    bytes: usize,
    dropped: u64,
    /// How many there were in all, also before the last clearing.
    recorded: u64,
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
        }
    }

    /// Adds a record and gives it its number; the oldest make room for it.
    pub fn record(&self, mut record: Record) {
        let bytes = record.bytes();
        let mut ring = self.ring();
        ring.recorded += 1;
        record.number = ring.recorded;
        ring.bytes += bytes;
        ring.records.push_back(record);
        while ring.records.len() > self.max_exchanges || ring.bytes > self.max_bytes {
            ring.drop_oldest();
        }
    }

    /// The records kept, oldest first.
    pub fn records(&self) -> Vec<Record> {
        self.ring().records.iter().cloned().collect()
    }

    /// The exchanges kept, oldest first.
    pub fn exchanges(&self) -> Vec<Exchange> {
        let ring = self.ring();
        let records = ring.records.iter();
        records.map(|record| record.exchange.clone()).collect()
    }

    /// How many exchanges are kept.
    pub fn len(&self) -> usize {
        self.ring().records.len()
    }

    /// Whether no exchange is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many exchanges fell off since the start or the last [`Journal::clear`].
    pub fn dropped(&self) -> u64 {
        self.ring().dropped
    }

    /// Forgets everything, the count of what fell off too. Numbers go on, so that none is given twice.
    pub fn clear(&self) {
        let mut ring = self.ring();
        *ring = Ring {
            recorded: ring.recorded,
            ..Ring::default()
        };
    }

    /// The ring stays usable when a thread panicked with it: no change to it is ever half done.
    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ring {
    fn drop_oldest(&mut self) {
        if let Some(record) = self.records.pop_front() {
            self.bytes -= record.bytes();
            self.dropped += 1;
        }
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
mod tests {
    use std::{sync::Arc, time::SystemTime};

    use http::StatusCode;

    use super::{record::OVERHEAD, *};
    use crate::exchange::{Choice, Reply, ReplySource, Request, Why};

    fn exchange(path: &str, body: &'static str) -> Record {
        let request = http::Request::post(path).body(body.into()).unwrap();
        let exchange = Exchange {
            request: Request::from(request),
            operation: None,
            violations: Vec::new(),
            reply_violations: Vec::new(),
            choice: Choice {
                status: StatusCode::OK,
                media_type: None,
                source: ReplySource::Nothing,
                why: Why::Default,
            },
            reply: Arc::new(Reply::empty(StatusCode::OK)),
            callbacks: Vec::new(),
        };
        Record::new(None, SystemTime::now(), exchange)
    }

    fn paths(journal: &Journal) -> Vec<String> {
        let exchanges = journal.exchanges();
        exchanges
            .iter()
            .map(|exchange| exchange.request.path().to_owned())
            .collect()
    }

    #[test]
    fn the_oldest_fall_off_beyond_the_number() {
        let journal = Journal::bounded(2, usize::MAX);
        for path in ["/1", "/2", "/3"] {
            journal.record(exchange(path, ""));
        }
        assert_eq!(paths(&journal), ["/2", "/3"]);
        assert_eq!(journal.dropped(), 1);
    }

    #[test]
    fn the_oldest_fall_off_beyond_the_bytes() {
        let journal = Journal::bounded(100, 2 * OVERHEAD + 10);
        for path in ["/1", "/2"] {
            journal.record(exchange(path, "12345"));
        }
        assert_eq!(paths(&journal), ["/1", "/2"]);
        journal.record(exchange("/3", ""));
        assert_eq!(paths(&journal), ["/2", "/3"]);
    }

    #[test]
    fn an_exchange_beyond_the_bytes_is_counted_and_not_kept() {
        let journal = Journal::bounded(100, OVERHEAD);
        journal.record(exchange("/1", "too long"));
        assert!(journal.is_empty());
        assert_eq!(journal.dropped(), 1);
    }

    #[test]
    fn clear_forgets_the_count_too() {
        let journal = Journal::bounded(0, 0);
        journal.record(exchange("/1", ""));
        assert_eq!(journal.dropped(), 1);
        journal.clear();
        assert_eq!((journal.len(), journal.dropped()), (0, 0));
    }

    #[test]
    fn no_number_is_given_twice() {
        let journal = Journal::bounded(1, usize::MAX);
        let number = || journal.records()[0].number;
        journal.record(exchange("/1", ""));
        journal.record(exchange("/2", ""));
        assert_eq!(number(), 2);
        journal.clear();
        journal.record(exchange("/3", ""));
        assert_eq!(number(), 3);
    }
}
