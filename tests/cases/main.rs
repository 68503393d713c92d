//! Readable scenarios: each `.txt` beside this file is one, and its own documentation.
//!
//! A file begins with `#` lines that say what it shows and where users met it; then `api: NAME` for
//! a built-in API, or an OpenAPI description, with `+++ NAME` before each further file of it; a line
//! `# strict` holds it strictly, `# read-only: reject` and `# tell-choice` are settings as well. Each `=== what happens` begins an exchange: the request as HTTP has
//! it, then after `---` the answer in full, then the violations, one a line behind `!`, and the
//! callbacks that follow, behind `>`. A request that `<<<` and a reply follow is an exchange with a real
//! provider: after `---` is what was found in the two.
//!
//! `UPDATE_CASES=1 cargo test --test cases` writes the answers; read the diff before you commit it.

mod linear;
mod scenario;

use std::{env, fs, path::PathBuf};

use scenario::Scenario;

#[test]
fn every_case_is_answered_as_it_says() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .filter(|path| {
            cfg!(feature = "codings") || !path.to_string_lossy().ends_with("codings.txt")
        })
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    let mut exchanges = 0;
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(file).unwrap();
        let scenario = Scenario::parse(&name, &text);
        let (answered, count) = scenario.answered();
        exchanges += count;
        if answered == text {
            continue;
        }
        if env::var_os("UPDATE_CASES").is_some() {
            fs::write(file, answered).unwrap();
        } else {
            wrong.push(format!("{name}:\n{}", first_difference(&text, &answered)));
        }
    }
    assert!(exchanges > 0, "no case was found");
    println!("{} files, {exchanges} exchanges", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn first_difference(want: &str, got: &str) -> String {
    let lines = want.lines().map(Some).chain([None]);
    let others = got.lines().map(Some).chain([None]);
    let numbered = (1..).zip(lines.zip(others));
    let (line, (want, got)) = numbered
        .into_iter()
        .find(|(_, (want, got))| want != got)
        .unwrap();
    format!(
        "line {line}\n  says    {}\n  answers {}",
        want.unwrap_or("(end)"),
        got.unwrap_or("(end)")
    )
}

/// Each test that the table in `README.md` names is there.
#[test]
fn every_test_that_the_table_names_exists() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let table = fs::read_to_string(folder.join("README.md")).unwrap();
    let mut missing = Vec::new();
    let mut links = 0;
    for row in table.lines().filter(|line| line.starts_with("| ")) {
        let named = row
            .split('[')
            .skip(1)
            .filter_map(|link| link.split_once("]("));
        for (name, rest) in named {
            links += 1;
            let file = rest.split(')').next().unwrap_or("");
            let text = fs::read_to_string(folder.join(file)).unwrap_or_default();
            let is_there = match file.ends_with(".rs") {
                true => text.contains(&format!("fn {name}(")),
                false => file == format!("{name}.txt") && !text.is_empty(),
            };
            if !is_there {
                missing.push(format!("{file}: {name}"));
            }
        }
    }
    assert!(links > 50, "{links}");
    assert!(missing.is_empty(), "{missing:#?}");
}
