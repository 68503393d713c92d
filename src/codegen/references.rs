//! Whether every reference leads somewhere: the generator panics over one that does not.

use serde_json::Value;

use crate::description::{Description, Finding, join};

/// Follows each `$ref` of a description.
///
/// # Errors
/// A [`Finding`] at the first reference that leaves the document, leads nowhere, or leads to itself.
pub(super) fn check(description: &Description) -> Result<(), Finding> {
    check_node(description, description.root(), "")
}

fn check_node(description: &Description, node: &Value, pointer: &str) -> Result<(), Finding> {
    match node {
        Value::Object(object) => {
            if object.get("$ref").is_some_and(Value::is_string) {
                return description.resolve(pointer).map(drop);
            }
            for (key, child) in object {
                let pointer = join(pointer, key);
                match key.as_str() {
                    // Names, whatever they are called.
                    "properties" | "patternProperties" | "$defs" | "schemas" | "responses" => {
                        check_children(description, child, &pointer)?;
                    }
                    // Data: a key named `$ref` inside means nothing.
                    "example" | "examples" | "default" | "enum" | "const" => {}
                    key if key.starts_with("x-") => {}
                    _ => check_node(description, child, &pointer)?,
                }
            }
            Ok(())
        }
        Value::Array(_) => check_children(description, node, pointer),
        _ => Ok(()),
    }
}

fn check_children(description: &Description, node: &Value, pointer: &str) -> Result<(), Finding> {
    match node {
        Value::Object(children) => children
            .iter()
            .try_for_each(|(name, child)| check_node(description, child, &join(pointer, name))),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(at, item)| {
            check_node(description, item, &join(pointer, &at.to_string()))
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::Source;

    #[test]
    fn a_reference_must_lead_somewhere_unless_it_is_data() {
        let head =
            "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
        for (schema, want) in [
            (
                "    A: {$ref: '#/components/schemas/B'}\n",
                Some("a.yaml:6:15: error[reference-unresolved]"),
            ),
            (
                "    default: {items: {$ref: '#/x'}}\n",
                Some("a.yaml:6:29: error[reference-unresolved]"),
            ),
            (
                "    A: {allOf: [{$ref: 'b.yaml#/B'}]}\n",
                Some("a.yaml:6:24: error[reference-unresolved]"),
            ),
            (
                "    A: {$ref: '#/components/schemas/A'}\n",
                Some("a.yaml:6:8: error[reference-unresolved]"),
            ),
            ("    A: {example: {$ref: '#/x'}}\n", None),
        ] {
            let description =
                Description::load(Source::new("a.yaml", format!("{head}{schema}"))).unwrap();
            let found = check(&description).err().map(|finding| finding.to_string());
            let starts = want.is_none_or(|want| {
                found
                    .as_deref()
                    .is_some_and(|found| found.starts_with(want))
            });
            assert!(
                starts && found.is_some() == want.is_some(),
                "{schema}: {found:?}"
            );
        }
    }
}
