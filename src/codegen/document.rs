//! Finding one's way in a document: its operations, and what its references stand for.

use serde_json::{Map, Value};

use crate::description::{join, tokens};

/// The methods that a path item can have an operation for.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An operation and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OperationPlace {
    /// The path template.
    pub path: String,
    /// The method in lower case, as it stands in the document.
    pub method: String,
    /// The operation's pointer.
    pub pointer: String,
}

/// The operations in the order of the document. Path items that are references have none of their own.
pub(super) fn operations(document: &Value) -> Vec<OperationPlace> {
    let mut places = Vec::new();
    for (path, item) in object(document.get("paths")) {
        for method in METHODS {
            if item.get(method).is_some_and(Value::is_object) {
                places.push(OperationPlace {
                    path: path.clone(),
                    method: method.to_owned(),
                    pointer: join(&join("/paths", path), method),
                });
            }
        }
    }
    places
}

/// The entries of a mapping; none when it is absent or something else.
pub(super) fn object(node: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    node.and_then(Value::as_object).into_iter().flatten()
}

/// What stands at the end of a node's chain of references, and where; the node itself when it is no reference.
pub(super) fn resolved<'d>(document: &'d Value, pointer: &str) -> Option<(String, &'d Value)> {
    let mut pointer = pointer.to_owned();
    // A chain of references that never ends was refused before.
    for _ in 0..64 {
        let node = document.pointer(&pointer)?;
        match reference(node) {
            Some(target) => pointer = target,
            None => return Some((pointer, node)),
        }
    }
    None
}

/// The pointer that a reference within the document leads to.
pub(super) fn reference(node: &Value) -> Option<String> {
    let fragment = node.get("$ref")?.as_str()?.strip_prefix('#')?;
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
    Some(decoded.into_owned())
}

/// The name in `#/components/schemas/NAME`.
pub(super) fn schema_name(node: &Value) -> Option<String> {
    let pointer = reference(node)?;
    let name = pointer.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| tokens(&format!("/{name}")).collect())
}

/// A reference to a schema among the components.
pub(super) fn schema_reference(name: &str) -> Value {
    let mut reference = Map::new();
    let target = format!("#{}", join("/components/schemas", name));
    reference.insert("$ref".to_owned(), Value::from(target));
    Value::Object(reference)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_read_as_pointers_and_names() {
        for (written, pointer, name) in [
            (
                "#/components/schemas/Pet",
                Some("/components/schemas/Pet"),
                Some("Pet"),
            ),
            (
                "#/components/schemas/a~1b%20c",
                Some("/components/schemas/a~1b c"),
                Some("a/b c"),
            ),
            (
                "#/components/schemas/Pet/properties/id",
                Some("/components/schemas/Pet/properties/id"),
                None,
            ),
            ("other.yaml#/Pet", None, None),
        ] {
            let node = json!({"$ref": written});
            assert_eq!(reference(&node).as_deref(), pointer, "{written}");
            assert_eq!(schema_name(&node).as_deref(), name, "{written}");
        }
    }

    #[test]
    fn a_schema_reference_is_read_back() {
        assert_eq!(
            schema_name(&schema_reference("a/b")).as_deref(),
            Some("a/b")
        );
    }
}
