//! What Mynah says of itself, below `/__mynah`.

use std::sync::Arc;

use mynah::{
    Api, Description, Source,
    journal::{Coverage, Journal},
    server::{Access, Config, Mount, Running, Server},
};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::fixture::{config, exchange, pets, serve, url};

fn journaling() -> (Running, Client) {
    let api = pets("pets");
    let coverage = Coverage::of(&[Arc::clone(&api)]);
    let journal = Arc::new(Journal::default().counting(coverage));
    let config = Config {
        journal: Some(journal),
        ..config()
    };
    let mounts = vec![Mount::new("", api)];
    let server = Server::bind(config, mounts).unwrap().start().unwrap();
    (server, Client::new())
}

async fn get(server: &Running, path: &str) -> Response {
    reqwest::get(url(server, path)).await.unwrap()
}

async fn get_json(server: &Running, path: &str) -> Value {
    let response = get(server, path).await;
    assert_eq!(response.status(), 200, "{path}");
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

/// What the list has of each exchange.
async fn listed(server: &Running, query: &str) -> Vec<String> {
    let list = get_json(server, &format!("/__mynah/journal{query}")).await;
    let list = list.as_array().unwrap().iter();
    list.map(|it| {
        let request = &it["request"];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        format!(
            "{} {} {}",
            text(&request["method"]),
            text(&request["target"]),
            it["reply"]["status"]
        )
    })
    .collect()
}

async fn exercise(server: &Running, client: &Client) {
    get(server, "/pets").await;
    let request = client
        .post(url(server, "/pets"))
        .header("content-type", "application/json")
        .header("mynah-session", "one")
        .header("authorization", "Bearer hush")
        .body(r#"{"name":"Bello","password":"hush"}"#);
    request.send().await.unwrap();
    let wrong = client
        .post(url(server, "/pets?api_key=hush"))
        .header("content-type", "application/json")
        .body("[]");
    wrong.send().await.unwrap();
    get(server, "/dogs").await;
}

#[tokio::test]
async fn the_journal_is_listed_newest_last() {
    let (server, client) = journaling();
    assert_eq!(listed(&server, "").await, Vec::<String>::new());
    exercise(&server, &client).await;
    let all = [
        "GET /pets 200",
        "POST /pets 201",
        "POST /pets?api_key=*** 422",
        "GET /dogs 404",
    ];
    for (query, want) in [
        ("", &all[..]),
        ("?api=pets", &all),
        ("?api=dogs", &[]),
        ("?operation=POST%20/pets", &all[1..3]),
        ("?operation=POST+%2Fpets&status=422", &all[2..3]),
        ("?status=4XX", &all[2..]),
        ("?violation=any", &all[2..]),
        ("?violation=unknown-path", &all[3..]),
        ("?session=one", &all[1..2]),
        ("?since=2", &all[2..]),
        ("?since=1&limit=1", &all[1..2]),
        ("?limit=2", &all[2..]),
    ] {
        assert_eq!(listed(&server, query).await, want, "{query}");
    }
    for (query, part) in [
        (
            "?statu=4XX",
            "`statu` is not known; there are: api, operation",
        ),
        ("?status=wrong", "`wrong` is not a status"),
        ("?since=-1", "`since` is a number from 0 on"),
        ("?limit=", "`limit` is a number"),
        ("?api=%FF", "not UTF-8"),
    ] {
        let response = get(&server, &format!("/__mynah/journal{query}")).await;
        assert_eq!(response.status(), 400, "{query}");
        let text = response.text().await.unwrap();
        assert!(text.contains(part), "{text}");
    }
}

#[tokio::test]
async fn one_exchange_is_told_whole_but_for_its_secrets() {
    let (server, client) = journaling();
    exercise(&server, &client).await;
    let found = get_json(&server, "/__mynah/journal/2").await;
    assert_eq!(found["number"], 2);
    assert_eq!(found["mynah"], 1);
    assert_eq!(found["session"], "one");
    assert_eq!(found["operation"], "POST /pets");
    assert_eq!(
        found["request"]["body"],
        r#"{"name":"Bello","password":"***"}"#
    );
    assert_eq!(found["reply"]["body"], r#"{"id":1}"#);
    let fields = found["request"]["headers"].as_array().unwrap();
    assert!(
        fields.contains(&json!(["authorization", "Bearer ***"])),
        "{fields:?}"
    );
    let wrong = get_json(&server, "/__mynah/journal/3").await;
    assert_eq!(wrong["violations"][0]["code"], "type");
    assert_eq!(wrong["violations"][0]["place"], "body");
    assert_eq!(wrong["violations"][0]["stated"]["file"], "pets.yaml");
    for (path, status) in [
        ("/__mynah/journal/5", 404),
        ("/__mynah/journal/x", 404),
        ("/__mynah/journal/", 404),
        ("/__mynah/journal/2/x", 404),
    ] {
        let response = get(&server, path).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
    }
}

#[tokio::test]
async fn the_journal_is_cleared_whole_or_by_session() {
    let (server, client) = journaling();
    exercise(&server, &client).await;
    let clear = async |query: &str| {
        let request = client.delete(url(&server, &format!("/__mynah/journal{query}")));
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(clear("?session=two").await, 204);
    assert_eq!(listed(&server, "").await.len(), 4);
    assert_eq!(clear("?session=one").await, 204);
    assert_eq!(listed(&server, "").await.len(), 3);
    assert_eq!(clear("?status=200").await, 400);
    assert_eq!(clear("").await, 204);
    assert!(listed(&server, "").await.is_empty());
    // What was exercised stays counted.
    let coverage = get_json(&server, "/__mynah/coverage").await;
    assert_eq!(coverage["apis"][0]["operations"][0]["count"], 1);
}

#[tokio::test]
async fn the_journal_is_an_archive_too() {
    let (server, client) = journaling();
    exercise(&server, &client).await;
    let archive = get_json(
        &server,
        "/__mynah/journal.har?operation=POST%20/pets&limit=1",
    )
    .await;
    let entries = archive["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 1);
    let want = url(&server, "/pets?api_key=***");
    assert_eq!(entries[0]["request"]["url"], want);
    assert_eq!(entries[0]["request"]["postData"]["text"], "[]");
    assert_eq!(entries[0]["response"]["status"], 422);
}

#[tokio::test]
async fn coverage_has_three_forms() {
    let (server, client) = journaling();
    exercise(&server, &client).await;
    for (accept, media_type, part) in [
        ("*/*", "application/json", "\"operation\": \"GET /pets\""),
        (
            "text/html,*/*;q=0.8",
            "text/html; charset=utf-8",
            "<b>GET</b> <code>/pets</code>",
        ),
        ("text/plain", "text/plain; charset=utf-8", "GET /pets "),
    ] {
        let request = client.get(url(&server, "/__mynah/coverage"));
        let response = request.header("accept", accept).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], media_type);
        let text = response.text().await.unwrap();
        assert!(text.contains(part), "{text}");
        assert!(text.contains("/dogs"), "{text}");
    }
}

#[tokio::test]
async fn what_there_is_is_listed_and_all_else_is_not_there() {
    let (server, client) = journaling();
    let list = get_json(&server, "/__mynah/").await;
    assert_eq!(
        list["journal"],
        json!({"recorded": 0, "kept": 0, "dropped": 0})
    );
    let pages = list["pages"].as_array().unwrap();
    assert!(pages.iter().any(|page| page["path"] == "/__mynah/coverage"));
    assert_eq!(get_json(&server, "/__mynah").await, list);
    assert_eq!(
        get_json(&server, "/__mynah/health").await,
        json!({"status": "ok"})
    );
    for (method, path, status, allow) in [
        ("GET", "/__mynah/nothing", 404, None),
        ("GET", "/__mynah/session", 404, None),
        ("POST", "/__mynah/", 405, Some("GET, HEAD")),
        ("POST", "/__mynah/journal", 405, Some("GET, HEAD, DELETE")),
        ("DELETE", "/__mynah/journal/1", 405, Some("GET, HEAD")),
        ("DELETE", "/__mynah/coverage", 405, Some("GET, HEAD")),
        ("PUT", "/__mynah/health", 405, Some("GET, HEAD")),
        ("HEAD", "/__mynah/journal", 200, None),
    ] {
        let method = http::Method::from_bytes(method.as_bytes()).unwrap();
        let request = client.request(method, url(&server, path));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        let field = response.headers().get("allow");
        assert_eq!(field.map(|it| it.to_str().unwrap()), allow, "{path}");
    }
}

#[tokio::test]
async fn without_a_journal_there_is_none_to_ask_for() {
    let server = serve(config());
    for path in [
        "/__mynah/journal",
        "/__mynah/journal/1",
        "/__mynah/journal.har",
        "/__mynah/coverage",
    ] {
        let response = get(&server, path).await;
        assert_eq!(response.status(), 404, "{path}");
        assert!(response.text().await.unwrap().contains("--no-journal"));
    }
    assert_eq!(get_json(&server, "/__mynah/").await["journal"], Value::Null);
}

#[tokio::test]
async fn pages_of_other_origins_are_kept_out() {
    let (server, client) = journaling();
    let request = client.get(url(&server, "/__mynah/journal"));
    let response = request
        .header("origin", "http://page.example")
        .send()
        .await
        .unwrap();
    let fields = response.headers();
    assert_eq!(fields["cross-origin-resource-policy"], "same-origin");
    assert_eq!(fields["cache-control"], "no-store");
    let is_cors = |name: &http::HeaderName| name.as_str().starts_with("access-control-");
    assert!(!fields.keys().any(is_cors), "{fields:?}");
    // Before it may forget the journal, a browser has to ask.
    let request = client
        .request(http::Method::OPTIONS, url(&server, "/__mynah/journal"))
        .header("origin", "http://page.example")
        .header("access-control-request-method", "DELETE");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 405);
    assert!(!response.headers().keys().any(is_cors));
    // A name of somebody else that was turned to this machine.
    let request =
        b"GET /__mynah/journal HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert!(exchange(server.addr(), request).starts_with("HTTP/1.1 403 "));
    let request =
        b"GET /__mynah/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert!(exchange(server.addr(), request).starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn a_token_lets_in_by_any_name() {
    let config = Config {
        admin: Some(Access {
            token: Some("t0p".to_owned()),
        }),
        ..config()
    };
    let server = serve(config);
    for (fields, status) in [
        ("Host: mynah.example\r\nAuthorization: Bearer t0p\r\n", 200),
        ("Host: mynah.example\r\nAuthorization: Bearer no\r\n", 401),
        ("Host: mynah.example\r\n", 403),
        ("Host: localhost\r\n", 200),
    ] {
        let request = format!("GET /__mynah/ HTTP/1.1\r\n{fields}Connection: close\r\n\r\n");
        let answer = exchange(server.addr(), request.as_bytes());
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{fields}{answer}"
        );
    }
}

#[tokio::test]
async fn an_api_may_have_the_path_instead() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /__mynah/health:\n    \
                get: {responses: {'200': {description: Own, content: {text/plain: {example: own}}}}}\n";
    let description = Description::load(Source::new("t.yaml", text)).unwrap();
    let api = Arc::new(Api::compile(description).unwrap());
    for (admin, want) in [(Some(Access::default()), "{"), (None, "own")] {
        let config = Config { admin, ..config() };
        let mounts = vec![Mount::new("", Arc::clone(&api))];
        let server = Server::bind(config, mounts).unwrap().start().unwrap();
        let text = get(&server, "/__mynah/health").await.text().await.unwrap();
        assert!(text.starts_with(want), "{text}");
    }
}
