//! Descriptions as large and as circular as the largest public ones are served soon, and nothing that
//! is asked of them goes on without end (prism #891, #1456, #1479, #1859, #1926; mockoon #1990, #1994;
//! mockserver #1209; scalar #10039; schemathesis #1611, #3046, #4150).
//!
//! Processor times of two sizes are compared, so that a slow or busy machine changes nothing, and a
//! step that takes time by the square of the size is found.

use std::{fmt::Write, time::Duration};

use mynah::{Api, Exchange, answer};

use super::compile;

/// How many schemas refer to each other in a circle.
const CIRCLE: usize = 10;

/// A description with so many operations, and a circle of schemas for each.
fn description(operations: usize) -> String {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: Large, version: '1'}\ncomponents:\n  schemas:\n",
    );
    let reference = |operation: usize, schema: usize| {
        let schema = schema % CIRCLE;
        format!("{{$ref: '#/components/schemas/S{operation}x{schema}'}}")
    };
    for operation in 0..operations {
        for schema in 0..CIRCLE {
            let (next, far) = (
                reference(operation, schema + 1),
                reference(operation, schema * 3),
            );
            writeln!(
                text,
                "    S{operation}x{schema}: {{type: object, required: [name], properties: {{id: {{type: integer, \
                 readOnly: true}}, name: {{type: string}}, next: {next}, far: {{type: array, items: {far}}}}}}}"
            )
            .unwrap();
        }
    }
    text.push_str("paths:\n");
    for operation in 0..operations {
        let (body, reply) = (reference(operation, 0), reference(operation, 5));
        writeln!(
            text,
            "  /things{operation}/{{id}}:\n    put:\n      \
             parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}]\n      \
             requestBody: {{content: {{application/json: {{schema: {body}}}}}}}\n      \
             responses:\n        '200': {{description: Ok, content: {{application/json: {{schema: {reply}}}}}}}"
        )
        .unwrap();
    }
    text
}

/// What something gives, and the processor time that it takes.
#[cfg(unix)]
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    use rustix::time::{ClockId, clock_gettime};

    let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
    let before = now();
    let value = run();
    (value, now() - before)
}

/// What something gives, and the time that passes.
#[cfg(not(unix))]
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begun = std::time::Instant::now();
    let value = run();
    (value, begun.elapsed())
}

fn put(api: &Api, operation: usize, body: &'static str) -> Exchange {
    let request = http::Request::put(format!("/things{operation}/7"));
    let request = request.header("content-type", "application/json");
    answer(api, request.body(body.into()).unwrap().into())
}

#[test]
fn twenty_thousand_schemas_take_four_times_as_long_as_five_thousand() {
    let (small, large) = (description(500), description(2000));
    let compiled = |text: &str| timed(|| compile(text).unwrap());
    let (_, fast) = compiled(&small);
    let (small, again) = compiled(&small);
    let fast = fast.min(again);
    let (api, slow) = compiled(&large);
    assert!(
        slow < fast * 7,
        "{fast:?} for 500 operations, {slow:?} for 2,000"
    );
    assert!(slow < Duration::from_secs(120), "{slow:?}");

    // One fault is found as soon, though all that it touches has to be looked for.
    let faulty = large.replacen("S1x5: {type: object", "S1x5: {type: obj", 1);
    let (findings, took) = timed(|| compile(&faulty).unwrap_err());
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(
        took < slow * 3,
        "{slow:?} without a fault, {took:?} with one"
    );

    // The first answer copies the document once; those of other operations look at their part only.
    let good = r#"{"name":"a","next":{"name":"b","far":[{"name":"c"}]}}"#;
    let bad = r#"{"name":"a","next":{"name":"b","far":[{"name":1}]}}"#;
    let (_, fast) = timed(|| put(&small, 1, good));
    let (exchange, slow) = timed(|| put(&api, 1, good));
    assert_eq!(exchange.reply.status, 200);
    assert!(
        slow < fast * 8,
        "{fast:?} for the first of 500 operations, {slow:?} of 2,000"
    );
    let (_, fast) = timed(|| put(&small, 2, good));
    let (exchange, slow) = timed(|| put(&api, 1999, good));
    assert_eq!(exchange.reply.status, 200);
    assert!(
        slow < fast * 4,
        "{fast:?} for the second of 500 operations, {slow:?} of 2,000"
    );
    let refused = put(&api, 1999, bad);
    assert_eq!(refused.reply.status, 422);
    assert_eq!(
        refused.violations[0].place.to_string(),
        "body `/next/far/0/name`"
    );
}

#[test]
fn two_thousand_operations_are_told_apart_as_soon_as_two() {
    let api = |paths: usize| {
        let mut text = String::from("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n");
        for path in 0..paths {
            let operation = "{responses: {'204': {description: Ok}}}";
            writeln!(text, "  /a{path}/{{id}}: {{get: {operation}}}").unwrap();
            writeln!(text, "  /a{path}/{{id}}/b/{{other}}: {{get: {operation}}}").unwrap();
        }
        compile(&text).unwrap()
    };
    let time = |api: &Api, path: &str| {
        let ask = || {
            for _ in 0..100 {
                let request = http::Request::get(path).body("".into()).unwrap();
                assert_eq!(answer(api, request.into()).reply.status, 204);
            }
        };
        (0..5).map(|_| timed(ask).1).min().unwrap_or_default()
    };
    let fast = time(&api(1), "/a0/1/b/2");
    let slow = time(&api(1000), "/a999/1/b/2");
    // As many comparisons as operations would take hundreds of times as long.
    assert!(
        slow < fast * 10,
        "{fast:?} for 2 operations, {slow:?} for 2,000"
    );
}
