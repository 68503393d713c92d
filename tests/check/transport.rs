//! Providers that are not there, slow, or go away; and limits on what is sent to them.

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use mynah::{check::Options, client::ClientError, report::Outcome};
use regex::Regex;

use super::{
    PETS, api, checked, options, problems,
    provider::{Provider, refused},
    server::{Answer, serve},
};

#[test]
fn a_provider_that_is_not_there_is_an_error() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let error = checked(&api(PETS), free, &options()).unwrap_err();
    assert!(matches!(error, ClientError::Unreachable(_)), "{error}");
}

#[test]
fn one_that_goes_away_is_given_up() {
    let provider = Provider::new();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let addr = serve(move |request| {
        let number = counted.fetch_add(1, Ordering::SeqCst);
        let mut answer = provider.answer(request);
        if number >= 10 {
            answer.raw = Some(Vec::new());
        }
        answer
    });
    let checked = checked(&api(PETS), addr, &options()).unwrap();
    let ended = checked.ended.unwrap();
    assert!(
        ended.starts_with("5 requests in a row were not answered: the connection was closed"),
        "{ended}"
    );
    assert!(!checked.run.passes());
    // A request that closed a connection that was kept is sent once more.
    let sent = count.load(Ordering::SeqCst);
    assert!((15..=20).contains(&sent), "{sent}");
    let skipped = (checked.run.suites[0].cases.iter())
        .filter(|case| matches!(&case.outcome, Outcome::Skipped(why) if *why == ended));
    assert!(skipped.count() > 0);
}

#[test]
fn a_slow_one_is_not_waited_for() {
    let addr = serve(|_| Answer {
        delay: Duration::from_secs(30),
        ..refused(200, "")
    });
    let options = Options {
        max_requests: Some(1),
        ..options()
    };
    let began = Instant::now();
    let checked = checked(&api(PETS), addr, &options).unwrap();
    assert!(began.elapsed() < Duration::from_secs(10));
    let problems = problems(&checked);
    assert_eq!(problems[0].1.message, "no whole reply within 2 seconds");
}

#[test]
fn no_more_is_sent_than_is_allowed() {
    let provider = Provider::new();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let addr = serve(move |request| {
        counted.fetch_add(1, Ordering::SeqCst);
        provider.answer(request)
    });
    let limited = Options {
        max_requests: Some(7),
        ..options()
    };
    let checked_it = checked(&api(PETS), addr, &limited).unwrap();
    assert_eq!((checked_it.sent, count.load(Ordering::SeqCst)), (7, 7));
    assert_eq!(
        checked_it.ended.as_deref(),
        Some("7 requests were sent, the most")
    );
    let hurried = Options {
        max_time: Some(Duration::from_millis(1)),
        ..options()
    };
    let checked_it = checked(&api(PETS), addr, &hurried).unwrap();
    assert_eq!(checked_it.ended.as_deref(), Some("0.001 seconds were over"));
}

#[test]
fn a_request_that_comes_too_soon_is_sent_again() {
    let provider = Provider::new();
    let count = Arc::new(AtomicUsize::new(0));
    let addr = serve(
        move |request| match count.fetch_add(1, Ordering::SeqCst) % 2 {
            0 => {
                let mut answer = refused(429, "soon");
                answer.set("Retry-After", "0");
                answer
            }
            _ => provider.answer(request),
        },
    );
    let options = Options {
        only: Some(Regex::new("^GET /pets$").unwrap()),
        ..options()
    };
    let checked = checked(&api(PETS), addr, &options).unwrap();
    assert_eq!(problems(&checked), []);
    assert_eq!(checked.tally.served, checked.tally.valid);
}
