//! `const` and `enum` of numbers with more digits than a double holds.

use jsonschema::{Keyword, ValidationError, Validator};
use serde_json::{Value, json};

use crate::exchange::{Tape, TapeNode};

/// The keywords that list the values.
pub(super) const KEYWORDS: [&str; 2] = ["const", "enum"];

/// One keyword of a schema.
pub(super) struct Constant {
    /// The values, without loss.
    allowed: Vec<Value>,
    /// What words a fault.
    worded: Validator<Tape>,
}

impl Constant {
    /// The values of a keyword, which the document writes as some JSON text; `None` where there is no
    /// validator for them.
    pub(super) fn new(keyword: &str, value: &Value, text: &str) -> Option<Self> {
        let tape = Tape::parse(text.as_bytes()).ok()?;
        let root = tape.root();
        Some(Self {
            allowed: match keyword {
                "enum" => root.items().map(TapeNode::exact_value).collect(),
                _ => vec![root.exact_value()],
            },
            worded: jsonschema::options_for::<Tape>()
                .build(&json!({ keyword: value }))
                .ok()?,
        })
    }
}

impl<'i> Keyword<'i, Tape> for Constant {
    fn validate(&self, instance: TapeNode<'i>) -> Result<(), ValidationError<'i>> {
        if Keyword::<Tape>::is_valid(self, instance) {
            return Ok(());
        }
        // Nothing is allowed that is an object with this name, so the fault is the same for it.
        let other = Tape::from(&json!({ "none of the values": [] }));
        let fault = [instance, other.root()].into_iter().find_map(|node| {
            self.worded
                .validate(node)
                .err()
                .map(ValidationError::to_owned)
        });
        Err(fault.unwrap_or_else(|| ValidationError::custom("is not one of the values")))
    }

    fn is_valid(&self, instance: TapeNode<'i>) -> bool {
        self.allowed.iter().any(|value| instance.equals(value))
    }
}
