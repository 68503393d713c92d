//! What was found, as it is read: by people in a terminal, by editors, by code scanning and by CI.
//!
//! Everything is written from one form of data, [`Run`]: suites of cases with their problems. Each
//! format is one function from it to text, in a file of its own.

mod conduct;
mod coverage;
mod curl;
mod excerpt;
mod expectation;
mod github;
mod json;
mod junit;
mod markdown;
mod problem;
mod recipes;
mod records;
mod rules;
mod run;
mod sarif;
mod shortfall;
mod sources;
mod text;

use std::time::SystemTime;

use crate::description::Location;

pub use conduct::Conduct;
pub use coverage::{CoverageFormat, render_coverage};
pub(crate) use curl::curl_in_full;
pub use expectation::MYNAH_EXPECT;
pub use problem::{Blame, Problem};
pub use recipes::{RecipeFormat, curl_line, render_recipes};
pub use rules::{About, Rule, rules};
pub use run::{Case, Outcome, Run, Suite};
pub use shortfall::Shortfall;
pub use sources::Sources;

/// A form that a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: the source lines, with the places marked.
    Text {
        /// Whether to use the colours of a terminal.
        colours: bool,
    },
    /// For programs: one JSON object, as `docs/reports.md` has it.
    Json,
    /// For CI systems: JUnit's XML, as Ant and Jenkins have it.
    Junit,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// For GitHub Actions: one workflow command a problem, which becomes an annotation.
    Github,
    /// For summaries of jobs and comments on changes.
    Markdown,
}

/// A run in a form. The text ends with a line break.
pub fn render(run: &Run, sources: &mut Sources, format: Format) -> String {
    match format {
        Format::Text { colours } => text::render(run, sources, colours),
        Format::Json => json::render(run),
        Format::Junit => junit::render(run),
        Format::Sarif => sarif::render(run, sources),
        Format::Github => github::render(run, sources),
        Format::Markdown => markdown::render(run),
    }
}

/// A place of a description with its lines, as people read it, and a sentence on it. No line break ends it.
pub fn note(sentence: &str, location: &Location, sources: &mut Sources, colours: bool) -> String {
    text::noted(sentence, location, sources, colours)
}

/// A problem with its lines, as people read it. No line break ends it.
pub fn excerpted(problem: &Problem, sources: &mut Sources, colours: bool) -> String {
    text::excerpted(problem, None, sources, colours)
}

/// A problem as an item of a list in Markdown: what it means, a sentence, its code and its place.
pub fn markdown_item(problem: &Problem) -> String {
    markdown::item(problem)
}

/// A point in time as XML Schema's `dateTime`, in UTC, to the second.
fn timestamp(at: SystemTime) -> String {
    let at = chrono::DateTime::<chrono::Utc>::from(at);
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// How often a problem was seen, where that is more than once: `, 3 times`.
fn times(problem: &Problem) -> String {
    match problem.times {
        0 | 1 => String::new(),
        times => format!(", {times} times"),
    }
}

/// A number with its noun, as `1 error` or `2 errors`.
fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        number => format!("{number} {noun}s"),
    }
}
