//! Assertions about values: the validator's matter, and awkward as types.
//!
//! With them a title of one to ten characters would be a type of its own, a positive count a
//! `NonZeroU64`, and a `pattern` a regular expression engine to link.

use serde_json::Value;

use crate::codegen::notes::Notes;

const ASSERTIONS: [&str; 13] = [
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Removes what bounds a value without changing its type.
pub(super) fn lower(schema: &mut Value, notes: &mut Notes) {
    let Value::Object(object) = schema else {
        return;
    };
    for keyword in ASSERTIONS {
        if object.remove(keyword).is_some() {
            notes.add(format!("`{keyword}` is no part of a type."));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn bounds_go_and_types_stay() {
        for (written, want) in [
            (
                json!({"type": "string", "pattern": "^a", "format": "uuid"}),
                json!({"type": "string", "format": "uuid"}),
            ),
            (
                json!({"type": "integer", "exclusiveMinimum": true}),
                json!({"type": "integer"}),
            ),
            (
                json!({"type": "array", "minItems": 1, "maxItems": 1}),
                json!({"type": "array"}),
            ),
            (
                json!({"enum": ["a"], "required": ["b"]}),
                json!({"enum": ["a"], "required": ["b"]}),
            ),
        ] {
            let mut lowered = written.clone();
            lower(&mut lowered, &mut Notes::default());
            assert_eq!(lowered, want, "{written}");
        }
    }
}
