//! A thousand reloads leave no memory behind (prism #1908). Alone in its process, whose memory is measured.

#![cfg(target_os = "linux")]

use std::{fs, num::NonZeroUsize, sync::Arc};

use mynah::{
    Api, Description, Source,
    server::{Config, Mount, Server},
};

/// How much more may be in use after another 900 reloads: 4 KiB of each would be found.
const BOUND_KIB: usize = 4 * 1024;

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
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_thousand_reloads_leave_nothing_behind() {
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
