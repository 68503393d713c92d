//! The options of reading descriptions, which every command has that reads any.

use std::{fs, path::PathBuf};

use mynah::cli::Exit;

use crate::{
    in_process::{assert_snapshot, run},
    process::Serving,
};

const PETS: &str = "tests/cli/descriptions/pets.yaml";
const FAULTY: &str = "tests/cli/descriptions/faulty.yaml";
const OVERLAY: &str = "tests/cli/descriptions/cats.overlay.yaml";
const WRONG_OVERLAY: &str = "tests/cli/descriptions/wrong.overlay.yaml";

#[test]
fn an_overlay_changes_what_each_command_reads() {
    for (args, want) in [
        (
            vec!["list", PETS, "--overlay", OVERLAY],
            "pets: Cats\n  GET /pets  List cats\n",
        ),
        (vec!["lint", PETS, "--overlay", OVERLAY], "no problems\n"),
        (
            vec![
                "explain",
                "GET",
                "/pets",
                "--spec",
                PETS,
                "--overlay",
                OVERLAY,
            ],
            "GET /pets: List cats\n",
        ),
        (
            vec![
                "send-webhook",
                PETS,
                "purred",
                "ftp://x",
                "--overlay",
                OVERLAY,
            ],
            "mynah: `ftp://x` is no address",
        ),
        // What is built in can be changed too.
        (
            vec![
                "list",
                "libredesk",
                "--overlay",
                "tests/cli/descriptions/title.overlay.yaml",
            ],
            "libredesk: Cats\n",
        ),
    ] {
        let (_, out, err) = run(&args);
        assert!((out.clone() + &err).contains(want), "{args:?}: {out}{err}");
    }
    for command in ["serve", "mock"] {
        let serving = Serving::start(&[command, PETS, "--overlay", OVERLAY]);
        assert!(
            serving.printed.contains("# GET /pets: List cats\n"),
            "{}",
            serving.printed
        );
    }
}

#[test]
fn findings_of_an_overlay_point_into_it() {
    assert_snapshot(
        "cli_lint_overlay",
        &["lint", PETS, "--overlay", WRONG_OVERLAY],
    );
    let built_in = ["lint", "libredesk", "--overlay", WRONG_OVERLAY];
    let (exit, out, _) = run(&built_in);
    assert_eq!(exit, Exit::ContractBroken);
    assert!(out.contains(&format!("--> {WRONG_OVERLAY}:")), "{out}");
}

#[test]
fn each_command_goes_on_leniently() {
    for (args, want) in [
        (vec!["list", FAULTY], "faulty: Pets\n  GET /pets\n"),
        (
            vec!["explain", "GET", "/pets", "--spec", FAULTY],
            "answered with 501 Not Implemented",
        ),
        (
            vec!["explain", "GET", "/dogs", "--spec", FAULTY],
            "answered with 204 No Content",
        ),
        (
            vec!["send-webhook", FAULTY, "paid", "http://127.0.0.1:1/"],
            "has no webhook `paid`, nor any other\n",
        ),
    ] {
        assert_eq!(run(&args).0, Exit::BadDescription, "{args:?}");
        let args = [&args[..], &["--lenient"]].concat();
        let (_, out, err) = run(&args);
        assert!((out.clone() + &err).contains(want), "{args:?}: {out}{err}");
    }
    let serving = Serving::start(&["mock", FAULTY, "--lenient"]);
    assert!(serving.get("/dogs").starts_with("HTTP/1.1 204 "));
    assert!(serving.get("/pets").starts_with("HTTP/1.1 501 "));
}

#[test]
fn each_command_leaves_the_folder_when_it_is_allowed() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("outside");
    fs::create_dir_all(folder.join("api")).unwrap();
    fs::write(
        folder.join("pet.yaml"),
        "get: {responses: {'204': {description: None}}}\n",
    )
    .unwrap();
    let api = folder.join("api/api.yaml");
    let text =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/pet: {$ref: ../pet.yaml}}\n";
    fs::write(&api, text).unwrap();
    let api = api.to_str().unwrap();
    for args in [
        vec!["list", api],
        vec!["lint", api],
        vec!["explain", "GET", "/pet", "--spec", api],
    ] {
        let (exit, out, err) = run(&args);
        assert_ne!(exit, Exit::Done, "{args:?}");
        assert!(
            (out + &err).contains("that has to be allowed (`--allow-outside`)"),
            "{args:?}"
        );
        let args = [&args[..], &["--allow-outside"]].concat();
        assert_eq!(run(&args).0, Exit::Done, "{args:?}");
    }
}

#[cfg(not(feature = "remote"))]
#[test]
fn a_build_without_a_client_says_so() {
    let why =
        "this build reads no documents over HTTP: it was made without the cargo feature `remote`";
    for args in [
        vec!["list", "https://example.com/api.yaml"],
        vec!["list", PETS, "--allow-remote"],
        vec!["list", PETS, "--allow-remote=anywhere"],
        vec![
            "list",
            PETS,
            "--overlay",
            "https://example.com/overlay.yaml",
        ],
    ] {
        let (exit, out, err) = run(&args);
        assert_eq!(exit, Exit::Usage, "{args:?}");
        assert_eq!(out, "");
        assert!(err.contains(why), "{args:?}: {err}");
    }
}
