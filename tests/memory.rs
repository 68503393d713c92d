//! What is kept in memory: nothing of a thousand reloads (prism #1908), and little of a description whose
//! schemas all lead to each other (mockoon #1990, #1994; prism #1926); and what a hostile body takes while it is
//! answered. Alone in their process, whose memory is measured.

#![cfg(target_os = "linux")]

use std::{
    fs,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use mynah::{
    Api, Description, Source,
    server::{Config, Mount, Server},
};

/// How much more may be in use after another 900 reloads: 4 KiB of each would be found.
const BOUND_KIB: usize = 4 * 1024;

/// How much more may be in use after another 40 operations: 6 MiB of each would be found, and what one
/// keeps for itself is more.
const KNOT_BOUND_KIB: usize = 240 * 1024;

/// The length of bodies that mean harm.
const BODY: usize = 4 << 20;

/// One test at a time, or each would measure the other.
static ALONE: Mutex<()> = Mutex::new(());

/// A description of some size; each has another title.
fn api(number: usize) -> Arc<Api> {
    let mut text =
        format!("openapi: 3.1.0\ninfo: {{title: Number {number}, version: '1'}}\npaths:\n");
    for path in 0..4 {
        text.push_str(&format!(
            "  /things{path}/{{id}}:\n    put:\n      \
             parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}]\n      \
             requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}\n      \
             responses: {{'200': {{description: Ok, content: {{application/json: {{schema: {{type: object, properties: \
             {{id: {{type: integer, minimum: {path}}}, name: {{type: string, pattern: '^a+$'}}}}}}}}}}}}}}\n"
        ));
    }
    text.push_str("components: {schemas: {Thing: {type: object, properties: {thing: {$ref: '#/components/schemas/Thing'}}}}}\n");
    let description = Description::load(Source::new("things.yaml", text)).unwrap();
    Arc::new(Api::compile(description).unwrap())
}

/// The memory of this process that is in use, in KiB.
fn resident() -> usize {
    status("VmRSS:")
}

/// The most that was in use since the last time that this was asked, in KiB.
fn peak() -> usize {
    let peak = status("VmHWM:");
    fs::write("/proc/self/clear_refs", "5").unwrap();
    peak
}

fn status(field: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// A description of 60 operations with 600 schemas, each of which leads to all others.
fn knot() -> Api {
    let mut text = "openapi: 3.1.0\ninfo: {title: Knot, version: '1'}\npaths:\n".to_owned();
    for path in 0..60 {
        let schema = path * 10;
        text.push_str(&format!(
            "  /things{path}:\n    put:\n      requestBody: {{content: {{application/json: {{schema: \
             {{$ref: '#/components/schemas/S{schema}'}}}}}}}}\n      responses: {{'204': {{description: Ok}}}}\n"
        ));
    }
    text.push_str("components:\n  schemas:\n");
    for schema in 0..600 {
        let (next, far) = ((schema + 1) % 600, schema * 7 % 600);
        text.push_str(&format!(
            "    S{schema}: {{type: object, required: [name], properties: {{name: {{type: string}}, size: {{type: integer}}, \
             next: {{$ref: '#/components/schemas/S{next}'}}, far: {{type: array, items: {{$ref: \
             '#/components/schemas/S{far}'}}}}}}}}\n"
        ));
    }
    let description = Description::load(Source::new("knot.yaml", text)).unwrap();
    Api::compile(description).unwrap()
}

#[test]
fn operations_whose_schemas_lead_to_all_others_keep_little() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let api = knot();
    let ask = |path: usize| {
        let request = http::Request::put(format!("/things{path}"));
        let request = request.header("content-type", "application/json");
        let body = r#"{"name":"a","next":{"name":1}}"#;
        let exchange = mynah::answer(&api, request.body(body.into()).unwrap().into());
        assert_eq!(exchange.reply.status, 422);
    };
    (0..20).for_each(ask);
    let after_some = resident();
    (20..60).for_each(ask);
    let after_all = resident();
    println!("{after_some} KiB after 20 operations, {after_all} after 60");
    assert!(
        after_all < after_some + KNOT_BOUND_KIB,
        "{after_some} KiB after 20 operations, {after_all} after 60"
    );
}

#[test]
fn a_thousand_reloads_leave_nothing_behind() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mount = Mount::new("", api(0));
    let config = Config {
        port: 0,
        threads: NonZeroUsize::MIN,
        ..Config::default()
    };
    let server = Server::bind(config, vec![mount.clone()])
        .unwrap()
        .start()
        .unwrap();
    let client = reqwest::Client::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let url = format!("http://{}/things1/7", server.addr());
    let mut after_some = 0;
    let one = resident();
    for number in 1..=1000 {
        mount.replace(api(number));
        let request = client.put(&url).json(&serde_json::json!({"thing": {}}));
        let status = runtime.block_on(async { request.send().await.unwrap().status() });
        assert_eq!(status, 200);
        if number == 100 {
            after_some = resident();
        }
    }
    let after_all = resident();
    println!("{one} KiB with one, {after_some} after 100 reloads, {after_all} after 1,000");
    assert!(
        after_all < after_some + BOUND_KIB,
        "{after_some} KiB after 100 reloads, {after_all} after 1,000"
    );
}

#[test]
fn no_body_takes_a_hundred_times_its_length() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let text = include_str!("http/hostile.yaml");
    let description = Description::load(Source::new("hostile.yaml", text)).unwrap();
    let api = Api::compile(description).unwrap();
    let full = |before: &str, part: &str, after: &str| {
        let length = BODY - before.len() - after.len();
        format!("{before}{}{after}", part.repeat(length / part.len()))
    };
    let members: String = (0..200_000).map(|n| format!("\"k{n}\":1,")).collect();
    let members = format!("{{{members}\"k\":1}}");
    let namespace = format!("<r xmlns='{}'>", "u".repeat(1 << 20));
    let (json, xml, form) = (
        "application/json",
        "application/xml",
        "application/x-www-form-urlencoded",
    );
    let before = resident();
    peak();
    for (path, media_type, body, want) in [
        ("/json", json, full("[", "[],", "1]"), 204),
        ("/json", form, full("", "a=1&", ""), 204),
        ("/json", xml, full("<r>", "<a b=''/>", "</r>"), 400),
        ("/json", xml, full(&namespace, "<b/>", "</r>"), 400),
        // Every fault is found with a copy of what is wrong.
        ("/strings", json, full("[", "1,", "1]"), 422),
        ("/names", json, members.clone(), 422),
        ("/closed", json, members, 422),
    ] {
        let shown: String = body.chars().take(40).collect();
        let request = http::Request::post(path).header("content-type", media_type);
        let exchange = mynah::answer(&api, request.body(body.into()).unwrap().into());
        let took = peak().saturating_sub(before);
        println!("{path} {shown}: {took} KiB");
        assert_eq!(exchange.reply.status, want, "{path} {shown}");
        assert!(took < 100 * BODY / 1024, "{path} {shown}: {took} KiB");
    }
}
