//! Requests that are meant to be wrong.
//!
//! A test of error handling sends what leaves the contract, and says so in the request itself:
//! `Mynah-Expect: required`. It stands there, and not in a list beside the run, so that the same
//! mistake in any other call still counts; and one that is not made counts too, so that no
//! expectation outlives its reason.

use http::HeaderMap;

use super::{Problem, Shortfall};
use crate::Violation;

/// The header field by which a request says which rules it is meant to break: their codes, separated
/// by commas.
pub const MYNAH_EXPECT: &str = "mynah-expect";

/// The rules that a request is meant to break.
pub(super) struct Expectation<'r> {
    codes: Vec<&'r str>,
}

impl<'r> Expectation<'r> {
    /// What the header fields of a request say; mostly nothing.
    pub(super) fn of(headers: &'r HeaderMap) -> Self {
        let fields = headers.get_all(MYNAH_EXPECT).iter();
        let texts = fields.filter_map(|field| field.to_str().ok());
        let codes = texts.flat_map(|text| text.split(',')).map(str::trim);
        Self {
            codes: codes.filter(|code| !code.is_empty()).collect(),
        }
    }

    /// Whether a violation is meant.
    pub(super) fn covers(&self, violation: &Violation) -> bool {
        self.codes.contains(&violation.rule.code())
    }

    /// A problem for each rule that is not broken.
    pub(super) fn unmet(&self, violations: &[Violation]) -> impl Iterator<Item = Problem> {
        let is_broken = |code: &str| violations.iter().any(|it| it.rule.code() == code);
        let codes = self.codes.iter().filter(move |code| !is_broken(code));
        codes.map(|code| {
            let message = format!("the request is meant to break `{code}`, and keeps to it");
            Problem {
                place: Some("header `Mynah-Expect`".to_owned()),
                ..Shortfall::ExpectationUnmet.problem(message)
            }
        })
    }
}
