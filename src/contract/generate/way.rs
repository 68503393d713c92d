//! One way to make a value by a plan.

use serde_json::Value;

/// From this on they are not near to the first.
pub(super) const FROM_FAR: u64 = 28;

/// One way to make a value by a plan.
pub(super) enum Way<'d> {
    /// A value that was asked for.
    Given(Value),
    /// One that the document gives.
    Documented(&'d Value),
    /// One of a type, in a variant.
    Of(&'d str, usize),
    /// An object with some of its properties.
    Object(Extent),
}

/// Which of its optional properties an object has.
#[derive(Debug, Clone, Copy)]
pub(super) enum Extent {
    /// All of them.
    All,
    /// Without those that other branches speak of.
    Unrivalled,
    /// Without one of them.
    Without(usize),
    /// None of them.
    Needed,
    /// All, and such as other branches are invalid with.
    Spoiling,
}
