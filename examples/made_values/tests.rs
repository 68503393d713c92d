//! The built-in APIs, and descriptions with schemas that are hard to make values for.

use std::{fs, path::PathBuf};

use mynah::vendors::BuiltIn;

use super::{
    check::{check, check_snapshots},
    judge::{Judge, Verdict},
    open,
};

fn hard() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/made_values/hard")
}

fn assert_valid(name: &str) {
    let (api, file) = open(name).unwrap();
    let tally = check(&api, &file, 20).unwrap();
    assert!(tally.checked > 0, "{name}: {tally:?}");
    assert!(
        tally.invalid.is_empty() && tally.misfits.is_empty() && tally.unmade.is_empty(),
        "{name}: {tally:#?}"
    );
}

#[test]
fn made_values_of_the_built_in_apis_are_valid() {
    for BuiltIn { name, .. } in mynah::vendors::catalogue() {
        assert_valid(name);
    }
}

#[test]
fn made_values_of_hard_schemas_are_valid() {
    for entry in fs::read_dir(hard()).unwrap() {
        assert_valid(entry.unwrap().path().to_str().unwrap());
    }
}

#[test]
fn the_replies_of_snapshots_are_valid() {
    for BuiltIn { name, .. } in mynah::vendors::catalogue() {
        let (api, file) = open(name).unwrap();
        let tally = check_snapshots(&api, &file).unwrap();
        assert!(tally.checked > 0, "{name}: {tally:?}");
        let faults: Vec<_> = tally.invalid.iter().chain(&tally.misfits).collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}

#[test]
fn what_is_wrong_is_found() {
    let id = "8d64817a-607a-4bc4-b008-e5d3879497db";
    let user = |rest: &str| format!(r#"{{"id":"{id}","name":"Ada","roles":["admin"]{rest}}}"#);
    let echo = |rest: &str| format!(r#"{{"status":null,"owner":{{"id":"{id}"}}{rest}}}"#);
    let event = |rest: &str| format!(r#"[{{"type":"made","at":"2026-01-08T23:08:28Z"{rest}}}]"#);
    let two = |rest: &str| {
        event(rest).replace('[', "[{\"type\":\"gone\",\"at\":\"2026-01-08T23:08:28Z\"},")
    };
    for (file, method, path, status, body, is_valid) in [
        ("directions", "GET", "/users/{user}", 200, user(""), true),
        ("directions", "GET", "/users/{user}", 201, user(""), false),
        (
            "directions",
            "GET",
            "/users/{user}",
            200,
            user(r#","password":"long enough""#),
            false,
        ),
        (
            "directions",
            "GET",
            "/users/{user}",
            200,
            user("").replace("admin", "none"),
            false,
        ),
        (
            "directions",
            "GET",
            "/users/{user}",
            200,
            user("").replace(id, "1"),
            false,
        ),
        (
            "directions",
            "GET",
            "/users/{user}",
            200,
            user("").replace('}', ""),
            false,
        ),
        ("nullable", "GET", "/query", 200, echo(""), true),
        (
            "nullable",
            "GET",
            "/query",
            200,
            echo("").replace("null", "\"off\""),
            true,
        ),
        (
            "nullable",
            "GET",
            "/query",
            200,
            echo(r#","count":1"#),
            true,
        ),
        (
            "nullable",
            "GET",
            "/query",
            200,
            echo(r#","count":0"#),
            false,
        ),
        (
            "polymorphism",
            "POST",
            "/events",
            200,
            two(r#","item":{"id":1}"#),
            true,
        ),
        ("polymorphism", "POST", "/events", 200, two(""), false),
        (
            "shop",
            "GET",
            "/items/{id}",
            404,
            r#"{"code":1,"message":"None"}"#.to_owned(),
            true,
        ),
        (
            "shop",
            "GET",
            "/items/{id}",
            404,
            r#"{"code":"1"}"#.to_owned(),
            false,
        ),
        (
            "shop",
            "GET",
            "/items",
            500,
            r#"{"code":1,"message":"None"}"#.to_owned(),
            true,
        ),
    ] {
        let mut judge = Judge::open(&hard().join(file).with_extension("yaml")).unwrap();
        let verdict = judge.judge((method, path), status, "application/json", body.as_bytes());
        assert_eq!(
            verdict == Verdict::Valid,
            is_valid,
            "{path} {body}: {verdict:?}"
        );
        assert_ne!(verdict, Verdict::Unchecked, "{path} {body}");
    }
}
