//! How much of what is documented was exercised, as it is read.
//!
//! Each format is one function from the counts to text, in a file of its own.

mod html;
mod json;
mod text;

use crate::journal::{ApiCoverage, Coverage, ItemKind, Tally, Undocumented};

/// A form that coverage is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverageFormat {
    /// For people: what was not exercised, and how much was.
    Text,
    /// For programs: one JSON object, as `docs/journal.md` has it.
    Json,
    /// For browsers: a page that needs nothing else.
    Html,
}

/// Coverage in a form. The text ends with a line break.
pub fn render_coverage(coverage: &Coverage, format: CoverageFormat) -> String {
    let counted = Counted {
        apis: coverage.apis(),
        undocumented: coverage.undocumented(),
    };
    match format {
        CoverageFormat::Text => text::render(&counted),
        CoverageFormat::Json => json::render(&counted),
        CoverageFormat::Html => html::render(&counted),
    }
}

/// What was counted, at one time.
struct Counted {
    apis: Vec<ApiCoverage>,
    undocumented: Undocumented,
}

impl Counted {
    fn tally(&self) -> Tally {
        self.apis.iter().map(ApiCoverage::tally).sum()
    }

    fn tally_of(&self, kind: ItemKind) -> Tally {
        self.apis.iter().map(|api| api.tally_of(kind)).sum()
    }
}

/// A part of a whole in per cent, so that 100 means all and 0 nothing.
fn percent(tally: Tally) -> String {
    let percent = tally.ratio() * 100.0;
    let shown = match percent.round() {
        100.0 if tally.exercised < tally.documented => 99.0,
        0.0 if tally.exercised > 0 => 1.0,
        rounded => rounded,
    };
    format!("{shown} %")
}

#[cfg(test)]
mod tests;
