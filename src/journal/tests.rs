use std::time::SystemTime;

use http::StatusCode;

use super::{record::OVERHEAD, *};
use crate::exchange::{Choice, Place, Reply, ReplySource, Request, Rule, Violation, Why};

/// A record of a request that kept to the contract.
pub(super) fn record(method: &str, target: &str) -> Record {
    record_with(method, target, "")
}

fn record_with(method: &str, target: &str, body: &'static str) -> Record {
    let request = http::Request::builder().method(method).uri(target);
    let exchange = Exchange {
        request: Request::from(request.body(body.into()).unwrap()),
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

/// The same record, of a request that was refused.
pub(super) fn violated(mut record: Record, rule: Rule) -> Record {
    record.exchange.reply = Arc::new(Reply::empty(StatusCode::BAD_REQUEST));
    record.exchange.violations.push(Violation {
        place: Place::Path,
        rule,
        message: "wrong".to_owned(),
        stated: None,
    });
    record
}

fn post(path: &str, body: &'static str) -> Record {
    record_with("POST", path, body)
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
        journal.record(post(path, ""));
    }
    assert_eq!(paths(&journal), ["/2", "/3"]);
    assert_eq!((journal.dropped(), journal.recorded()), (1, 3));
}

#[test]
fn the_oldest_fall_off_beyond_the_bytes() {
    let journal = Journal::bounded(100, 2 * OVERHEAD + 20);
    for path in ["/1", "/2"] {
        journal.record(post(path, "12345"));
    }
    assert_eq!(paths(&journal), ["/1", "/2"]);
    journal.record(post("/3", ""));
    assert_eq!(paths(&journal), ["/2", "/3"]);
}

#[test]
fn an_exchange_beyond_the_bytes_is_counted_and_not_kept() {
    let journal = Journal::bounded(100, OVERHEAD);
    journal.record(post("/1", "too long"));
    assert!(journal.is_empty());
    assert_eq!(journal.dropped(), 1);
}

#[test]
fn clear_forgets_the_count_too() {
    let journal = Journal::bounded(0, 0);
    journal.record(post("/1", ""));
    assert_eq!(journal.dropped(), 1);
    journal.clear();
    assert_eq!((journal.len(), journal.dropped()), (0, 0));
}

#[test]
fn no_number_is_given_twice() {
    let journal = Journal::bounded(1, usize::MAX);
    let number = || journal.records()[0].number;
    journal.record(post("/1", ""));
    journal.record(post("/2", ""));
    assert_eq!(number(), 2);
    journal.clear();
    journal.record(post("/3", ""));
    assert_eq!(number(), 3);
}

#[test]
fn a_record_is_found_by_its_number() {
    let journal = Journal::bounded(2, usize::MAX);
    for path in ["/1", "/2", "/3"] {
        journal.record(post(path, ""));
    }
    let path = |number| Some(journal.get(number)?.exchange.request.path().to_owned());
    assert_eq!(path(1), None);
    assert_eq!(path(3).as_deref(), Some("/3"));
    assert_eq!(path(4), None);
}

#[test]
fn one_session_is_forgotten_and_others_stay() {
    let journal = Journal::bounded(10, 3 * OVERHEAD + 10);
    for (path, session) in [("/1", "a"), ("/2", "b"), ("/3", "a")] {
        let mut record = post(path, "");
        record.session = Some(session.into());
        journal.record(record);
    }
    assert_eq!(journal.clear_session("a"), 2);
    assert_eq!(paths(&journal), ["/2"]);
    assert_eq!(journal.dropped(), 0);
    // Their bytes are free again.
    journal.record(post("/4", ""));
    journal.record(post("/5", ""));
    assert_eq!(paths(&journal), ["/2", "/4", "/5"]);
    assert!(journal.get(4).is_some());
}
