//! Why a body, or a part of one, cannot be read.

use std::sync::Arc;

use crate::{
    contract::Api,
    exchange::{Place, Rule, Violation},
};

/// Why a body, or a part of one, cannot be read.
#[derive(Debug)]
pub(in crate::answer) struct Fault {
    /// Where in the request.
    pub(in crate::answer) place: Place,
    /// Which rule is broken.
    pub(in crate::answer) rule: Rule,
    /// What is wrong, in a sentence that names what to change.
    pub(in crate::answer) message: Box<str>,
    /// The pointer to where the rule is stated, when that is not where the body is described.
    pub(in crate::answer) stated: Option<Box<str>>,
}

impl Fault {
    /// A fault of the body as a whole.
    pub(in crate::answer) fn whole(rule: Rule, message: String) -> Self {
        Self {
            place: Place::Body(String::new()),
            rule,
            message: message.into(),
            stated: None,
        }
    }

    /// A body that is not what it is said to be.
    pub(super) fn syntax(message: String) -> Self {
        Self::whole(Rule::Syntax, message)
    }

    /// A part of a body, at a pointer, that is not what it is said to be.
    pub(super) fn syntax_at(pointer: String, message: String) -> Self {
        Self {
            place: Place::Body(pointer),
            ..Self::syntax(message)
        }
    }

    /// The same as a violation of what is described at a pointer, where it does not say where itself.
    pub(in crate::answer) fn violation(self, api: &Api, described: &str) -> Violation {
        Violation {
            stated: Some(api.locate(self.stated.as_deref().unwrap_or(described))),
            place: self.place,
            rule: self.rule,
            message: self.message.into(),
        }
    }

    /// A header field that names what is not taken.
    pub(super) fn unsupported(header: &str, message: String) -> Self {
        Self {
            place: Place::Header(Arc::from(header)),
            ..Self::whole(Rule::UnsupportedMediaType, message)
        }
    }
}

/// For places that say where by themselves, such as parameters.
impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.message.into()
    }
}
