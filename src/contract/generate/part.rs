//! What schemas say of the single parts of a value.

use serde_json::Value;

use super::conjunction::Conjunction;
use crate::description::Description;

/// From a value to a part of it.
#[derive(Debug, Clone, Copy)]
pub(in crate::contract) enum Step<'n> {
    /// The member of an object.
    Member(&'n str),
    /// The item of an array.
    Item(usize),
}

/// The schemas that a part of a value keeps to, of one that keeps to some schemas: those in `$ref` and
/// `allOf` with them, and none that only may apply.
pub(in crate::contract) fn subschemas<'d>(
    description: &'d Description,
    asked: &[&'d Value],
    step: &Step<'_>,
) -> Vec<&'d Value> {
    let all = Conjunction::of(description, asked);
    let of = |schema: &&'d serde_json::Map<String, Value>| match step {
        Step::Member(name) => {
            let known = schema.get("properties").and_then(|it| it.get(name));
            known.or_else(|| schema.get("additionalProperties"))
        }
        Step::Item(index) => {
            let first = schema.get("prefixItems").and_then(|it| it.get(index));
            first.or_else(|| schema.get("items"))
        }
    };
    all.schemas.iter().filter_map(of).collect()
}

/// What schemas say of a string as bytes.
#[derive(Debug, Default)]
pub(in crate::contract) struct ByteFacts {
    /// `contentEncoding`: the string is the bytes in this encoding.
    pub encoding: Option<String>,
    /// `contentMediaType`: what the bytes are.
    pub media_type: Option<String>,
    /// Whether it is bytes and no text (`format: binary`).
    pub is_binary: bool,
    /// Whether any bytes will do.
    pub is_any_bytes: bool,
}

/// What schemas say together.
pub(in crate::contract) fn byte_facts(description: &Description, asked: &[&Value]) -> ByteFacts {
    let all = Conjunction::of(description, asked);
    let first = |keyword| all.texts(keyword).next().map(str::to_owned);
    ByteFacts {
        encoding: first("contentEncoding"),
        media_type: first("contentMediaType"),
        is_binary: all.texts("format").any(|format| format == "binary"),
        is_any_bytes: super::file::says_only_bytes(&all),
    }
}
