//! What was seen once is answered again: exchanges as an overlay, laid over the description.

use http::{Method, StatusCode};
use mynah::{
    Api, Description, Exchange, Reply, Request, Source, answer,
    recording::{Recording, Unrecorded},
};

const SHOP: &str = r#"
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /items/{id}:
    parameters:
    - {name: id, in: path, required: true, example: 1, schema: {type: integer}}
    get:
      parameters:
      - $ref: '#/components/parameters/Fields'
      responses:
        '200':
          description: One
          content: {application/json: {example: {id: 1, price: 1.50}}}
        '404':
          description: None
          content: {text/plain: {schema: {type: string}}}
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {pin: {type: string, format: password}}}
            examples: {tea: {value: {what: tea}}}
      responses:
        '201':
          description: Made
          content: {application/json: {schema: {properties: {secret: {type: string}}}, examples: {tea: {value: {order: 7}}}}}
  /all:
    get:
      responses:
        '200':
          description: All
          content: {application/json: {example: []}}
        '204': {description: None}
components:
  parameters:
    Fields: {name: fields, in: query, explode: false, schema: {type: array, items: {type: string}}}
"#;

fn api(overlay: Option<String>) -> Api {
    let overlays: Vec<_> = overlay
        .map(|it| Source::new("seen.json", it))
        .into_iter()
        .collect();
    let description = Description::load_with(Source::new("shop.yaml", SHOP), &overlays).unwrap();
    Api::compile(description).unwrap()
}

fn request(method: Method, target: &str, body: &str) -> Request {
    let mut request = http::Request::new(body.to_owned().into());
    *request.method_mut() = method;
    *request.uri_mut() = target.parse().unwrap();
    if !body.is_empty() {
        let json = http::HeaderValue::from_static("application/json");
        request.headers_mut().insert("content-type", json);
    }
    request.into()
}

fn seen(request: Request, status: u16, media_type: &str, body: &'static str) -> Exchange {
    let status = StatusCode::from_u16(status).unwrap();
    answer::judge(
        &api(None),
        request,
        Reply::with_content(status, media_type, body),
    )
}

fn get(target: &str) -> Request {
    request(Method::GET, target, "")
}

fn post(body: &str) -> Request {
    request(Method::POST, "/orders", body)
}

#[test]
fn what_was_seen_is_answered_again() {
    let json = "application/json";
    let seen = [
        seen(
            get("/items/42?fields=id,price"),
            200,
            json,
            r#"{"price":275.0,"id":9007199254740993}"#,
        ),
        seen(get("/items/7"), 404, "text/plain", "no such item"),
        seen(
            post(r#"{"what":"gin", "n":2}"#),
            201,
            json,
            r#"{"order":8}"#,
        ),
        seen(get("/all"), 200, json, "[1,2]"),
    ];
    let mut recording = Recording::new(api(None).into());
    for exchange in &seen {
        assert_eq!(recording.add(exchange), Ok(()), "{:?}", exchange.violations);
    }
    let replaying = api(Some(recording.to_string()));
    let answered = |request| {
        let reply = answer(&replaying, request).reply;
        (
            reply.status.as_u16(),
            String::from_utf8(reply.body.to_vec()).unwrap(),
        )
    };
    for exchange in seen {
        let want = String::from_utf8(exchange.reply.body.to_vec()).unwrap();
        assert_eq!(
            answered(exchange.request),
            (exchange.reply.status.as_u16(), want)
        );
    }
    // Members in another order are the same body, and what was documented is still there.
    assert_eq!(
        answered(post(r#"{"n":2,"what":"gin"}"#)).1,
        r#"{"order":8}"#
    );
    assert_eq!(answered(post(r#"{"what":"tea"}"#)).1, r#"{"order":7}"#);
    assert_eq!(replaying.review(), []);
}

#[test]
fn what_is_no_example_is_not_recorded() {
    let mut recording = Recording::new(api(None).into());
    let json = "application/json";
    let one = seen(get("/items/42"), 200, json, "{}");
    assert_eq!(recording.add(&one), Ok(()));
    for (exchange, why) in [
        (one, Unrecorded::Repeated),
        (
            seen(get("/items/x"), 200, json, "{}"),
            Unrecorded::LeavesContract,
        ),
        (
            seen(get("/items/1"), 500, json, "{}"),
            Unrecorded::LeavesContract,
        ),
        (seen(get("/all"), 204, json, ""), Unrecorded::NoContent),
    ] {
        assert_eq!(recording.add(&exchange), Err(why));
    }
    assert_eq!(recording.len(), 1);
}

#[test]
fn secrets_are_not_recorded() {
    let mut recording = Recording::new(api(None).into());
    let exchange = seen(
        post(r#"{"what":"gin","pin":"1234"}"#),
        201,
        "application/json",
        r#"{"order":8,"secret":"hush"}"#,
    );
    assert_eq!(recording.add(&exchange), Ok(()));
    let text = recording.to_string();
    assert!(!text.contains("1234") && !text.contains("hush"), "{text}");
    let replaying = api(Some(text));
    let reply = answer(&replaying, post(r#"{"what":"gin","pin":"***"}"#)).reply;
    assert_eq!(reply.body, r#"{"order":8,"secret":"***"}"#);
}
