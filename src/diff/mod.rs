//! What changed between two descriptions, and what that means for those who were written by the old one.
//!
//! Both are read as any other, so that all is compared in one dialect and every change has its line in both.
//! Schemas are compared by pairs: what holds for the same value in both descriptions is one pair, which is
//! looked at once for each way that the value goes, however many operations lead to it.

mod change;
mod compare;
mod pairing;
mod rule;
mod schema;
mod text;
mod traffic;
mod tree;

pub use change::{Change, Side, Subject, Verdict, Verdicts};
pub use rule::{ChangeRule, Effect};
pub use traffic::Traffic;

use crate::Description;

/// What changed from an old description to a new one, in the order of the operations; in each the gravest
/// first.
///
/// ```
/// use mynah::{Description, Source, diff::{Verdict, diff}};
///
/// let load = |needed: &str| {
///     let text = format!(
///         "openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\npaths:\n  /pets:\n    get:\n      \
///          parameters: [{{name: limit, in: query, required: {needed}, schema: {{type: integer}}}}]\n      \
///          responses: {{'204': {{description: Fine}}}}\n"
///     );
///     Description::load(Source::new("pets.yaml", text)).unwrap()
/// };
/// let changes = diff(&load("false"), &load("true"));
/// assert_eq!(changes[0].rule.code(), "parameter-required");
/// assert_eq!(changes[0].verdicts.client, Verdict::Breaking);
/// assert_eq!(changes[0].verdicts.provider, Verdict::Compatible);
/// assert_eq!(changes[0].new.as_ref().unwrap().to_string(), "pets.yaml:6:20");
/// ```
pub fn diff(old: &Description, new: &Description) -> Vec<Change> {
    compare::compare(old, new, None)
}

/// The same with only those changes that touch what clients were seen to use.
pub fn diff_used(old: &Description, new: &Description, traffic: &Traffic) -> Vec<Change> {
    compare::compare(old, new, Some(traffic))
}
