//! `mynah run`, as a process: commands are shell scripts, their client is curl.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use crate::in_process::{assert_snapshot, schema_error};

const PETS: &str = "tests/cli/descriptions/pets.yaml";

/// A request that keeps to the contract of `pets.yaml`.
const GOOD: &str = r#"curl -sS --noproxy '*' "$PETS_URL/pets""#;

/// One that does not; what it is answered with goes unnoticed.
const BAD: &str = r#"curl -sS --noproxy '*' -H 'Content-Type: application/json' -d '{"id":"one"}' "$PETS_URL/pets""#;

fn mynah(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mynah"));
    command.arg("run").args(args).stdin(Stdio::null());
    // What a CI system sets changes what is written.
    command.env_remove("GITHUB_STEP_SUMMARY");
    command.env_remove("GITHUB_WORKSPACE");
    command
}

/// Runs a script against `pets.yaml` and more arguments.
fn run(args: &[&str], script: &str) -> Output {
    let all = [&[PETS], args, &["--", "sh", "-c", script]].concat();
    mynah(&all).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A file of its own for a test.
fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("run");
    let file = folder.join(name);
    fs::create_dir_all(&folder).unwrap();
    let _ = fs::remove_file(&file);
    file
}

#[test]
fn help() {
    assert_snapshot("cli_run_help", &["run", "--help"]);
}

#[test]
fn exit_codes_tell_the_command_from_the_contract() {
    for (args, script, want) in [
        (&[][..], GOOD, 0),
        (&[], BAD, 122),
        (&[], &*format!("{BAD}; exit 3"), 3),
        (&[], &*format!("{GOOD}; exit 122"), 122),
        (&[], &*format!("{GOOD}; kill -KILL $$"), 137),
        (&[], &*format!("{GOOD}; kill -TERM $$"), 143),
        (&[], "true", 122),
        (&["--allow-no-requests"], "true", 0),
        (&["--min-coverage", "1"], GOOD, 0),
        (&["--min-coverage", "100"], GOOD, 122),
        (&["--min-coverage", "101"], GOOD, 125),
        (&["--env", "X={nothing}"], GOOD, 125),
        (&["--report", "json=/dev/null/x"], GOOD, 125),
        (&["--report", "json", "--report", "sarif"], GOOD, 125),
        (&["./nowhere.yaml"], GOOD, 125),
        (&["tests/cli/descriptions/faulty.yaml"], GOOD, 125),
    ] {
        let output = run(args, script);
        let code = output.status.code();
        assert_eq!(
            code,
            Some(want),
            "{args:?} {script}: {}",
            text(&output.stderr)
        );
    }
    for (command, want) in [("no-such-command", 127), ("./Cargo.toml", 126)] {
        let output = mynah(&[PETS, "--", command]).output().unwrap();
        assert_eq!(output.status.code(), Some(want), "{command}");
    }
    assert_eq!(mynah(&[PETS]).output().unwrap().status.code(), Some(125));
}

#[test]
fn a_violation_is_shown_with_the_line_of_the_description_and_a_line_for_a_shell() {
    let output = run(&[], BAD);
    let err = text(&output.stderr);
    for part in [
        "error[required]: body `/name`: required, but missing\n",
        "tests/cli/descriptions/pets.yaml:",
        "= in: pets: POST /pets\n",
        r#"= again: curl -H 'content-type: application/json' --data-raw '{"id":"one"}' 'http://127.0.0.1:"#,
        "\npets: 1 request, 1 of ",
        "mynah: the command succeeded, and the run fails\n",
    ] {
        assert!(err.contains(part), "no `{part}` in {err}");
    }
    // The answer is the command's, and nothing else is in its output.
    assert!(text(&output.stdout).starts_with('{'), "{output:?}");
}

#[test]
fn what_is_called_and_not_described_fails_at_the_root_too() {
    for path in ["/", "/nowhere"] {
        let output = run(&[], &format!("curl -sS --noproxy '*' \"$PETS_URL{path}\""));
        assert_eq!(output.status.code(), Some(122));
        let err = text(&output.stderr);
        assert!(err.contains("error[unknown-path]"), "{path}: {err}");
    }
}

#[test]
fn a_request_may_say_that_it_is_wrong() {
    for (expected, want) in [("required, type", 0), ("required", 122), ("", 122)] {
        let script = BAD.replace("-sS", &format!("-sS -H 'Mynah-Expect: {expected}'"));
        let output = run(&[], &script);
        let err = text(&output.stderr);
        assert_eq!(output.status.code(), Some(want), "{expected}: {err}");
    }
    let output = run(&[], &GOOD.replace("-sS", "-sS -H 'Mynah-Expect: required'"));
    assert_eq!(output.status.code(), Some(122));
    assert!(text(&output.stderr).contains("error[expectation-unmet]"));
}

#[test]
fn each_api_has_its_own_url() {
    let script = "echo $PETS_URL $LIBREDESK_URL $MYNAH_URL $SHOP $PLAIN";
    let args = [
        "libredesk",
        "--env",
        "SHOP={libredesk}/v2",
        "--env",
        "PLAIN=x",
        "--allow-no-requests",
    ];
    let output = run(&args, script);
    let words: Vec<&str> = text(&output.stdout).split_whitespace().collect();
    let [pets, libredesk, shop, plain] = words.as_slice() else {
        panic!("{output:?}");
    };
    assert!(pets.starts_with("http://127.0.0.1:"), "{pets}");
    assert_ne!(pets, libredesk);
    assert_eq!(*shop, format!("{libredesk}/v2"));
    assert_eq!(*plain, "x");

    let output = run(&["--allow-no-requests"], "echo $MYNAH_URL; echo $PETS_URL");
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    assert!(lines.len() == 2 && lines[0] == lines[1], "{output:?}");

    let folder = "tests/cli/descriptions/several/../pets.yaml";
    let output = run(&[folder], "true");
    assert_eq!(output.status.code(), Some(125), "{output:?}");
    assert!(text(&output.stderr).contains("PETS_URL"), "{output:?}");
}

