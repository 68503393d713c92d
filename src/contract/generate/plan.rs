//! What a value is made by: a branch of each choice that its schemas leave.

use serde_json::Value;

use super::conjunction::Conjunction;

/// One way: a branch taken at each choice.
pub(super) struct Plan<'d> {
    /// What it asks for.
    pub all: Conjunction<'d>,
    /// What the branches that were not taken speak of: leaving it out keeps these invalid.
    pub rivals: Vec<&'d str>,
    /// The branches that were not taken and must not be valid.
    pub rival_schemas: Vec<&'d Value>,
    /// What properties should hold, such as a discriminator's value.
    pub hints: Vec<(&'d str, Value)>,
    /// Properties that the way must do without.
    pub without: Vec<&'d str>,
    /// The keyword of each choice, by its address, and the branch taken.
    pub choices: Vec<(usize, usize)>,
}

/// One branch of a choice.
#[derive(Default)]
pub(super) struct Branch<'d> {
    /// Which one it is.
    pub index: usize,
    pub adds: Option<&'d Value>,
    pub also: Option<&'d Value>,
    pub hint: Option<(&'d str, Value)>,
    pub rivals: Vec<&'d Value>,
    pub without: Option<&'d str>,
}
