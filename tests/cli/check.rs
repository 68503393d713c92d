//! `mynah check`: what it prints, and how it ends.

use std::net::TcpListener;

use mynah::{Source, cli::Exit, testing::Fake};

use crate::in_process::{assert_snapshot, run, schema_error};

const SPEC: &str = "tests/cli/descriptions/checked.yaml";

/// All that a check says, with the port of the provider as `PORT`.
fn checked(fake: &Fake, args: &[&str]) -> (Exit, String, String) {
    let fixed = ["check", SPEC, "--against", fake.url()];
    let (exit, out, err) = run(&[&fixed, args].concat());
    let port = fake.url().rsplit(':').next().unwrap();
    (exit, out.replace(port, "PORT"), err.replace(port, "PORT"))
}

/// A provider of another description than its own.
fn other(change: impl Fn(String) -> String) -> Fake {
    let text = std::fs::read_to_string(SPEC).unwrap();
    Fake::from_source(Source::new("other.yaml", change(text)))
}

#[test]
fn help() {
    assert_snapshot("cli_check_help", &["check", "--help"]);
}

#[test]
fn a_provider_without_a_problem_is_counted() {
    let fake = Fake::from_file(SPEC);
    let (exit, out, err) = checked(&fake, &[]);
    assert_eq!((exit, &*err), (Exit::Done, ""));
    insta::with_settings!({snapshot_path => "../../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("cli_check_right", out);
    });
}

#[test]
fn a_problem_is_shown_with_its_line_and_a_request() {
    let fake = other(|text| {
        text.replace(
            "example: {id: 1, name: Rex}",
            "example: {id: '1', name: Rex}",
        )
    });
    let (exit, out, err) = checked(&fake, &["--only", "read"]);
    assert_eq!(exit, Exit::ContractBroken);
    assert_eq!(err, "mynah: the provider leaves its description\n");
    insta::with_settings!({snapshot_path => "../../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("cli_check_wrong", out);
    });
}

#[test]
fn a_report_on_standard_output_is_alone_there() {
    let fake = Fake::from_file(SPEC);
    let (_, out, _) = checked(&fake, &["--report", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["passes"], true);
    assert_eq!(schema_error(&report), None);
    assert_eq!(report["suites"][0]["cases"][0]["name"], "GET /pets/{id}");
    let file = format!("{}/check.xml", env!("CARGO_TARGET_TMPDIR"));
    let (_, out, _) = checked(&fake, &["--report", &format!("junit={file}")]);
    assert!(out.contains("no problems\n"), "{out}");
    assert!(std::fs::read_to_string(file).unwrap().contains("<testcase"));
}

#[test]
fn to_have_seen_nothing_is_a_failure() {
    let fake = Fake::from_file(SPEC);
    let (exit, _, err) = checked(&fake, &["--only", "nothing"]);
    assert_eq!(exit, Exit::ContractBroken);
    assert_eq!(
        err,
        "mynah: no operation was seen to work, so nothing is known of the provider\n"
    );
    let (exit, _, err) = checked(&fake, &["--only", "POST"]);
    assert_eq!(exit, Exit::ContractBroken);
    assert_eq!(
        err,
        "mynah: no operation was seen to work, so nothing is known of the provider; 1 were not tried: POST may \
         change data; --allow-unsafe sends it\n"
    );
}

#[test]
fn a_provider_that_cannot_be_reached_is_named() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let url = format!("http://{free}/v1/");
    let (exit, out, err) = run(&["check", SPEC, "--against", &url]);
    assert_eq!((exit, &*out), (Exit::CannotRun, ""));
    let want = format!("mynah: cannot reach http://{free}/v1: nobody accepts a connection: ");
    assert!(err.starts_with(&want), "{err}");
}

#[test]
fn what_is_typed_wrongly_is_told() {
    for (args, want) in [
        (
            ["--against", "localhost:1"],
            "`localhost:1` is no URL of the form http://host:port/path",
        ),
        (
            ["--against", "http://u:p@h/"],
            "names a user; credentials are given in the environment",
        ),
        (
            ["--skip", "all"],
            "not one of examples, valid, links, invalid, credentials",
        ),
        (["--only", "("], "unclosed group"),
        (["--max-requests", "many"], "invalid digit"),
    ] {
        let (exit, _, err) = run(&[&["check", SPEC], &args[..]].concat());
        assert_eq!(exit, Exit::Usage, "{args:?}");
        assert!(err.contains(want), "{args:?}: {err}");
    }
}
