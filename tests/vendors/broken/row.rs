//! One way to break a request, and what its answer has to say.

use serde_json::Value;

/// One way to break a documented request.
#[derive(Debug, Clone, Copy)]
pub enum Break {
    /// A field left out, by its pointer.
    Without(&'static str),
    /// A field with another value, as JSON.
    Set(&'static str, &'static str),
    /// Another body.
    Body(&'static str),
    /// A header field with another value.
    Header(&'static str, &'static str),
    /// A header field left out.
    NoHeader(&'static str),
    /// Another path.
    Path(&'static str),
    /// Another method.
    Method(&'static str),
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// How the request is broken.
    pub how: Break,
    /// The status of the answer.
    pub status: u16,
    /// The rule in `Mynah-Violations`.
    pub rule: &'static str,
    /// The place there.
    pub at: &'static str,
    /// What the body says.
    pub says: &'static str,
}

/// A row; its columns in the order in which they are read.
pub const fn row(
    how: Break,
    status: u16,
    rule: &'static str,
    at: &'static str,
    says: &'static str,
) -> Row {
    Row {
        how,
        status,
        rule,
        at,
        says,
    }
}

impl Row {
    /// All that the answer has to have. Rows alike in it may have the same answer.
    pub fn wants(&self) -> (u16, &str, &str) {
        (self.status, self.rule, self.at)
    }
}

/// A value without one field.
pub fn without(mut value: Value, pointer: &str) -> Value {
    let (parent, field) = pointer.rsplit_once('/').expect("a pointer");
    let object = value.pointer_mut(parent).and_then(Value::as_object_mut);
    let removed = object.expect("an object").remove(field);
    assert!(removed.is_some(), "{pointer} was not there to be removed");
    value
}

/// A value with one field set; an optional one may be new.
pub fn with(mut value: Value, pointer: &str, json: &str) -> Value {
    let (parent, field) = pointer.rsplit_once('/').expect("a pointer");
    let new = serde_json::from_str(json).expect("JSON");
    match value.pointer_mut(parent).expect("the parent is there") {
        Value::Array(items) => items[field.parse::<usize>().expect("an index")] = new,
        parent => parent[field] = new,
    }
    value
}
