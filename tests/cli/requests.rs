//! `mynah requests`, and that its lines do what they say. Output is under `snapshots/`.

use std::{fs, process::Command};

use mynah::{
    Api, Description,
    cli::Exit,
    cookbook::{Obtained, recipes},
    report::curl_line,
    vendors,
};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    in_process::{assert_snapshot, run},
    process::Serving,
};

const REPLIES: &str = "tests/cli/descriptions/replies.yaml";

/// The API of the description with replies of every kind.
fn replies() -> Api {
    let read = Description::open(REPLIES.as_ref(), Default::default());
    Api::compile(read.unwrap()).unwrap()
}

#[test]
fn requests_are_printed_in_each_form() {
    assert_snapshot("cli_requests_help", &["requests", "--help"]);
    assert_snapshot("cli_requests", &["requests", REPLIES]);
    assert_snapshot(
        "cli_requests_fetch",
        &["requests", REPLIES, "--format", "fetch"],
    );
    let url = ["--url", "https://shop.example/fake/"];
    let http = ["requests", REPLIES, "--format", "http"];
    assert_snapshot("cli_requests_http", &[&http[..], &url].concat());
    let (exit, out, _) = run(&["requests", REPLIES, "--format", "json"]);
    assert_eq!(exit, Exit::Done);
    let all: Value = serde_json::from_str(&out).unwrap();
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), recipes(&replies()).count());
    assert_eq!(all[0]["example"], "one");
    assert_eq!(all[0]["request"]["headers"][0][0], "x-key");
    let unobtained = all.iter().filter(|it| it["unobtained"].is_string());
    assert_eq!(unobtained.count(), 1, "the interim status only");
}

#[test]
fn every_line_does_in_bash_what_it_says() {
    let serving = Serving::start(&["serve", REPLIES]);
    let url = format!("http://{}", serving.address);
    let obtained = executed(&replies(), &url);
    assert!(obtained > 20, "{obtained}");
}

#[test]
fn every_line_of_the_vendors_does_in_bash_what_it_says() {
    let serving = Serving::start(&[]);
    let mut count = 0;
    for built_in in vendors::catalogue() {
        let api = vendors::load(built_in.name).unwrap().unwrap();
        let url = format!("http://{}/{}", serving.address, built_in.name);
        count += executed(&api, &url);
    }
    assert!(count > 20, "{count}");
}

/// curl takes no `--head` with a body.
#[test]
fn a_head_request_with_a_body_is_sent_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("search.yaml");
    let text = "openapi: 3.1.0\ninfo: {title: Search, version: '1'}\npaths:\n  /notes:\n    head:\n      \
                requestBody: {required: true, content: {application/json: {example: {q: it's}}}}\n      \
                responses: {'200': {description: Found, content: {application/json: {example: [1]}}}}\n";
    fs::write(&file, text).unwrap();
    let api = Api::compile(Description::open(&file, Default::default()).unwrap()).unwrap();
    let serving = Serving::start(&["serve", file.to_str().unwrap()]);
    assert_eq!(executed(&api, &format!("http://{}", serving.address)), 1);
}

/// Executes the line of each reply, and compares what comes; how many there are.
fn executed(api: &Api, url: &str) -> usize {
    let bash = Bash::new();
    let obtained = recipes(api).filter_map(|recipe| Some((recipe.title(), recipe.obtained.ok()?)));
    let mut count = 0;
    for (title, obtained) in obtained {
        count += 1;
        bash.compare(&title, &obtained, url);
    }
    count
}

/// Executes lines as they are, with a configuration of curl that writes the head of each reply to a file.
pub struct Bash(TempDir);

impl Bash {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let head = home.path().join("head");
        let config = format!("silent\nnoproxy = \"*\"\ndump-header = {head:?}\n");
        fs::write(home.path().join(".curlrc"), config).unwrap();
        Self(home)
    }

    /// The head of the reply, and its body.
    pub fn execute(&self, line: &str) -> (String, Vec<u8>) {
        let mut bash = Command::new("bash");
        let ran = bash
            .arg("-c")
            .arg(line)
            .env("CURL_HOME", self.0.path())
            .output();
        let body = ran.unwrap().stdout;
        let head = fs::read_to_string(self.0.path().join("head"));
        (head.unwrap_or_default(), body)
    }

    fn compare(&self, title: &str, obtained: &Obtained, url: &str) {
        let line = curl_line(obtained, url);
        let (head, body) = self.execute(&line);
        let reply = &obtained.exchange.reply;
        let status = format!("HTTP/1.1 {} ", reply.status.as_str());
        assert!(head.starts_with(&status), "{title}: {line}\n{head}");
        for (name, value) in &reply.headers {
            let field = format!("{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes()));
            assert!(head.contains(&field), "{title}: no {field} in\n{head}");
        }
        if obtained.exchange.request.method != http::Method::HEAD {
            assert_eq!(body, reply.body, "{title}: {line}");
        }
    }
}
