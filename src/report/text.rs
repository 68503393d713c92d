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
