//! A run for people: each problem with its source lines, then lines that count.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{
    Case, Outcome, Problem, Run, Sources, Suite, counted,
    excerpt::{Excerpt, excerpt},
    times,
};
use crate::{
    description::{Location, Severity},
    diff::Change,
};

/// All problems, one after the other, and how many there are.
pub(super) fn render(run: &Run, sources: &mut Sources, colours: bool) -> String {
    let mut text = String::new();
    for suite in &run.suites {
        for case in &suite.cases {
            for problem in case.problems() {
                let seen = format!("{}: {}{}", suite.name, case.name, times(problem));
                let seen = (case.exchanges > 0).then_some(&*seen);
                text.push_str(&excerpted(problem, seen, sources, colours));
                text.push_str("\n\n");
            }
        }
    }
    let called = run.suites.iter().filter_map(exchanges);
    called.for_each(|line| text.push_str(&line));
    text.push_str(&total(run));
    text
}

/// A problem with its lines, and where it was seen.
pub(super) fn excerpted(
    problem: &Problem,
    seen: Option<&str>,
    sources: &mut Sources,
    colours: bool,
) -> String {
    let excerpt = problem.stated.as_ref().and_then(|location| {
        let source = sources.text(&location.file)?;
        excerpt(&source, location.line, location.column)
    });
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let sentence = problem.sentence();
    let mut group = Group::with_title(level.primary_title(&sentence).id(&*problem.code));
    if let Some(location) = &problem.stated {
        group = group.elements(place(location, excerpt.as_ref()));
    }
    let meant = problem
        .change
        .as_ref()
        .map(|change| change.verdicts.to_string());
    if let Some(meant) = &meant {
        group = group.element(Level::NOTE.with_name("means").message(meant));
    }
    let was = problem.change.as_ref().and_then(|change| was(change));
    if let Some(was) = &was {
        group = group.element(Level::NOTE.with_name("was").message(was));
    }
    if let Some(seen) = seen {
        group = group.element(Level::NOTE.with_name("in").message(seen));
    }
    if let Some(repeat) = &problem.repeat {
        group = group.element(Level::NOTE.with_name("again").message(repeat));
    }
    renderer(colours).render(&[group])
}

/// A place of the description with its lines, and a sentence on it.
pub(super) fn noted(
    sentence: &str,
    location: &Location,
    sources: &mut Sources,
    colours: bool,
) -> String {
    let source = sources.text(&location.file);
    let excerpt = source.and_then(|it| excerpt(&it, location.line, location.column));
    let group = Group::with_title(Level::NOTE.primary_title(sentence));
    renderer(colours).render(&[group.elements(place(location, excerpt.as_ref()))])
}

fn renderer(colours: bool) -> Renderer {
    match colours {
        true => Renderer::styled(),
        false => Renderer::plain(),
    }
}

/// Where the old description has what changed, where the new one is shown.
fn was(change: &Change) -> Option<String> {
    change.new.as_ref()?;
    Some(change.old.as_ref()?.to_string())
}

/// Where the description says so, with its lines where they are there.
fn place<'a>(location: &'a Location, excerpt: Option<&'a Excerpt>) -> Vec<Element<'a>> {
    let origin = Origin::path(&*location.file)
        .line(location.line)
        .char_column(location.column);
    let Some(excerpt) = excerpt else {
        return vec![origin.into()];
    };
    let mark = AnnotationKind::Primary.span(excerpt.mark.clone());
    let snippet = Snippet::source(&excerpt.text).line_start(excerpt.first_line);
    let snippet = snippet.fold(false).annotation(mark);
    // What is cropped does not know its column any more.
    match excerpt.is_cropped {
        true => vec![origin.into(), snippet.into()],
        false => vec![snippet.path(&*location.file).into()],
    }
}

