//! What each code means, in one table: of findings, of violations, of what providers and whole runs are
//! judged by, of changes.
//!
//! No code is without its row: the parts of the table do not compile when one is missing, or, for
//! JSON Schema's keywords, when the validator learns a new one.

mod changes;
mod descriptions;
mod exchanges;
mod keywords;
mod providers;
mod runs;

use std::{borrow::Cow, sync::LazyLock};

use super::Blame;

/// What a code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The code, such as `required`. Codes of different matters may be the same.
    pub code: Cow<'static, str>,
    /// What it is about.
    pub about: About,
    /// In a line.
    pub summary: &'static str,
    /// In full: why it matters, and what to change.
    pub explanation: &'static str,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A description: what `lint` finds.
    Description,
    /// A request or a reply: what `Mynah-Violations` lists.
    Exchange,
    /// A provider: what `check` finds beside what its replies violate.
    Provider,
    /// A whole run: what `run` demands beside.
    Run,
    /// A change between two descriptions: what `diff` tells.
    Change,
}

impl About {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Exchange => "exchange",
            Self::Provider => "provider",
            Self::Run => "run",
            Self::Change => "change",
        }
    }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let parts = [
        descriptions::rules(),
        exchanges::rules(),
        keywords::rules(),
        providers::rules(),
        runs::rules(),
        changes::rules(),
    ];
    let mut rules = parts.concat();
    rules.sort_by(|one, other| (one.about, &one.code).cmp(&(other.about, &other.code)));
    rules
});

/// What each code means: by what it is about, then by code.
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The row of a problem's code, by its place in the table.
pub(super) fn index_of(code: &str, blame: Blame) -> Option<usize> {
    let all = rules().iter().enumerate();
    let mut named = all.filter(|(_, rule)| rule.code == code);
    let (first, rule) = named.next()?;
    match (rule.about, blame) {
        // A code of two matters: the description's comes first.
        (About::Description, Blame::Client | Blame::Provider) => {
            Some(named.next().map_or(first, |(second, _)| second))
        }
        _ => Some(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_explained_once_in_whole_sentences() {
        for (index, rule) in rules().iter().enumerate() {
            let mut before = rules()[..index].iter();
            let is_same = |other: &Rule| (other.about, &other.code) == (rule.about, &rule.code);
            assert!(!before.any(is_same), "{rule:?}");
            assert!(!rule.summary.ends_with('.'), "{rule:?}");
            assert!(rule.explanation.ends_with('.'), "{rule:?}");
            assert!(!rule.explanation.contains("  "), "{rule:?}");
        }
    }

    #[test]
    fn a_code_of_two_matters_is_told_apart_by_whose_fault_it_is() {
        let about = |code, blame| index_of(code, blame).map(|index| rules()[index].about);
        assert_eq!(about("syntax", Blame::Client), Some(About::Exchange));
        assert_eq!(
            about("syntax", Blame::Description),
            Some(About::Description)
        );
        assert_eq!(about("required", Blame::Client), Some(About::Exchange));
        assert_eq!(about("faulty", Blame::Description), Some(About::Exchange));
        assert_eq!(about("shape", Blame::Description), Some(About::Description));
        assert_eq!(about("no-such", Blame::Client), None);
    }
}
