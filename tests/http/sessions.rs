//! Sessions: parallel clients of one server that are told apart.

use std::sync::Arc;

use mynah::{
    journal::{Journal, Query},
    server::{Access, Config, Mount, Running, Server},
};
use reqwest::Client;

use crate::fixture::{LIST, config, pets, url};

fn journaling(admin: Option<Access>) -> (Running, Arc<Journal>) {
    let journal = Arc::<Journal>::default();
    let config = Config {
        journal: Some(Arc::clone(&journal)),
        admin,
        ..config()
    };
    let mounts = vec![
        Mount::new("", pets("root")),
        Mount::new("/deep", pets("deep")),
    ];
    (
        Server::bind(config, mounts).unwrap().start().unwrap(),
        journal,
    )
}

fn sessions(journal: &Journal) -> Vec<Option<String>> {
    let records = journal.records();
    let sessions = records
        .iter()
        .map(|it| it.session.as_deref().map(str::to_owned));
    sessions.collect()
}

#[tokio::test]
async fn a_session_is_named_by_field_or_by_path() {
    let (server, journal) = journaling(Some(Access::default()));
    let client = Client::new();
    let one = client
        .get(url(&server, "/pets"))
        .header("Mynah-Session", "one");
    assert_eq!(one.send().await.unwrap().text().await.unwrap(), LIST);
    for path in [
        "/__mynah/session/two/pets",
        "/__mynah/session/two/deep/pets?x=y",
        "/pets",
    ] {
        let response = reqwest::get(url(&server, path)).await.unwrap();
        assert_eq!(response.text().await.unwrap(), LIST, "{path}");
    }
    let two = || Some("two".to_owned());
    assert_eq!(
        sessions(&journal),
        [Some("one".to_owned()), two(), two(), None]
    );
    let records = journal.records();
    assert_eq!(records[2].api.as_deref(), Some("deep"));
    let request = &records[2].exchange.request;
    assert_eq!(request.target(), "/__mynah/session/two/deep/pets?x=y");
    assert_eq!(
        (request.prefix(), request.path()),
        ("/__mynah/session/two/deep", "/pets")
    );
    let query = Query {
        session: Some("two".to_owned()),
        ..Query::default()
    };
    assert_eq!(journal.find(&query).len(), 2);
}

#[tokio::test]
async fn the_root_of_a_session_is_the_root() {
    let (server, _) = journaling(Some(Access::default()));
    for path in ["/__mynah/session/one", "/__mynah/session/one/"] {
        let response = reqwest::get(url(&server, path)).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        assert!(
            response.text().await.unwrap().contains("\"apis\""),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_names_no_session_is_refused_and_recorded() {
    let (server, journal) = journaling(Some(Access::default()));
    let client = Client::new();
    for request in [
        client
            .get(url(&server, "/pets"))
            .header("mynah-session", "a b"),
        client.get(url(&server, "/__mynah/session//pets")),
        client
            .get(url(&server, "/__mynah/session/one/pets"))
            .header("mynah-session", "two"),
    ] {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 400);
    }
    assert_eq!(sessions(&journal), [None, None, None]);
    let records = journal.records();
    let code = |record: &mynah::journal::Record| {
        record
            .violations()
            .next()
            .map(|it| it.rule.code().to_owned())
    };
    assert_eq!(code(&records[0]).as_deref(), Some("prefer-unknown"));
}

#[tokio::test]
async fn pages_of_other_origins_may_be_in_one() {
    let (server, _) = journaling(Some(Access::default()));
    let request = Client::new()
        .get(url(&server, "/__mynah/session/one/pets"))
        .header("origin", "http://page.example");
    let response = request.send().await.unwrap();
    assert_eq!(
        response.headers()["access-control-allow-origin"],
        "http://page.example"
    );
}

#[tokio::test]
async fn without_paths_of_mynahs_own_the_field_is_left() {
    let (server, journal) = journaling(None);
    let client = Client::new();
    let one = client
        .get(url(&server, "/pets"))
        .header("Mynah-Session", "one");
    assert_eq!(one.send().await.unwrap().status(), 200);
    let path = url(&server, "/__mynah/session/two/pets");
    assert_eq!(reqwest::get(path).await.unwrap().status(), 404);
    assert_eq!(sessions(&journal), [Some("one".to_owned()), None]);
}
