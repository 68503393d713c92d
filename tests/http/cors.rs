//! Calls from browsers.

use mynah::server::Config;
use reqwest::{Client, Method, Response, header::HeaderMap};

use crate::fixture::{config, serve, url};

fn field<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap())
}

async fn preflight(config: Config) -> Response {
    let server = serve(config);
    let request = Client::new()
        .request(Method::OPTIONS, url(&server, "/pets"))
        .header("origin", "http://localhost:5173")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type",
        );
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_preflight_gets_what_it_asks_for() {
    let reply = preflight(config()).await;
    assert_eq!(reply.status(), 204);
    let headers = reply.headers();
    for (name, want) in [
        ("access-control-allow-origin", "http://localhost:5173"),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "POST"),
        ("access-control-allow-headers", "authorization,content-type"),
        ("access-control-max-age", "600"),
    ] {
        assert_eq!(field(headers, name), Some(want), "{name}");
    }
    let vary: Vec<_> = headers.get_all("vary").iter().collect();
    assert!(vary.iter().any(|name| *name == "origin"), "{vary:?}");
}

#[tokio::test]
async fn a_reply_can_be_read_by_the_page_that_asked() {
    let server = serve(config());
    for path in ["/pets", "/nowhere"] {
        let request = Client::new()
            .get(url(&server, path))
            .header("origin", "null");
        let reply = request.send().await.unwrap();
        let headers = reply.headers();
        assert_eq!(
            field(headers, "access-control-allow-origin"),
            Some("null"),
            "{path}"
        );
        assert_eq!(
            field(headers, "access-control-allow-credentials"),
            Some("true"),
            "{path}"
        );
        let exposed = field(headers, "access-control-expose-headers").unwrap();
        assert!(exposed.contains("content-type"), "{path}: {exposed}");
    }
}

#[tokio::test]
async fn a_request_of_no_page_has_nothing_added() {
    let server = serve(config());
    let reply = Client::new()
        .get(url(&server, "/pets"))
        .send()
        .await
        .unwrap();
    let added = |name: &str| name.starts_with("access-control-") || name == "vary";
    assert!(
        !reply.headers().keys().any(|name| added(name.as_str())),
        "{reply:?}"
    );
}

#[tokio::test]
async fn switched_off_it_adds_nothing() {
    let reply = preflight(Config {
        cors: false,
        ..config()
    })
    .await;
    assert!(
        !reply.headers().contains_key("access-control-allow-origin"),
        "{reply:?}"
    );
    assert!(
        !reply.headers().contains_key("access-control-allow-methods"),
        "{reply:?}"
    );
}
