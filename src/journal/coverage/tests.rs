use std::time::SystemTime;

use http::Request;

use super::*;
use crate::{Description, Source, answer, journal::Journal};

const PETS: &str = r#"
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    put:
      parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: limit, in: query, schema: {type: integer}}
      - {name: tags, in: query, schema: {type: array, items: {type: string}}}
      - {name: X-Trace, in: header, schema: {type: string}}
      - {name: theme, in: cookie, schema: {type: string}}
      requestBody:
        content:
          application/json: {schema: {type: object}}
          text/*: {schema: {type: string}}
      responses:
        '200':
          description: The pet
          content:
            application/json: {examples: {dog: {value: {id: 1}}, cat: {value: {id: 2}}}}
            text/plain: {example: pet}
        '404': {description: None}
        4XX: {description: Wrong, content: {application/problem+json: {schema: {type: object}}}}
        default: {description: Other, content: {application/problem+json: {schema: {type: object}}}}
  /never:
    get: {responses: {'204': {description: Nothing}}}
"#;

fn api(text: &str) -> Arc<Api> {
    let description = Description::load(Source::new("pets.yaml", text)).unwrap();
    Arc::new(Api::compile(description).unwrap())
}

fn call(api: &Api, coverage: &Coverage, request: http::request::Builder, body: &'static str) {
    let exchange = answer(api, request.body(body.into()).unwrap().into());
    let name = Some(Arc::clone(api.name()));
    coverage.record(&Record::new(name, SystemTime::now(), exchange));
}

/// What was exercised of the first operation.
fn exercised(coverage: &Coverage) -> Vec<String> {
    let apis = coverage.apis();
    let items = apis[0].operations[0].items.iter();
    let exercised = items.filter(|covered| covered.count > 0);
    exercised
        .map(|covered| format!("{}: {}", covered.item, covered.count))
        .collect()
}

#[test]
fn each_item_is_exercised_by_what_is_sent_and_given() {
    let json = || Request::put("/pets/1").header("content-type", "application/json");
    for (request, body, want) in [
        (
            Request::put("/pets/1"),
            "",
            &["200 application/json", "200 application/json example `dog`"][..],
        ),
        (
            Request::put("/pets/1?limit=5&other=1"),
            "",
            &[
                "query `limit`",
                "200 application/json",
                "200 application/json example `dog`",
            ],
        ),
        (
            Request::put("/pets/1?tags[]=a")
                .header("mynah-query-array-format", "brackets")
                .header("x-trace", "1")
                .header("cookie", "a=b; theme=dark"),
            "",
            &[
                "query `tags`",
                "header `X-Trace`",
                "cookie `theme`",
                "200 application/json",
                "200 application/json example `dog`",
            ],
        ),
        (
            json().header("prefer", "example=cat"),
            "{}",
            &[
                "body application/json",
                "200 application/json",
                "200 application/json example `cat`",
            ],
        ),
        (
            Request::put("/pets/1")
                .header("content-type", "text/csv")
                .header("accept", "text/plain"),
            "a,b",
            &["body text/*", "200 text/plain"],
        ),
        (
            Request::put("/pets/1").header("prefer", "code=404"),
            "",
            &["404"],
        ),
        // Refused as documented.
        (
            Request::put("/pets/one"),
            "",
            &["4XX application/problem+json"],
        ),
        (
            Request::put("/pets/1").header("prefer", "code=503"),
            "",
            &["default application/problem+json"],
        ),
    ] {
        let api = api(PETS);
        let coverage = Coverage::of(&[Arc::clone(&api)]);
        call(&api, &coverage, request, body);
        let always = ["operation", "path `id`"];
        let want = always.iter().chain(want).map(|item| format!("{item}: 1"));
        assert_eq!(exercised(&coverage), want.collect::<Vec<_>>());
        assert_eq!(coverage.undocumented().count(), 0);
    }
}

#[test]
fn counts_grow_and_the_ratio_is_that_of_items() {
    let api = api(PETS);
    let coverage = Coverage::of(&[Arc::clone(&api)]);
    assert_eq!(coverage.ratio(), 0.0);
    for _ in 0..3 {
        call(&api, &coverage, Request::get("/never"), "");
    }
    let of_pets = &coverage.apis()[0];
    assert_eq!(of_pets.operations[1].count(), 3);
    assert_eq!(of_pets.operations[0].count(), 0);
    // Two of what the second documents: itself and its reply. The first has 15 items.
    let tally = Tally {
        exercised: 2,
        documented: 17,
    };
    assert_eq!(of_pets.tally(), tally);
    assert_eq!(coverage.ratio(), 2.0 / 17.0);
    let replies = Tally {
        exercised: 1,
        documented: 6,
    };
    assert_eq!(of_pets.tally_of(ItemKind::Reply), replies);
}

#[test]
fn nothing_documented_is_nothing_covered() {
    assert_eq!(Coverage::of(&[]).ratio(), 0.0);
}

#[test]
fn what_is_not_documented_is_counted_apart() {
    let api = api(PETS);
    let coverage = Coverage::of(&[Arc::clone(&api)]);
    call(&api, &coverage, Request::get("/dogs?x=1"), "");
    call(&api, &coverage, Request::get("/dogs?x=2"), "");
    call(&api, &coverage, Request::delete("/never"), "");
    // HTTP's own answer.
    call(&api, &coverage, Request::options("/never"), "");
    let undocumented = coverage.undocumented();
    let calls = undocumented.calls.iter();
    let told: Vec<_> = calls
        .map(|(it, count)| (&*it.method, &*it.path, &*it.why, *count))
        .collect();
    assert_eq!(
        told,
        [
            ("GET", "/dogs", "unknown-path", 2),
            ("DELETE", "/never", "unknown-method", 1)
        ]
    );
    assert_eq!(undocumented.count(), 3);
    assert_eq!(coverage.ratio(), 0.0);
}

#[test]
fn of_very_many_undocumented_calls_the_first_are_told_apart() {
    let api = api(PETS);
    let coverage = Coverage::of(&[Arc::clone(&api)]);
    for number in 0..1100 {
        call(&api, &coverage, Request::get(format!("/none/{number}")), "");
    }
    let undocumented = coverage.undocumented();
    assert_eq!((undocumented.calls.len(), undocumented.others), (1000, 100));
}

#[test]
fn another_version_goes_on_with_what_both_document() {
    let first = api(PETS);
    let coverage = Coverage::of(&[Arc::clone(&first)]);
    call(&first, &coverage, Request::put("/pets/1?limit=5"), "");
    let changed = PETS
        .replace("name: limit", "name: most")
        .replace("/never", "/ever");
    let second = api(&changed);
    coverage.follow(&second);
    coverage.follow(&second);
    call(&second, &coverage, Request::put("/pets/1"), "");
    assert_eq!(
        exercised(&coverage),
        [
            "operation: 2",
            "path `id`: 2",
            "200 application/json: 2",
            "200 application/json example `dog`: 2"
        ]
    );
    assert_eq!(&*coverage.apis()[0].operations[1].operation, "GET /ever");
    call(&first, &coverage, Request::get("/never"), "");
    assert_eq!(coverage.undocumented().count(), 1);
}

#[test]
fn what_falls_off_the_journal_stays_counted() {
    let api = api(PETS);
    let journal = Journal::bounded(1, usize::MAX).counting(Coverage::of(&[Arc::clone(&api)]));
    for _ in 0..5 {
        let request = Request::get("/never").body("".into()).unwrap();
        let exchange = answer(&api, request.into());
        let name = Some(Arc::clone(api.name()));
        journal.record(Record::new(name, SystemTime::now(), exchange));
    }
    assert_eq!(journal.len(), 1);
    let apis = journal.coverage().unwrap().apis();
    assert_eq!(apis[0].operations[1].count(), 5);
}
