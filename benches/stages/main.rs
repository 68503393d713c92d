//! What each part of an answer costs, and of the loading before it: `cargo bench --bench stages`.
//!
//! No socket is in it. `docs/performance.md` says what a request costs with one.

use std::{fmt::Write, hint::black_box};

use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use http::{Method, Request};
use mynah::{
    Api, Description, Source, answer,
    contract::{Operation, SampleBody},
    exchange::{Accept, MediaType, Tape},
    vendors,
};
use serde_json::Value;

/// The built-in APIs that are measured: the largest request, and the smallest.
const APIS: [&str; 2] = ["libredesk", "respondent"];

fn answering(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("answer");
    for name in APIS {
        let api = built_in(name);
        let valid = documented(&api);
        let mut refused = valid.clone();
        *refused.body_mut() = Bytes::from_static(b"{}");
        for (kind, request) in [("valid", valid), ("refused", refused)] {
            group.bench_function(format!("{name}/{kind}"), |bencher| {
                bencher.iter(|| answer(&api, request.clone().into()));
            });
        }
    }
    group.finish();
}

fn stages(criterion: &mut Criterion) {
    let api = built_in("libredesk");
    let request = documented(&api);
    let body = request.body();
    let operation = api
        .operation(request.method(), "/api/v1/conversations")
        .expect("the documented request is for an operation");
    let content = &operation.body.as_ref().expect("it has a body").content[0];
    let schema = content.schema.as_ref().expect("its body has a schema");
    let tape = Tape::parse(body).expect("its body is JSON");

    let mut group = criterion.benchmark_group("stage");
    for paths in [10, 5_000] {
        let api = among(paths);
        let path = format!("/items{}/7", paths / 2);
        group.bench_function(format!("route among {paths} paths"), |bencher| {
            bencher.iter(|| black_box(api.routes().find(&Method::GET, black_box(&path), None)));
        });
    }
    group.bench_function("JSON to tape", |bencher| {
        bencher.iter(|| Tape::parse(black_box(body)));
    });
    group.bench_function("JSON to serde_json::Value", |bencher| {
        bencher.iter(|| serde_json::from_slice::<Value>(black_box(body)));
    });
    group.bench_function("names that stand twice", |bencher| {
        bencher.iter(|| black_box(&tape).repeated().is_some());
    });
    group.bench_function("validate", |bencher| {
        bencher.iter(|| {
            let validator = schema.validator().expect("it was used before");
            validator.is_valid(black_box(&tape).root())
        });
    });
    group.bench_function("Content-Type", |bencher| {
        bencher.iter(|| MediaType::parse(black_box("application/json; charset=utf-8")));
    });
    group.bench_function("Accept", |bencher| {
        let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        bencher.iter(|| Accept::parse(black_box(accept)));
    });
    group.finish();
}

fn loading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    for paths in [100, 1_000] {
        let text = description(paths);
        let load = || Description::load(Source::new("paths.yaml", &*text)).expect("it is right");
        group.sample_size(20);
        group.bench_function(format!("description of {paths} paths"), |bencher| {
            bencher.iter(load);
        });
        group.bench_function(format!("API of {paths} paths"), |bencher| {
            bencher.iter_batched(load, Api::compile, criterion::BatchSize::LargeInput);
        });
    }
    for name in APIS {
        group.bench_function(name, |bencher| bencher.iter(|| built_in(name)));
    }
    group.finish();
}

fn built_in(name: &str) -> Api {
    let api = vendors::load(name).expect("it is built in");
    api.expect("its description is right")
}

/// The documented request with a body of an API.
fn documented(api: &Api) -> Request<Bytes> {
    let mut samples = api.operations().iter().map(Operation::sample);
    let sample = samples.find(|sample| matches!(sample.body, Some(SampleBody::Text(_))));
    let sample = sample.expect("it documents a request with a body");
    let Some(SampleBody::Text(body)) = &sample.body else {
        unreachable!("found by its body");
    };
    let head = Request::builder().method(sample.method.as_str());
    let fields = sample.headers.iter();
    fields
        .fold(head.uri(&sample.target), |head, (name, value)| {
            head.header(name, value)
        })
        .body(Bytes::from(body.clone()))
        .expect("what is documented is a request")
}

fn among(paths: usize) -> Api {
    let description = Description::load(Source::new("paths.yaml", description(paths)));
    Api::compile(description.expect("it is right")).expect("it is right")
}

/// A description of so many paths.
fn description(paths: usize) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: Paths, version: '1'}\npaths:\n".to_owned();
    for path in 0..paths {
        let item = "{get: {parameters: [{name: id, in: path, required: true, schema: {type: integer}}], \
                    responses: {'200': {description: One, content: {application/json: {schema: {type: object, \
                    properties: {id: {type: integer}}}, example: {id: 1}}}}}}}";
        // A string takes all that is written to it.
        let _ = writeln!(text, "  /items{path}/{{id}}: {item}");
    }
    text
}

criterion_group!(benches, answering, stages, loading);
criterion_main!(benches);
