//! Findings as they are read: by people in a terminal, by editors, by code scanning and by CI.
//!
//! Each format is one function from plain data to text, in a file of its own.

mod excerpt;
mod github;
mod json;
mod problem;
mod rules;
mod run;
mod sarif;
mod sources;
mod text;

pub use problem::{Blame, Problem};
pub use rules::{Rule, rules};
pub use run::{Case, Outcome, Run, Suite};
pub use sources::Sources;

use crate::description::{Finding, Severity};

/// A form that findings are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: the source lines, with the places marked.
    Text {
        /// Whether to use the colours of a terminal.
        colours: bool,
    },
    /// For programs: one JSON object.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// For GitHub Actions: one workflow command a finding, which becomes an annotation.
    Github,
}

/// All findings in a form, in the order given. The text ends with a line break.
pub fn render(findings: &[Finding], sources: &mut Sources, format: Format) -> String {
    match format {
        Format::Text { colours } => text::render(findings, sources, colours),
        Format::Json => json::render(findings),
        Format::Sarif => sarif::render(findings),
        Format::Github => github::render(findings),
    }
}

/// How many findings there are of a severity.
fn count(findings: &[Finding], severity: Severity) -> usize {
    findings
        .iter()
        .filter(|finding| finding.severity == severity)
        .count()
}
