//! Commands that end by themselves. Their output is under `snapshots/`.

use std::{
    ffi::OsString,
    io::{self, ErrorKind, Write},
    net::TcpListener,
};

use mynah::cli::{Exit, run_with};

/// Runs a command line; its exit code, output and errors.
pub fn run(args: &[&str]) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["mynah"].iter().chain(args).map(OsString::from);
    let exit = run_with(args, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (exit, text(out), text(err))
}

/// Compares all that a command line gives with the snapshot of that name.
pub fn assert_snapshot(name: &str, args: &[&str]) {
    let (exit, out, err) = run(args);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // When a run was.
    settings.add_filter(r#"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?""#, "<time>\"");
    settings.set_description(format!("mynah {}", args.join(" ")));
    let transcript = format!("{out}{err}exit code {}\n", exit.code());
    settings.bind(|| insta::assert_snapshot!(name, transcript));
}

#[test]
fn help() {
    assert_snapshot("cli_help", &["--help"]);
    assert_snapshot("cli_help_short", &["-h"]);
    assert_snapshot("cli_serve_help", &["serve", "--help"]);
    assert_snapshot("cli_list_help", &["list", "--help"]);
    assert_snapshot("cli_send_webhook_help", &["send-webhook", "--help"]);
    assert_snapshot("cli_judge_help", &["judge", "--help"]);
    assert_snapshot("cli_coverage_help", &["coverage", "--help"]);
    assert_snapshot("cli_har_help", &["har", "--help"]);
}

/// Compares a text with the snapshot of a name.
pub fn assert_text(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// In which way a report in JSON is not as its schema says.
pub fn schema_error(report: &serde_json::Value) -> Option<String> {
    let schema = include_str!("../../docs/report.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    let wrong = jsonschema::validate(&schema, report).err()?;
    Some(wrong.to_string())
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (exit, out, _) = run(&["completions", shell]);
        assert_eq!(exit, Exit::Done);
        for command in ["serve", "mock", "lint", "run", "explain", "rules", "list"] {
            assert!(out.contains(command), "{shell}: {command}");
        }
        assert!(out.contains("min-coverage"), "{shell}");
    }
}

#[test]
fn each_command_has_a_manual_page() {
    let (exit, page, _) = run(&["man"]);
    assert_eq!(exit, Exit::Done);
    assert!(page.contains(".TH mynah 1"), "{page}");

    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("man/man1");
    let _ = std::fs::remove_dir_all(&folder);
    assert_eq!(run(&["man", folder.to_str().unwrap()]).0, Exit::Done);
    for name in ["mynah", "mynah-serve", "mynah-run", "mynah-send-webhook"] {
        let page = std::fs::read_to_string(folder.join(format!("{name}.1"))).unwrap();
        assert!(
            page.contains("EXIT CODES") || page.contains("Exit codes"),
            "{page}"
        );
    }
    assert_eq!(run(&["man", "/dev/null/man1"]).0, Exit::CannotRun);
}

#[test]
fn list() {
    assert_snapshot("cli_list", &["list"]);
    assert_snapshot("cli_list_json", &["list", "--json"]);
}

#[test]
fn wrong_command_lines() {
    assert_snapshot("cli_unknown_command", &["lst"]);
    assert_snapshot("cli_bad_host", &["--host", "example.com"]);
    assert_snapshot("cli_bad_size", &["--max-body", "much"]);
}

#[test]
fn a_port_in_use_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let (exit, out, err) = run(&["--port", &port.to_string()]);
    assert_eq!(exit, Exit::CannotRun);
    assert_eq!(out, "");
    assert_eq!(
        err,
        format!("mynah: port {port} on 127.0.0.1 is in use; choose another with --port\n")
    );
}

/// A reader that is gone, or a disk that is full.
struct Unwritable(ErrorKind);

impl Write for Unwritable {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for args in [&["mynah", "list"][..], &["mynah", "--port", "0"]] {
        for (kind, want, loud) in [
            (ErrorKind::BrokenPipe, Exit::Done, false),
            (ErrorKind::StorageFull, Exit::CannotRun, true),
        ] {
            let mut err = Vec::new();
            let args = args.iter().map(OsString::from);
            let exit = run_with(args, &mut Unwritable(kind), &mut err);
            assert_eq!(exit, want, "{kind}");
            assert_eq!(!err.is_empty(), loud, "{kind}");
        }
    }
}
