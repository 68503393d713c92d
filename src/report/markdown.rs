//! A run for the summary of a job, or a comment on a change.

use super::{Case, Outcome, Problem, Run, Suite, counted, times};
use crate::description::Severity;

/// More problems than this are counted only: GitHub cuts summaries off at a mebibyte.
const MOST: usize = 200;

/// A headline, a table of the APIs, and a table of the problems.
pub(super) fn render(run: &Run) -> String {
    let verdict = match run.passes() {
        true => "passed",
        false => "failed",
    };
    let mut text = format!("## Mynah: {verdict}\n\n");
    text.push_str(&suites(run));
    text.push_str(&problems(run));
    text
}

fn suites(run: &Run) -> String {
    let mut text = "| API | cases | not called | requests | coverage | errors | warnings |\n\
                    | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    for suite in &run.suites {
        let is_skipped = |case: &&Case| matches!(case.outcome, Outcome::Skipped(_));
        let skipped = suite.cases.iter().filter(is_skipped).count();
        let coverage = suite.coverage.as_ref();
        let coverage = coverage.map(|it| format!("{:.0}%", it.ratio() * 100.0));
        text.push_str(&format!(
            "| {} | {} | {skipped} | {} | {} | {} | {} |\n",
            cell(&suite.name),
            suite.cases.len(),
            suite.exchanges(),
            coverage.unwrap_or_default(),
            suite.count(Severity::Error),
            suite.count(Severity::Warning),
        ));
    }
    text
}

fn problems(run: &Run) -> String {
    let found: Vec<_> = run
        .suites
        .iter()
        .flat_map(|suite| suite.cases.iter().map(move |case| (suite, case)))
        .flat_map(|(suite, case)| case.problems().iter().map(move |it| (suite, case, it)))
        .collect();
    if found.is_empty() {
        return String::new();
    }
    let mut text = "\n| | where | what | stated at |\n| --- | --- | --- | --- |\n".to_owned();
    for (suite, case, problem) in found.iter().take(MOST) {
        text.push_str(&row(suite, case, problem));
    }
    if found.len() > MOST {
        let more = counted(found.len() - MOST, "more problem");
        text.push_str(&format!("\n… and {more}\n"));
    }
    text
}

fn row(suite: &Suite, case: &Case, problem: &Problem) -> String {
    let place = match (case.exchanges, &problem.change) {
        (_, Some(change)) => change.verdicts.to_string(),
        (0, None) => cell(&suite.name),
        _ => format!(
            "{}: {}{}",
            cell(&suite.name),
            code(&case.name),
            times(problem)
        ),
    };
    let stated = problem.stated.as_ref();
    let stated = stated.map(|location| code(&location.to_string()));
    format!(
        "| {} {} | {place} | {} | {} |\n",
        problem.severity.as_str(),
        code(&problem.code),
        prose(&problem.sentence()),
        stated.unwrap_or_default()
    )
}

/// A problem as an item of a list.
pub(super) fn item(problem: &Problem) -> String {
    let means = match &problem.change {
        Some(change) => change.verdicts.to_string(),
        None => problem.severity.as_str().to_owned(),
    };
    let stated = problem.stated.as_ref();
    let stated = stated.map_or_else(String::new, |it| format!(", {}", code(&it.to_string())));
    let sentence = prose(&problem.sentence());
    format!("- {means}: {sentence} ({}{stated})\n", code(&problem.code))
}

/// A sentence in a cell: what it has between backticks is code.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // With an odd number of them, nobody can tell which is which.
    if parts.len().is_multiple_of(2) {
        return cell(text);
    }
    let shown = parts
        .iter()
        .enumerate()
        .map(|(index, part)| match index % 2 {
            0 => cell(part),
            _ => code(part),
        });
    shown.collect()
}

/// A text in a cell of a table: what has a meaning in Markdown or HTML loses it.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' => cell.extend(['\\', c]),
            '<' => cell.push_str("&lt;"),
            '>' => cell.push_str("&gt;"),
            '&' => cell.push_str("&amp;"),
            c if c.is_control() => cell.push(' '),
            c => cell.push(c),
        }
    }
    cell
}

/// A name in a cell, as code.
fn code(text: &str) -> String {
    let clean = match text {
        "" => " ".to_owned(),
        text => text.replace(|c: char| c == '`' || c.is_control(), " "),
    };
    format!("`{}`", clean.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clients_send_has_no_meaning_in_a_table() {
        for (text, want) in [
            ("a `b|c` d", r"a `b\|c` d"),
            (
                "found \"<b>*x*</b>|\"",
                r#"found "&lt;b&gt;\*x\*&lt;/b&gt;\|""#,
            ),
            ("odd ` one", r"odd \` one"),
            ("two\nlines", "two lines"),
            ("``", "` `"),
        ] {
            assert_eq!(prose(text), want, "{text}");
        }
    }
}