#[test]
fn each_api_that_is_named_has_to_be_called() {
    let output = run(&["libredesk"], GOOD);
    assert_eq!(output.status.code(), Some(122));
    let err = text(&output.stderr);
    assert!(
        err.contains("no request came to `libredesk`; LIBREDESK_URL"),
        "{err}"
    );
}

#[test]
fn input_and_output_are_those_of_the_command() {
    use std::io::Write;

    let script = format!("{GOOD} >/dev/null; cat; echo to-err >&2");
    let mut child = mynah(&[PETS, "--", "sh", "-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"typed").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stdout), "typed");
    assert!(text(&output.stderr).contains("to-err\n"));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn all_reports_are_about_the_same_lines() {
    let [junit, sarif, json] = ["same.xml", "same.sarif", "same.json"].map(file);
    let summary = file("summary.md");
    let reports = [("junit", &junit), ("sarif", &sarif), ("json", &json)];
    let mut args = vec![PETS.to_owned(), "--report".to_owned(), "github".to_owned()];
    for (format, file) in reports {
        args.push("--report".to_owned());
        args.push(format!("{format}={}", file.display()));
    }
    let script = format!("{BAD} >/dev/null");
    args.extend(["--", "sh", "-c", &script].map(str::to_owned));
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = mynah(&args)
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(122));

    let read = |file: &PathBuf| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
    };
    let problems = read(&json)["suites"][0]["cases"].clone();
    let problems: Vec<_> = problems.as_array().unwrap().iter().collect();
    let problems = problems
        .iter()
        .flat_map(|case| case["problems"].as_array().unwrap());
    let stated: Vec<_> = problems.map(|it| it["stated"].clone()).collect();
    assert_eq!(stated.len(), 2, "{stated:?}");

    assert_eq!(schema_error(&read(&json)), None);

    let results = read(&sarif)["runs"][0]["results"].clone();
    let junit = fs::read_to_string(&junit).unwrap();
    let summary = fs::read_to_string(&summary).unwrap();
    for (index, place) in stated.iter().enumerate() {
        let (line, column) = (&place["line"], &place["column"]);
        let region = &results[index]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(
            (&region["startLine"], &region["startColumn"]),
            (line, column)
        );
        assert!(
            junit.contains(&format!("{PETS}:{line}:{column}: error[")),
            "{junit}"
        );
        assert!(
            summary.contains(&format!("`{PETS}:{line}:{column}`")),
            "{summary}"
        );
        let annotation = format!("::error file={PETS},line={line},col={column},title=");
        assert!(text(&output.stdout).contains(&annotation), "{output:?}");
    }
}

#[test]
fn what_a_receiver_of_callbacks_answers_is_judged_too() {
    use std::io::{Read, Write};

    for (status, want) in [("204 No Content", 0), ("500 Internal Server Error", 122)] {
        let receiver = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = receiver.local_addr().unwrap().port();
        let answering = std::thread::spawn(move || {
            let (mut stream, _) = receiver.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let answer =
                format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).unwrap();
        });
        let script = format!(
            "curl -sS --noproxy '*' -X POST \"$HOOKS_URL/subscribe?to=http://127.0.0.1:{port}/data\"; sleep 1"
        );
        let hooks = "tests/cli/descriptions/hooks.yaml";
        let output = mynah(&[hooks, "--", "sh", "-c", &script]).output().unwrap();
        answering.join().unwrap();
        let err = text(&output.stderr);
        assert_eq!(output.status.code(), Some(want), "{status}: {err}");
        assert_eq!(
            err.contains("= in: hooks: callback onData\n"),
            want != 0,
            "{err}"
        );
    }
}

#[test]
fn annotations_know_files_by_their_paths_in_the_repository() {
    let above = std::env::current_dir().unwrap();
    let folder = above.file_name().unwrap().to_str().unwrap().to_owned();
    let output = mynah(&[PETS, "--report", "github", "--", "sh", "-c", BAD])
        .env("GITHUB_WORKSPACE", above.parent().unwrap())
        .output()
        .unwrap();
    let annotation = format!("::error file={folder}/{PETS},line=");
    assert!(text(&output.stdout).contains(&annotation), "{output:?}");
}

#[cfg(unix)]
#[test]
fn a_signal_reaches_the_command_once_and_the_run_is_judged() {
    use std::io::{BufRead, BufReader, Read};

    for (signal, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        // Counts what comes for a while, then ends as the signal would have it.
        let script = format!(
            "n=0; trap 'n=$((n+1))' {signal}; {GOOD} >/dev/null; echo ready
             while [ $n -eq 0 ]; do sleep 0.1; done
             sleep 0.3; echo $n; trap - {signal}; kill -{signal} $$"
        );
        let mut child = mynah(&[PETS, "--", "sh", "-c", &script])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut ready = String::new();
        out.read_line(&mut ready).unwrap();
        assert_eq!(ready, "ready\n");
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        let output = child.wait_with_output().unwrap();
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "1\n", "{signal}");
        assert_eq!(output.status.code(), Some(128 + number), "{signal}");
        let err = text(&output.stderr);
        assert!(err.contains("pets: 1 request, "), "{err}");
        let ended = format!("signal {number} ended the command\n");
        assert!(err.contains(&ended), "{err}");
    }
}
