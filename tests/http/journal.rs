//! What is recorded.

use std::{
    io::Write,
    net::Shutdown,
    sync::Arc,
    time::{Duration, SystemTime},
};

use mynah::{
    journal::{Coverage, Journal, Record},
    server::{Config, Limits, Mount, Running, Server},
};
use reqwest::Client;

use crate::fixture::{CLOSING_GET, config, connect, exchange, pets, read_to_end, serve, url};

fn journaling(journal: &Arc<Journal>) -> Running {
    serve(Config {
        journal: Some(Arc::clone(journal)),
        ..config()
    })
}

/// The last record, and the code of its first violation.
fn last(journal: &Journal) -> (Arc<Record>, Option<String>) {
    let record = journal.records().last().unwrap().clone();
    let code = record
        .violations()
        .next()
        .map(|it| it.rule.code().to_owned());
    (record, code)
}

#[tokio::test]
async fn an_exchange_is_recorded_before_its_reply_is_seen() {
    let journal = Arc::<Journal>::default();
    let server = journaling(&journal);
    let client = Client::new();
    for count in 1..=20 {
        let request = client.post(url(&server, "/pets")).body(count.to_string());
        request.send().await.unwrap();
        assert_eq!(journal.len(), count);
    }
    let exchanges = journal.exchanges();
    let last = exchanges.last().unwrap();
    assert_eq!(last.request.path(), "/pets");
    assert_eq!(last.request.body, "20");
}

#[test]
fn a_request_is_recorded_as_it_came() {
    let journal = Arc::<Journal>::default();
    let server = journaling(&journal);
    let before = SystemTime::now();
    let head = "POST /pets?a=%2F&a=b%20+c HTTP/1.1\r\nHost: x\r\nX-Twice: one\r\nx-twice: two\r\n\
                X-Bytes: \u{e4}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let body = "2\r\n\u{0}a\r\n3\r\nbcd\r\n0\r\n\r\n";
    exchange(server.addr(), format!("{head}{body}").as_bytes());
    let (record, _) = last(&journal);
    let request = &record.exchange.request;
    assert_eq!(request.target(), "/pets?a=%2F&a=b%20+c");
    assert_eq!(request.version, http::Version::HTTP_11);
    let twice = request.headers.get_all("x-twice").iter();
    assert_eq!(twice.collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!(request.headers["x-bytes"].as_bytes(), "\u{e4}".as_bytes());
    assert_eq!(request.body, "\u{0}abcd");
    assert_eq!(record.number, 1);
    assert_eq!(record.api.as_deref(), Some("pets"));
    assert!(record.at >= before && record.at <= SystemTime::now());
    assert!(record.took < Duration::from_secs(5));
}

#[test]
fn what_belongs_to_no_api_is_recorded_too() {
    let journal = Arc::<Journal>::default();
    let config = Config {
        journal: Some(Arc::clone(&journal)),
        limits: Limits {
            body_bytes: 4,
            body_timeout: Duration::from_millis(200),
            ..Limits::default()
        },
        ..config()
    };
    let mounts = vec![Mount::new("/a", pets("a")), Mount::new("/b", pets("b"))];
    let server = Server::bind(config, mounts).unwrap().start().unwrap();
    let unknown = "GET /c/pets?x=y HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let long = "POST /a/pets HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345";
    for (request, status, api, code) in [
        (unknown, 404, None, "unknown-path"),
        (long, 413, Some("a"), "too-large"),
    ] {
        let answer = exchange(server.addr(), request.as_bytes());
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        let (record, found) = last(&journal);
        assert_eq!(record.api.as_deref(), api);
        assert_eq!(record.exchange.operation, None);
        assert_eq!(found.as_deref(), Some(code));
        let reply = &record.exchange.reply;
        assert_eq!(reply.status.as_u16(), status);
        assert!(
            answer.ends_with(std::str::from_utf8(&reply.body).unwrap()),
            "{answer}"
        );
    }
    let mut slow = connect(server.addr());
    slow.write_all(b"POST /b/pets HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n1")
        .unwrap();
    assert!(read_to_end(&mut slow).starts_with("HTTP/1.1 408 "));
    let (record, code) = last(&journal);
    assert_eq!(
        (record.api.as_deref(), code.as_deref()),
        (Some("b"), Some("too-slow"))
    );
    assert_eq!(record.exchange.request.path(), "/pets");
    // Who goes away in the middle of a body is told nothing, and is none.
    let mut gone = connect(server.addr());
    gone.write_all(b"POST /b/pets HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n1")
        .unwrap();
    gone.shutdown(Shutdown::Both).unwrap();
    exchange(server.addr(), unknown.as_bytes());
    assert_eq!(journal.recorded(), 4);
}

#[tokio::test]
async fn the_servers_own_answers_are_no_exchanges() {
    let journal = Arc::<Journal>::default();
    let server = journaling(&journal);
    for path in ["/", "/__mynah/", "/__mynah/journal", "/__mynah/none"] {
        reqwest::get(url(&server, path)).await.unwrap();
    }
    let preflight = Client::new()
        .request(http::Method::OPTIONS, url(&server, "/pets"))
        .header("origin", "http://page.example")
        .header("access-control-request-method", "POST");
    preflight.send().await.unwrap();
    assert!(journal.is_empty());
}

#[tokio::test]
async fn coverage_follows_a_description_that_changes() {
    let first = pets("pets");
    let coverage = Coverage::of(&[Arc::clone(&first)]);
    let journal = Arc::new(Journal::bounded(0, 0).counting(coverage));
    let config = Config {
        journal: Some(Arc::clone(&journal)),
        ..config()
    };
    let mount = Mount::new("", first);
    let server = Server::bind(config, vec![mount.clone()])
        .unwrap()
        .start()
        .unwrap();
    let count = || journal.coverage().unwrap().apis()[0].operations[0].count();
    reqwest::get(url(&server, "/pets")).await.unwrap();
    assert_eq!(count(), 1);
    mount.replace(pets("pets"));
    reqwest::get(url(&server, "/pets")).await.unwrap();
    assert_eq!(count(), 2);
    assert!(journal.is_empty());
}

#[test]
fn many_threads_record_everything_once() {
    let journal = Arc::new(Journal::bounded(50, usize::MAX));
    let server = serve(Config {
        journal: Some(Arc::clone(&journal)),
        threads: 4.try_into().unwrap(),
        ..config()
    });
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    exchange(server.addr(), CLOSING_GET);
                }
            });
        }
    });
    assert_eq!(
        (journal.recorded(), journal.dropped(), journal.len()),
        (400, 350, 50)
    );
    let records = journal.records();
    let numbers: Vec<u64> = records.iter().map(|it| it.number).collect();
    assert_eq!(numbers, (351..=400).collect::<Vec<_>>());
}
