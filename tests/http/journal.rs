//! What is recorded.

use std::sync::Arc;

use mynah::{journal::Journal, server::Config};
use reqwest::Client;

use crate::fixture::{config, serve, url};

#[tokio::test]
async fn an_exchange_is_recorded_before_its_reply_is_seen() {
    let journal = Arc::<Journal>::default();
    let server = serve(Config {
        journal: Some(Arc::clone(&journal)),
        ..config()
    });
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

#[tokio::test]
async fn the_servers_own_answers_are_no_exchanges() {
    let journal = Arc::<Journal>::default();
    let server = serve(Config {
        journal: Some(Arc::clone(&journal)),
        ..config()
    });
    reqwest::get(url(&server, "/")).await.unwrap();
    assert!(journal.is_empty());
}
