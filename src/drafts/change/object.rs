//! Objects with one member less, and with one that nobody documents.

use serde_json::Value;

use super::{To, said::Said};

/// A name that no description has.
const UNKNOWN: &str = "mynahUnknown";

/// What becomes of members: each is left out once; where no other members are allowed, one is added.
pub(super) fn members(said: &Said<'_>, value: &Value) -> Vec<(String, To)> {
    let Value::Object(members) = value else {
        return Vec::new();
    };
    let mut all: Vec<(String, To)> = members
        .keys()
        .map(|name| (name.clone(), To::Nothing))
        .collect();
    let closing = ["additionalProperties", "unevaluatedProperties"];
    let mut closed = closing.into_iter().flat_map(|keyword| said.all(keyword));
    if closed.any(|it| *it == Value::Bool(false)) {
        all.push((UNKNOWN.to_owned(), To::Value("mynah".into())));
    }
    all
}
