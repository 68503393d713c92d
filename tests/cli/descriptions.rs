//! Descriptions named on the command line: what a name means, where each API is served, and how
//! faults are shown. Output is under `snapshots/`.

use mynah::cli::Exit;

use crate::in_process::{assert_snapshot, run};

const PETS: &str = "tests/cli/descriptions/pets.yaml";
const FAULTY: &str = "tests/cli/descriptions/faulty.yaml";
const WARNED: &str = "tests/cli/descriptions/warned.yaml";

#[test]
fn a_name_that_means_nothing_is_refused_with_what_to_do() {
    for (name, want) in [
        (
            "nobody",
            "no built-in API is called `nobody`; there are: echosistema, libredesk, qoolife, respondent, \
             socialboards. A file is named with its ending, or as ./nobody",
        ),
        (
            "nowhere.yaml",
            "cannot read `nowhere.yaml`: No such file or directory (os error 2)",
        ),
        (
            "tests/cli/descriptions/several",
            "`tests/cli/descriptions/several` has several descriptions; name the ones to take:\n  \
             tests/cli/descriptions/several/a.yaml\n  tests/cli/descriptions/several/b.yaml",
        ),
        (
            "tests/cli",
            "no file in `tests/cli` is an OpenAPI description: none has `openapi` or `swagger` at its top",
        ),
    ] {
        for command in ["serve", "lint"] {
            let (exit, out, err) = run(&[command, name]);
            assert_eq!(exit, Exit::Usage, "{name}");
            assert_eq!((&*out, err), ("", format!("mynah: {want}\n")), "{name}");
        }
    }
}

#[test]
fn two_apis_at_one_place_are_refused() {
    let folder = "tests/cli/descriptions/folder";
    let same = format!("/pets={folder}");
    for (args, want) in [
        (
            vec!["serve", PETS, "./tests/cli/descriptions/pets.yaml"],
            format!(
                "{PETS} and ./tests/cli/descriptions/pets.yaml would both be served at /pets/; give one \
                 another place with --mount /PREFIX=./tests/cli/descriptions/pets.yaml"
            ),
        ),
        (
            vec!["serve", PETS, "--mount", &same],
            format!(
                "{PETS} and {folder}/openapi.yaml would both be served at /pets/; give one another \
                 place with --mount /PREFIX={folder}/openapi.yaml"
            ),
        ),
    ] {
        let (exit, _, err) = run(&args);
        assert_eq!(exit, Exit::Usage, "{args:?}");
        assert_eq!(err, format!("mynah: {want}\n"), "{args:?}");
    }
}

#[test]
fn a_faulty_description_is_not_served_and_every_finding_is_shown() {
    assert_snapshot("cli_serve_faulty", &["serve", PETS, FAULTY]);
}

#[test]
fn lint_prints_findings_in_each_format() {
    assert_snapshot("cli_lint_text", &["lint", FAULTY, WARNED]);
    assert_snapshot("cli_lint_json", &["lint", FAULTY, "--format", "json"]);
    assert_snapshot("cli_lint_sarif", &["lint", FAULTY, "--format", "sarif"]);
    assert_snapshot(
        "cli_lint_github",
        &["lint", FAULTY, WARNED, "--format", "github"],
    );
    assert_snapshot("cli_lint_junit", &["lint", FAULTY, "--format", "junit"]);
    assert_snapshot(
        "cli_lint_markdown",
        &["lint", FAULTY, WARNED, "--format", "markdown"],
    );
    assert_snapshot("cli_lint_help", &["lint", "--help"]);
}

#[test]
fn lint_fails_on_errors_and_on_warnings_when_asked_to() {
    for (args, want) in [
        (vec!["lint", PETS], Exit::Done),
        (vec!["lint", "libredesk"], Exit::Done),
        (vec!["lint", PETS, "--deny-warnings"], Exit::Done),
        (vec!["lint", WARNED], Exit::Done),
        (
            vec!["lint", WARNED, "--deny-warnings"],
            Exit::ContractBroken,
        ),
        (vec!["lint", FAULTY], Exit::ContractBroken),
        (
            vec!["lint", PETS, FAULTY, "--format", "github"],
            Exit::ContractBroken,
        ),
        (vec!["lint"], Exit::Usage),
        (vec!["lint", PETS, "--explain", "schema"], Exit::Usage),
        (vec!["lint", "--explain", "nothing"], Exit::Usage),
    ] {
        assert_eq!(run(&args).0, want, "{args:?}");
    }
}

#[test]
fn a_description_without_findings_says_so() {
    assert_eq!(run(&["lint", PETS]).1, "no problems\n");
}

#[test]
fn each_code_is_explained() {
    assert_snapshot("cli_lint_explain", &["lint", "--explain", "schema"]);
    assert_snapshot("cli_lint_explain_all", &["lint", "--explain", "all"]);
    assert_snapshot(
        "cli_lint_explain_unknown",
        &["lint", "--explain", "nothing"],
    );
}

#[test]
fn every_code_is_listed() {
    assert_snapshot("cli_rules", &["rules"]);
    assert_snapshot("cli_rules_one", &["rules", "required"]);
    assert_snapshot("cli_rules_of_two_matters", &["rules", "syntax"]);
    assert_snapshot("cli_rules_json", &["rules", "maxLength", "--json"]);
    assert_snapshot("cli_rules_help", &["rules", "--help"]);
    let (_, out, _) = run(&["rules", "--json"]);
    let rules: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert!(rules.len() > 60, "{}", rules.len());
}

/// What SARIF 2.1.0 requires, and that what refers to something finds it.
#[test]
fn sarif_is_whole() {
    let (_, out, _) = run(&["lint", FAULTY, WARNED, "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert!(driver["name"].is_string());
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 4, "{out}");
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(driver["rules"][index]["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!([FAULTY, WARNED].contains(&file));
        assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
        assert!(place["region"]["startColumn"].as_u64().unwrap() > 0);
    }
}
