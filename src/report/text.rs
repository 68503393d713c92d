//! Findings for people: each with its source lines, then a line that counts them.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{
    Sources, count,
    excerpt::{Excerpt, excerpt},
};
use crate::description::{Finding, Severity};

/// All findings, one after the other, and how many there are.
pub(super) fn render(findings: &[Finding], sources: &mut Sources, colours: bool) -> String {
    let renderer = if colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for finding in findings {
        let location = &finding.location;
        let excerpt = sources
            .text(&location.file)
            .and_then(|source| excerpt(&source, location.line, location.column));
        text.push_str(&one(finding, excerpt.as_ref(), &renderer));
        text.push_str("\n\n");
    }
    text.push_str(&counted(findings));
    text
}

fn one(finding: &Finding, excerpt: Option<&Excerpt>, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(&finding.message)
        .id(finding.code.as_str());
    let location = &finding.location;
    let origin = Origin::path(&*location.file)
        .line(location.line)
        .char_column(location.column);
    let group = Group::with_title(title);
    let group = match excerpt {
        Some(excerpt) => {
            let mark = AnnotationKind::Primary.span(excerpt.mark.clone());
            let snippet = Snippet::source(&excerpt.text).line_start(excerpt.first_line);
            let snippet = snippet.fold(false).annotation(mark);
            // What is cropped does not know its column any more.
            match excerpt.is_cropped {
                true => group.element(origin).element(snippet),
                false => group.element(snippet.path(&*location.file)),
            }
        }
        None => group.element(origin),
    };
    renderer.render(&[group])
}

/// `2 errors, 1 warning`, and where to read on.
fn counted(findings: &[Finding]) -> String {
    let number = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        count => Some(format!("{count} {what}s")),
    };
    let errors = number(count(findings, Severity::Error), "error");
    let warnings = number(count(findings, Severity::Warning), "warning");
    let Some(example) = findings.first() else {
        return "no findings\n".to_owned();
    };
    let counts: Vec<String> = [errors, warnings].into_iter().flatten().collect();
    let code = example.code.as_str();
    format!(
        "{}; `mynah lint --explain {code}` says more of a code\n",
        counts.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Source,
        description::{FindingCode, Location},
    };

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
        render(&[finding], &mut sources, colours)
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
            assert!(
                text.ends_with("\n\n1 error; `mynah lint --explain shape` says more of a code\n")
            );
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
            (vec![], "no findings\n"),
            (vec![warning.clone()], "1 warning; "),
            (vec![error.clone(), error.clone()], "2 errors; "),
            (
                vec![error, warning.clone(), warning],
                "1 error, 2 warnings; ",
            ),
        ] {
            assert!(counted(&findings).starts_with(want), "{want}");
        }
    }
}
