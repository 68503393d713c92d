//! The page at `/`, and paths that belong to no API.

use std::sync::Arc;

use mynah::{
    Api, Description, Source,
    server::{Mount, Running, Server},
};
use reqwest::{Client, Method};
use serde_json::Value;

use crate::fixture::{LIST, config, pets, serve, url};

/// Two APIs, each below its name.
fn two() -> Running {
    let mounts = vec![
        Mount::new("/zoo", pets("zoo")),
        Mount::new("/farm", pets("farm")),
    ];
    Server::bind(config(), mounts).unwrap().start().unwrap()
}

#[tokio::test]
async fn each_api_is_served_below_its_prefix() {
    let server = two();
    for path in ["/farm/pets", "/zoo/pets"] {
        let reply = reqwest::get(url(&server, path)).await.unwrap();
        assert_eq!(reply.text().await.unwrap(), LIST, "{path}");
    }
}

#[tokio::test]
async fn programs_get_json() {
    let server = two();
    let reply = reqwest::get(url(&server, "/")).await.unwrap();
    assert_eq!(reply.headers()["content-type"], "application/json");
    assert_eq!(reply.headers()["vary"], "Accept");
    let index: Value = reply.json().await.unwrap();
    let farm = &index["apis"][0];
    assert_eq!(farm["name"], "farm");
    assert_eq!(farm["title"], "Pets & <friends>");
    assert_eq!(farm["url"], url(&server, "/farm"));
    let list = &farm["operations"][0];
    assert_eq!(
        (&list["method"], &list["path"]),
        (&"GET".into(), &"/pets".into())
    );
    let curl = list["curl"].as_str().unwrap();
    assert!(curl.contains(&url(&server, "/farm/pets")), "{curl}");
}

#[tokio::test]
async fn browsers_get_a_page() {
    let server = two();
    let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let request = Client::new()
        .get(url(&server, "/"))
        .header("accept", accept);
    let reply = request.send().await.unwrap();
    assert_eq!(reply.headers()["content-type"], "text/html; charset=utf-8");
    let page = reply.text().await.unwrap();
    assert!(
        page.contains("<h2>Pets &amp; &lt;friends&gt;</h2>"),
        "{page}"
    );
    assert!(page.contains(&url(&server, "/zoo/pets")), "{page}");
    assert!(
        !page.contains("<!-- apis -->") && !page.contains("<script"),
        "{page}"
    );
}

#[tokio::test]
async fn the_form_is_negotiated() {
    let server = two();
    for (accept, want) in [
        ("text/html", "text/html; charset=utf-8"),
        (
            "text/html, application/json;q=0.5",
            "text/html; charset=utf-8",
        ),
        ("text/html;q=0.5, application/json", "application/json"),
        ("text/html;q=0", "application/json"),
        ("*/*", "application/json"),
        ("image/png", "application/json"),
    ] {
        let request = Client::new()
            .get(url(&server, "/"))
            .header("accept", accept);
        let reply = request.send().await.unwrap();
        assert_eq!(reply.headers()["content-type"], want, "{accept}");
    }
}

#[tokio::test]
async fn a_host_that_is_no_name_is_not_repeated() {
    let server = two();
    let request = Client::new()
        .get(url(&server, "/"))
        .header("host", "x';reboot;'");
    let page = request.send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("reboot"), "{page}");
}

#[tokio::test]
async fn the_index_is_only_read() {
    let server = two();
    let client = Client::new();
    let reply = client.head(url(&server, "/")).send().await.unwrap();
    assert_eq!(reply.status(), 200);
    for method in [Method::POST, Method::DELETE] {
        let reply = client
            .request(method, url(&server, "/"))
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status(), 405);
        assert_eq!(reply.headers()["allow"], "GET, HEAD");
    }
}

#[tokio::test]
async fn an_api_at_the_root_leaves_the_index_its_place() {
    let server = serve(config());
    let index: Value = reqwest::get(url(&server, "/"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(index["apis"][0]["url"], url(&server, ""));
}

#[tokio::test]
async fn a_path_below_no_prefix_is_told_where_to_look() {
    let server = two();
    let reply = reqwest::get(url(&server, "/farmer/pets")).await.unwrap();
    assert_eq!(reply.status(), 404);
    assert_eq!(reply.headers()["content-type"], "application/problem+json");
    let problem: Value = reply.json().await.unwrap();
    assert_eq!(problem["mounts"], serde_json::json!(["/farm", "/zoo"]));
}

#[tokio::test]
async fn a_path_below_the_base_path_of_a_server_is_shown_and_works() {
    let text = "openapi: 3.1.0\ninfo: {title: Based, version: '1'}\nservers: [{url: 'https://x.example/v1'}]\npaths:\n  \
                /pets/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: integer}}], \
                responses: {'200': {description: Ok, content: {text/plain: {example: a pet}}}}}}\n  \
                /: {get: {responses: {'200': {description: Ok, content: {text/plain: {example: the root}}}}}}\n";
    let api = Api::compile(Description::load(Source::new("based.yaml", text)).unwrap()).unwrap();
    let mounts = vec![Mount::new("", Arc::new(api))];
    let server = Server::bind(config(), mounts).unwrap().start().unwrap();

    let index: Value = reqwest::get(url(&server, "/"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let curl = index["apis"][0]["operations"][0]["curl"].as_str().unwrap();
    assert_eq!(curl, format!("curl '{}'", url(&server, "/v1/pets/1")));
    for (path, want) in [
        ("/v1/pets/1", "a pet"),
        ("/pets/1", "a pet"),
        ("/v1/", "the root"),
    ] {
        let reply = reqwest::get(url(&server, path)).await.unwrap();
        assert_eq!(reply.text().await.unwrap(), want, "{path}");
    }
}
