//! One change where it was found, before it is known which operations it touches.

use std::rc::Rc;

use crate::{
    contract::Direction,
    diff::{ChangeRule, Verdicts, tree::Part},
};

/// A change, by its places in both descriptions as JSON pointers.
#[derive(Debug, Clone)]
pub(in crate::diff) struct Found {
    pub(in crate::diff) rule: ChangeRule,
    pub(in crate::diff) verdicts: Verdicts,
    pub(in crate::diff) old: Option<Rc<str>>,
    pub(in crate::diff) new: Option<Rc<str>>,
    /// The property that it is about, where it is about one.
    pub(in crate::diff) member: Option<Rc<str>>,
    pub(in crate::diff) message: String,
}

impl Found {
    /// A change of something that both, or one of them, have.
    pub(in crate::diff) fn new(
        rule: ChangeRule,
        direction: Option<Direction>,
        (old, new): (Option<&Part<'_>>, Option<&Part<'_>>),
        message: impl Into<String>,
    ) -> Self {
        let pointer = |part: Option<&Part<'_>>| part.map(|part| Rc::clone(&part.pointer));
        Self {
            rule,
            verdicts: rule.effect().verdicts(direction),
            old: pointer(old),
            new: pointer(new),
            member: None,
            message: message.into(),
        }
    }
}
