use std::{sync::Arc, time::SystemTime};

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::*;
use crate::{Api, Description, Source, answer, journal::Record};

const PETS: &str = r#"
openapi: 3.1.0
info: {title: Pets & <friends>, version: '1'}
paths:
  /pets:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses:
        '200':
          description: All
          content: {application/json: {examples: {none: {value: []}, one: {value: [{}]}}}}
        '404': {description: None}
    post:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'201': {description: Added}}
  /pets/{id}:
    delete:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'204': {description: Gone}}
"#;

fn coverage() -> Coverage {
    let description = Description::load(Source::new("pets.yaml", PETS)).unwrap();
    let api = Arc::new(Api::compile(description).unwrap());
    let coverage = Coverage::of(&[Arc::clone(&api)]);
    for (method, target) in [
        ("GET", "/pets"),
        ("GET", "/pets?limit=1"),
        ("DELETE", "/pets/1"),
        ("PUT", "/pets"),
        ("GET", "/cats/&b"),
        ("GET", "/cats/&b"),
    ] {
        let request = http::Request::builder().method(method).uri(target);
        let exchange = answer(&api, request.body("".into()).unwrap().into());
        let name = Some(Arc::clone(api.name()));
        coverage.record(&Record::new(name, SystemTime::now(), exchange));
    }
    let request = http::Request::get("/nowhere").body("".into()).unwrap();
    let exchange = answer(&api, request.into());
    coverage.record(&Record::new(None, SystemTime::now(), exchange));
    coverage
}

#[test]
fn text_says_what_is_missing() {
    assert_snapshot!(render_coverage(&coverage(), CoverageFormat::Text), @r"
    pets: 58 %
      GET /pets                  2x      4/6   67 %
        never 200 application/json example `one`
        never 404
      POST /pets         not called      0/3    0 %
      DELETE /pets/{id}          1x      3/3  100 %

    not documented, but called
      GET /nowhere                1x  unknown-path
      pets: GET /cats/&b          2x  unknown-path
      pets: PUT /pets             1x  unknown-method

    58 % of what is documented was exercised: 2/3 operations, 2/2 parameters, 0/1 request bodies, 2/4 replies, 1/2 examples
    ");
}

#[test]
fn json_has_every_item() {
    let text = render_coverage(&coverage(), CoverageFormat::Json);
    let found: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found["version"], 1);
    assert_eq!(found["ratio"], 7.0 / 12.0);
    assert_eq!(
        found["kinds"]["replies"],
        json!({"exercised": 2, "documented": 4})
    );
    let reply = |item: &str, name: Option<&str>, count: u64| {
        let mut reply = json!({
            "kind": item, "status": "200", "media_type": "application/json", "count": count,
        });
        if let Some(name) = name {
            reply["name"] = name.into();
        }
        reply
    };
    let want = json!({
        "operation": "GET /pets",
        "stated": {"file": "pets.yaml", "line": 7, "column": 7},
        "count": 2,
        "exercised": 4,
        "documented": 6,
        "items": [
            {"kind": "parameter", "in": "query", "name": "limit", "count": 1},
            reply("reply", None, 2),
            reply("example", Some("none"), 2),
            reply("example", Some("one"), 0),
            {"kind": "reply", "status": "404", "media_type": null, "count": 0},
        ],
    });
    assert_eq!(found["apis"][0]["operations"][0], want);
    let body = json!({"kind": "request_body", "media_type": "application/json", "count": 0});
    assert_eq!(found["apis"][0]["operations"][1]["items"][0], body);
    let calls = json!([
        {"api": null, "method": "GET", "path": "/nowhere", "code": "unknown-path", "count": 1},
        {"api": "pets", "method": "GET", "path": "/cats/&b", "code": "unknown-path", "count": 2},
        {"api": "pets", "method": "PUT", "path": "/pets", "code": "unknown-method", "count": 1},
    ]);
    assert_eq!(
        found["undocumented"],
        json!({"count": 4, "calls": calls, "others": 0})
    );
}

#[test]
fn html_escapes_what_it_shows() {
    let page = render_coverage(&coverage(), CoverageFormat::Html);
    for part in [
        "<h2>Pets &amp; &lt;friends&gt; <small>58 %</small></h2>",
        "<code>/cats/&amp;b</code>",
        "<li class=\"none\"><span>never</span> 200 application/json example <code>one</code></li>",
        "<td class=\"number\">7 of 12</td>",
        "style=\"width:58%\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("http"));
}

#[test]
fn nothing_is_nothing() {
    let none = Coverage::of(&[]);
    let text = render_coverage(&none, CoverageFormat::Text);
    assert_eq!(text, "0 % of what is documented was exercised\n");
}

#[test]
fn all_is_a_hundred_per_cent_and_nothing_else_is() {
    for (exercised, documented, want) in [
        (0, 0, "0 %"),
        (0, 9, "0 %"),
        (1, 1000, "1 %"),
        (999, 1000, "99 %"),
        (1, 3, "33 %"),
        (9, 9, "100 %"),
    ] {
        let tally = Tally {
            exercised,
            documented,
        };
        assert_eq!(percent(tally), want);
    }
}