/// What was called of an API, in a line; none of a description that was only read.
fn exchanges(suite: &Suite) -> Option<String> {
    let is_skipped = |case: &&Case| matches!(case.outcome, Outcome::Skipped(_));
    let skipped = suite.cases.iter().filter(is_skipped).count();
    let exchanges = suite.exchanges();
    if exchanges == 0 && skipped == 0 {
        return None;
    }
    let described = suite.cases.iter().filter(|case| case.stated.is_some());
    let described = described.count();
    let mut line = format!(
        "{}: {}, {} of {described} operations called",
        suite.name,
        counted(exchanges, "request"),
        described - skipped,
    );
    let failed = suite.cases.iter().filter(|case| !case.passes()).count();
    if let Some(coverage) = &suite.coverage {
        line.push_str(&format!(", {:.0}% covered", coverage.ratio() * 100.0));
    }
    if failed > 0 {
        line.push_str(&format!(", {failed} with errors"));
    }
    Some(format!("{line}\n"))
}

/// `2 errors, 1 warning`, and where to read on.
fn total(run: &Run) -> String {
    let number = |severity: Severity| match run.count(severity) {
        0 => None,
        count => Some(counted(count, severity.as_str())),
    };
    let Some(example) = run.problems().next() else {
        return "no problems\n".to_owned();
    };
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let counts = severities.map(number);
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let code = &example.code;
    format!(
        "{}; `mynah rules {code}` says more of a code\n",
        counts.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    use crate::{
        Finding, Source,
        description::{FindingCode, Location},
    };

    fn run(findings: &[Finding]) -> Run {
        Run {
            at: SystemTime::UNIX_EPOCH,
            suites: vec![Suite::of_findings("a", findings)],
        }
    }

    fn shown(source: Option<&str>, line: usize, column: usize, colours: bool) -> String {
        let file = "pets.yaml (in memory)";
        let mut sources = Sources::default();
        if let Some(text) = source {
            sources.add(Source::new(file, text));
        }
        let location = Location {
            file: file.into(),
            line,
            column,
        };
        let finding = Finding::error(FindingCode::Shape, location, "no");
        render(&run(&[finding]), &mut sources, colours)
    }

    #[test]
    fn a_place_is_told_even_where_it_cannot_be_shown() {
        let long = format!("{}bad", "x".repeat(500));
        for (source, line, column, want) in [
            (
                Some("a: b"),
                1,
                4,
                " --> pets.yaml (in memory):1:4\n  |\n1 | a: b\n  |    ^\n",
            ),
            (Some("a: b"), 7, 4, "--> pets.yaml (in memory):7:4\n"),
            (None, 1, 1, "--> pets.yaml (in memory):1:1\n"),
            (Some(&*long), 1, 501, " --> pets.yaml (in memory):1:501\n"),
        ] {
            let text = shown(source, line, column, false);
            let start = format!("error[shape]: no\n{want}");
            assert!(text.starts_with(&start), "{text}");
            assert!(text.ends_with("\n\n1 error; `mynah rules shape` says more of a code\n"));
        }
    }

    #[test]
    fn colours_are_used_only_when_asked_for() {
        assert!(shown(Some("a: b"), 1, 4, true).contains("\u{1b}["));
        assert!(!shown(Some("a: b"), 1, 4, false).contains('\u{1b}'));
    }

    #[test]
    fn findings_are_counted_by_severity() {
        let location = Location {
            file: "a".into(),
            line: 1,
            column: 1,
        };
        let error = Finding::error(FindingCode::Syntax, location.clone(), "no");
        let warning = Finding::warning(FindingCode::ExampleInvalid, location, "no");
        for (findings, want) in [
            (vec![], "no problems\n"),
            (vec![warning.clone()], "1 warning; "),
            (vec![error.clone(), error.clone()], "2 errors; "),
            (
                vec![error, warning.clone(), warning],
                "1 error, 2 warnings; ",
            ),
        ] {
            assert!(total(&run(&findings)).starts_with(want), "{want}");
        }
    }
}
