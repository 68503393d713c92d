//! Why a body, or a part of one, cannot be read.

use std::sync::Arc;

use crate::exchange::{Place, Rule};

/// Why a body, or a part of one, cannot be read.
#[derive(Debug)]
pub(super) struct Fault {
    /// Where in the request.
    pub(super) place: Place,
    /// Which rule is broken.
    pub(super) rule: Rule,
    /// What is wrong, in a sentence that names what to change.
    pub(super) message: Box<str>,
    /// The pointer to where the rule is stated, when that is not where the body is described.
    pub(super) stated: Option<Box<str>>,
}

impl Fault {
    /// A fault of the body as a whole.
    pub(super) fn whole(rule: Rule, message: String) -> Self {
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
