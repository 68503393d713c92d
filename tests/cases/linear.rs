//! Reading takes time in proportion to what is read: ten times as much takes about ten times as long.

use std::time::{Duration, Instant};

use mynah::{
    Api, Description, Request, Source, answer,
    contract::{ReadOnly, Settings},
};

const DESCRIPTION: &str = r#"
openapi: 3.1.0
info: {title: Lines, version: '1'}
paths:
  /a:
    post:
      parameters:
        - {name: q, in: query, schema: {type: array, items: {type: integer}}}
        - {name: m, in: query, explode: true, schema: {type: object, additionalProperties: {type: string}}}
      requestBody:
        content:
          application/json: {schema: &schema {type: object, properties: {
            tags: {type: array, items: {type: [integer, string]}},
            one: {oneOf: [{type: string, maxLength: 0}, {type: array, items: {type: string}}]},
            rows: {type: array, items: {type: object, properties: {id: {type: integer, readOnly: true}, n: {type: integer}}, oneOf: [{required: [n]}, {required: [id]}]}}}}}
          application/x-www-form-urlencoded: {schema: *schema}
          multipart/form-data: {schema: *schema}
          application/xml: {schema: *schema}
      responses: {'204': {description: Ok}}
"#;

/// A body of a number of pieces.
type Body = fn(usize) -> String;

fn repeated(count: usize, piece: impl Fn(usize) -> String, between: &str) -> String {
    (0..count).map(piece).collect::<Vec<_>>().join(between)
}

#[test]
fn ten_times_as_much_takes_about_ten_times_as_long() {
    let description = Description::load(Source::new("lines.yaml", DESCRIPTION)).unwrap();
    let api = Api::compile(description).unwrap();
    let form = "application/x-www-form-urlencoded";
    let cases: [(&str, &str, Body); 14] = [
        ("one list", form, |n| {
            repeated(n, |i| format!("tags={i}"), "&")
        }),
        ("brackets", form, |n| {
            repeated(n, |i| format!("tags[]={i}"), "&")
        }),
        ("indices", form, |n| {
            repeated(n, |i| format!("tags[{i}]=x"), "&")
        }),
        ("names", form, |n| repeated(n, |i| format!("f{i}={i}"), "&")),
        ("rows", form, |n| {
            repeated(n, |i| format!("rows[{i}][n]={i}"), "&")
        }),
        ("wrong rows", form, |n| {
            repeated(n, |i| format!("rows[{i}][n]=x"), "&")
        }),
        ("semicolons", form, |n| format!("tags={}", ";".repeat(n))),
        ("fields after semicolons", form, |n| {
            format!("tags={}", ";tags=1".repeat(n))
        }),
        ("one text", form, |n| format!("one={}", "%20".repeat(n))),
        ("parts", "multipart/form-data; boundary=x", |n| {
            // There are no more than 10,000.
            let part =
                |i| format!("--x\r\nContent-Disposition: form-data; name=\"f{i}\"\r\n\r\n1\r\n");
            repeated(n / 2, part, "") + "--x--"
        }),
        ("members", "application/json", |n| {
            format!("{{{}}}", repeated(n, |i| format!("\"f{i}\":{i}"), ","))
        }),
        ("objects", "application/json", |n| {
            format!(
                "{{\"rows\":[{}]}}",
                repeated(n, |i| format!("{{\"id\":{i},\"n\":1}}"), ",")
            )
        }),
        ("one name", "application/json", |n| {
            format!("{{{}}}", repeated(n, |_| "\"a\":1".to_owned(), ","))
        }),
        ("elements", "application/xml", |n| {
            format!(
                "<a>{}</a>",
                repeated(n, |i| format!("<tags>{i}</tags>"), "")
            )
        }),
    ];
    for (what, content_type, body) in cases {
        let time = |count| {
            let body = body(count);
            fastest(|| request("/a".to_owned(), Some(content_type), &body), &api)
        };
        check(what, time, 2_000);
    }
    for (what, piece) in [("repeated", "q=1"), ("other names", "f=1"), ("map", "")] {
        let time = |count: usize| {
            let query = repeated(
                count,
                |i| match piece {
                    "" => format!("f{i}=1"),
                    piece => piece.to_owned(),
                },
                "&",
            );
            fastest(|| request(format!("/a?{query}"), None, ""), &api)
        };
        check(what, time, 500);
    }
    let settings = Settings {
        read_only: ReadOnly::Strip,
        ..*api.settings()
    };
    let api = api.with_settings(settings);
    let time = |count| {
        let rows = repeated(count, |i| format!("{{\"id\":{i},\"n\":1}}"), ",");
        let body = format!("{{\"rows\":[{rows}]}}");
        fastest(
            || request("/a".to_owned(), Some("application/json"), &body),
            &api,
        )
    };
    check("what is dropped", time, 200);
}

fn request(target: String, content_type: Option<&str>, body: &str) -> Request {
    let mut request = http::Request::post(target);
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    request.body(body.to_owned().into()).unwrap().into()
}

/// The least of some times that an answer takes: others use this machine too.
fn fastest(request: impl Fn() -> Request, api: &Api) -> Duration {
    let time = || {
        let request = request();
        let start = Instant::now();
        answer(api, request);
        start.elapsed()
    };
    (0..3).map(|_| time()).min().unwrap()
}

/// The least time that is compared: below it, chance counts for more than what is measured.
const LEAST: Duration = Duration::from_millis(1);

fn check(what: &str, time: impl Fn(usize) -> Duration, count: usize) {
    let measure = || {
        let (few, many) = (time(count), time(10 * count));
        many.as_secs_f64() / few.max(LEAST).as_secs_f64()
    };
    // In proportion to the square it would be a hundred times, each time.
    let times = (0..3).map(|_| measure()).find(|times| *times < 40.0);
    assert!(
        times.is_some(),
        "{what}: ten times as much takes far longer"
    );
    println!("{what}: {:.1} times", times.unwrap_or_default());
}
