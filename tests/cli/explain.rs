//! `mynah explain`. Output is under `snapshots/`.

use mynah::cli::Exit;

use crate::in_process::{assert_snapshot, run};

const PETS: &str = "tests/cli/descriptions/pets.yaml";

#[test]
fn what_led_to_an_answer_is_printed() {
    let body = r#"{"id": "one", "name": ""}"#;
    let libredesk = "/libredesk/api/v1/conversations";
    assert_snapshot("cli_explain_help", &["explain", "--help"]);
    assert_snapshot(
        "cli_explain_example",
        &["explain", "get", "/pets?limit=5", "--spec", PETS],
    );
    assert_snapshot(
        "cli_explain_refused",
        &["explain", "POST", "/pets", "-d", body, "--spec", PETS],
    );
    assert_snapshot(
        "cli_explain_unknown_path",
        &["explain", "GET", "/nowhere", "--spec", PETS],
    );
    assert_snapshot(
        "cli_explain_options",
        &["explain", "OPTIONS", "/pets", "--spec", PETS],
    );
    assert_snapshot(
        "cli_explain_built_in",
        &["explain", "POST", libredesk, "-d", "{}"],
    );
    assert_snapshot("cli_explain_no_api", &["explain", "GET", "/nowhere"]);
}

#[test]
fn the_exit_code_says_whether_the_request_is_right() {
    let body = "@tests/cli/descriptions/pet.json";
    for (args, want) in [
        (vec!["POST", "/pets", "-d", body], Exit::Done),
        (vec!["GET", "/pets?limit=500"], Exit::ContractBroken),
        (
            vec!["GET", "/pets", "-H", "Accept: text/html"],
            Exit::ContractBroken,
        ),
        (
            vec![
                "POST",
                "/pets",
                "-d",
                body,
                "-H",
                "Content-Type: text/plain",
            ],
            Exit::ContractBroken,
        ),
        (vec!["POST", "/pets", "-d", "@nowhere.json"], Exit::Usage),
        (vec!["GET", "pets"], Exit::Usage),
        (vec!["GET", "/pets", "-H", "Accept"], Exit::Usage),
    ] {
        let all: Vec<&str> = ["explain", "--spec", PETS]
            .into_iter()
            .chain(args)
            .collect();
        assert_eq!(run(&all).0, want, "{all:?}");
    }
}
