//! `mynah judge` and `mynah har`: recorded exchanges.

use mynah::cli::Exit;
use serde_json::{Value, json};

use crate::{
    in_process::schema_error,
    journal::{Name, Ran, run, written},
};

const PETS: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://{region}.pets.example/v1', variables: {region: {default: eu}}}]
security: [{token: []}]
paths:
  /pets:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema: {required: [name], properties: {name: {type: string}, pin: {type: string, format: password, minLength: 4}}}
      responses:
        '201':
          description: Added
          content: {application/json: {schema: {required: [id], properties: {id: {type: integer}}}}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
";

struct Files {
    spec: Name,
    archive: Name,
}

impl Files {
    fn new(entries: &[Value]) -> Self {
        let (spec, archive) = (Name::new("yaml"), Name::new("har"));
        spec.write(PETS);
        let log = json!({"log": {"version": "1.2", "creator": {}, "entries": entries}});
        archive.write(log.to_string());
        Self { spec, archive }
    }

    fn judge(&self, more: &[&str]) -> Ran {
        let args = ["judge", self.spec.path(), "--har", self.archive.path()];
        run(&[&args, more].concat())
    }
}

fn entry(url: &str, body: &str, status: u16, reply: &str) -> Value {
    json!({
        "startedDateTime": "2026-11-21T08:00:00Z", "time": 5, "cache": {}, "timings": {},
        "request": {
            "method": "POST", "url": url, "httpVersion": "HTTP/1.1", "cookies": [], "queryString": [],
            "headers": [
                {"name": "Content-Type", "value": "application/json"},
                {"name": "Authorization", "value": "Bearer hush"},
            ],
            "postData": {"mimeType": "application/json", "text": body},
            "headersSize": -1, "bodySize": body.len(),
        },
        "response": {
            "status": status, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": [], "redirectURL": "",
            "headers": [{"name": "content-type", "value": "application/json"}],
            "content": {"size": reply.len(), "mimeType": "application/json", "text": reply},
            "headersSize": -1, "bodySize": reply.len(),
        },
    })
}

const SERVER: &str = "https://eu.pets.example/v1/pets";

#[test]
fn traffic_that_keeps_to_the_contract_passes() {
    let files = Files::new(&[
        entry(SERVER, r#"{"name":"Bello"}"#, 201, r#"{"id":1}"#),
        entry("https://cdn.example/script.js", "", 200, "{}"),
    ]);
    let ran = files.judge(&[]);
    assert_eq!(ran.exit, Exit::Done, "{}{}", ran.out, ran.err);
    assert!(
        ran.err.contains("1 of 2 exchanges were sent elsewhere"),
        "{}",
        ran.err
    );
}

#[test]
fn both_sides_are_judged() {
    let files = Files::new(&[
        entry(SERVER, "{}", 201, r#"{"id":1}"#),
        entry(SERVER, r#"{"name":"Bello"}"#, 201, r#"{"id":"one"}"#),
        entry(SERVER, r#"{"name":"Bello"}"#, 418, "{}"),
        entry("https://eu.pets.example/v1/dogs", "{}", 404, "{}"),
    ]);
    let ran = files.judge(&[]);
    assert_eq!(ran.exit, Exit::ContractBroken);
    for part in [
        "body `/name`: required, but missing",
        "body `/id`: expected integer, found string \"one\"",
        "418 is not documented",
        "`/v1/dogs` is not documented",
    ] {
        assert!(ran.out.contains(part), "{part} in {}", ran.out);
    }
    assert!(!ran.out.contains("hush"), "{}", ran.out);
    let report = Name::new("json");
    let to_file = format!("json={}", report.path());
    files.judge(&["--report", &to_file]);
    let found: Value = serde_json::from_str(&report.text()).unwrap();
    assert_eq!(found["errors"], 4);
    assert_eq!(schema_error(&found), None);
}

#[test]
fn an_address_says_what_is_meant() {
    let local = "http://127.0.0.1:4010/fake/pets";
    let good = (r#"{"name":"Bello"}"#, 201, r#"{"id":1}"#);
    let files = Files::new(&[
        entry(local, good.0, good.1, good.2),
        entry("http://other.example/pets", good.0, good.1, good.2),
    ]);
    let unclear = files.judge(&[]);
    assert_eq!(unclear.exit, Exit::Usage);
    assert!(
        unclear
            .err
            .contains("There are: http://127.0.0.1:4010, http://other.example"),
        "{}",
        unclear.err
    );
    let ran = files.judge(&["--url", "http://127.0.0.1:4010/fake"]);
    assert_eq!(ran.exit, Exit::Done, "{}{}", ran.out, ran.err);
    let none = files.judge(&["--url", "http://127.0.0.1:4010/nowhere"]);
    assert_eq!(none.exit, Exit::ContractBroken);
    assert!(
        none.out.contains("nothing that was recorded is for"),
        "{}",
        none.out
    );
}

#[test]
fn what_was_not_recorded_is_not_judged() {
    let mut sanitized = entry(SERVER, "", 201, "");
    sanitized["request"]["headers"] =
        json!([{"name": "content-type", "value": "application/json"}]);
    sanitized["request"]
        .as_object_mut()
        .unwrap()
        .remove("postData");
    sanitized["request"]["bodySize"] = json!(20);
    sanitized["response"]["content"] = json!({"size": 20, "mimeType": "application/json"});
    let files = Files::new(&[sanitized]);
    let ran = files.judge(&[]);
    assert_eq!(ran.exit, Exit::ContractBroken);
    assert!(ran.out.contains("the credential is missing"), "{}", ran.out);
    let ran = files.judge(&["--no-credentials"]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.out);
    for side in ["request", "reply"] {
        let said = format!("the body of the {side} was not recorded in 1 of 1 exchanges");
        assert!(ran.err.contains(&said), "{}", ran.err);
    }
}

#[test]
fn what_is_no_archive_is_named() {
    let files = Files::new(&[]);
    let ran = files.judge(&[]);
    assert_eq!(ran.exit, Exit::ContractBroken);
    assert!(ran.out.contains("no-requests"), "{}", ran.out);
    files.archive.write("{}");
    let ran = files.judge(&[]);
    assert_eq!(ran.exit, Exit::Usage);
    assert!(ran.err.contains("is not an HTTP Archive"), "{}", ran.err);
    let mut blocked = entry(SERVER, "", 201, "");
    blocked["response"]["status"] = json!(0);
    let files = Files::new(&[blocked]);
    assert!(
        files
            .judge(&[])
            .err
            .contains("entry 1 is passed over: there was no reply")
    );
}

#[test]
fn a_journal_is_judged_and_becomes_an_archive() {
    let pets = "tests/cli/descriptions/pets.yaml";
    let name = Name::new("jsonl");
    written(&name, &[]);
    let ran = run(&["judge", pets, "--journal", name.path()]);
    assert_eq!(ran.exit, Exit::ContractBroken);
    assert!(ran.out.contains("`/dogs` is not documented"), "{}", ran.out);
    let other = run(&["judge", "libredesk", "--journal", name.path()]);
    assert_eq!(other.exit, Exit::Usage);
    assert!(
        other
            .err
            .contains("nothing that was recorded is for `libredesk`; there are: pets"),
        "{}",
        other.err
    );
    let har = run(&["har", name.path()]);
    assert_eq!(har.exit, Exit::Done, "{}", har.err);
    let found: Value = serde_json::from_str(&har.out).unwrap();
    assert_eq!(found["log"]["entries"].as_array().unwrap().len(), 3);
    assert_eq!(found["log"]["entries"][1]["_mynah"]["redacted"], true);
    let archive = Name::new("har");
    archive.write(har.out);
    let again = run(&["judge", pets, "--har", archive.path()]);
    assert!(
        again.out.contains("`/dogs` is not documented"),
        "{}",
        again.out
    );
}

#[test]
fn secrets_of_a_journal_stay_in_it() {
    let pets = "tests/cli/descriptions/pets.yaml";
    let name = Name::new("jsonl");
    written(&name, &["--journal-secrets"]);
    let unclear = run(&["har", name.path()]);
    assert_eq!(unclear.exit, Exit::Usage);
    assert!(
        unclear
            .err
            .contains("has its secrets in it: say with --spec which description `pets` is"),
        "{}",
        unclear.err
    );
    let without = run(&["har", name.path(), "--spec", pets]);
    assert_eq!(without.exit, Exit::Done, "{}", without.err);
    assert!(
        !without.out.contains("hush") && without.out.contains("Bearer ***"),
        "{}",
        without.out
    );
    let with = run(&["har", name.path(), "--secrets"]);
    assert!(with.out.contains("Bearer hush"), "{}", with.out);
}

#[test]
fn what_a_record_does_not_show_is_not_held_against_it() {
    let files = Files::new(&[]);
    let url = "http://127.0.0.1:4010/pets";
    // As Mynah writes it: too short for a password, were it one.
    let mut redacted = entry(url, r#"{"name":"Bello","pin":"***"}"#, 201, r#"{"id":1}"#);
    for (is_redacted, exit) in [(true, Exit::Done), (false, Exit::ContractBroken)] {
        redacted["_mynah"] = json!({"redacted": is_redacted});
        let log = json!({"log": {"entries": [redacted]}});
        files.archive.write(log.to_string());
        let ran = files.judge(&[]);
        assert_eq!(ran.exit, exit, "{}", ran.out);
    }
}
