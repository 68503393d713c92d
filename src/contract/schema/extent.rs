//! How large a validator is: how many schemas it consists of, and whether it can be made at all.

use std::collections::HashSet;

use serde_json::Value;

use super::in_place::Endless;
use crate::description::{Description, Finding, percent_decode, subschemas};

/// How many schemas there are in a schema, in all that it refers to, and so on, each counted once.
///
/// # Errors
/// What is wrong with the first that is endless.
pub(super) fn extent(
    description: &Description,
    pointer: &str,
    endless: &Endless,
) -> Result<usize, Finding> {
    let mut seen = HashSet::new();
    let mut open: Vec<&Value> = description.at(pointer).into_iter().collect();
    while let Some(schema) = open.pop() {
        if let Some(fault) = endless.fault(schema) {
            return Err(fault.clone());
        }
        let Value::Object(members) = schema else {
            continue;
        };
        if !seen.insert(std::ptr::from_ref(schema).addr()) {
            continue;
        }
        let reference = members.get("$ref").and_then(Value::as_str);
        let fragment = reference.and_then(|text| text.strip_prefix('#'));
        open.extend(fragment.and_then(|text| description.at(&percent_decode(text))));
        subschemas(members, |keyword, _, schema| {
            // What is only kept there for others to refer to is no part of it.
            if !matches!(keyword, "$defs" | "definitions") {
                open.push(schema);
            }
        });
    }
    Ok(seen.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    #[test]
    fn each_schema_counts_once() {
        let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
                    A: {properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/B'}}}\n    \
                    B: {items: {$ref: '#/components/schemas/A'}, $defs: {c: {}}}\n    C: {allOf: [{}, {}]}\n    \
                    D: {not: {$ref: '#/components/schemas/D'}}\n    E: {items: {$ref: '#/components/schemas/D'}}\n";
        let description = Description::load(Source::new("t.yaml", text)).unwrap();
        let endless = Endless::of(&description);
        let extent = |name: &str| {
            extent(
                &description,
                &format!("/components/schemas/{name}"),
                &endless,
            )
            .ok()
        };
        let all = ["A", "B", "C", "D", "E"].map(extent);
        assert_eq!(all, [Some(5), Some(5), Some(3), None, None]);
    }
}
