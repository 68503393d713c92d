//! Which keywords of JSON Schema hold schemas: the one table by which schemas are walked, in a document
//! and in what is made of it.

use serde_json::{Map, Value};

/// What a keyword or a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// One object. `items` of older drafts may be a list all the same.
    One,
    /// A list of objects.
    List,
    /// Objects by names.
    Map,
}

impl Holds {
    /// What a keyword holds (2020-12, and those of older drafts); `None` where it is data or no keyword.
    pub(crate) fn of(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "items"
            | "additionalItems"
            | "unevaluatedItems"
            | "contains"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "propertyNames"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contentSchema" => Self::One,
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => Self::List,
            "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
            | "dependencies" => Self::Map,
            _ => return None,
        })
    }
}

/// Whether a keyword asks nothing of a value.
pub(crate) fn is_annotation(keyword: &str) -> bool {
    const ANNOTATIONS: [&str; 10] = [
        "title",
        "description",
        "summary",
        "$comment",
        "default",
        "deprecated",
        "example",
        "examples",
        "externalDocs",
        "xml",
    ];
    ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-")
}

/// Calls `visit` with each schema that a schema holds directly, and the tokens that lead to it: the
/// keyword, and an index or a name where it holds several.
pub(crate) fn subschemas<'s>(
    schema: &'s Map<String, Value>,
    mut visit: impl FnMut(&str, Option<&str>, &'s Value),
) {
    for (keyword, value) in schema {
        match (Holds::of(keyword), value) {
            (Some(Holds::One | Holds::List), Value::Array(schemas)) => {
                for (index, schema) in schemas.iter().enumerate() {
                    visit(keyword, Some(&index.to_string()), schema);
                }
            }
            (Some(Holds::One), schema) => visit(keyword, None, schema),
            (Some(Holds::Map), Value::Object(schemas)) => {
                for (name, schema) in schemas {
                    visit(keyword, Some(name), schema);
                }
            }
            _ => {}
        }
    }
}

/// The same for changing them; the keyword that holds each is told.
pub(crate) fn subschemas_mut(
    schema: &mut Map<String, Value>,
    mut visit: impl FnMut(&str, &mut Value),
) {
    for (keyword, value) in schema {
        match (Holds::of(keyword), value) {
            (Some(Holds::One | Holds::List), Value::Array(schemas)) => {
                schemas.iter_mut().for_each(|schema| visit(keyword, schema));
            }
            (Some(Holds::One), schema) => visit(keyword, schema),
            (Some(Holds::Map), Value::Object(schemas)) => {
                schemas
                    .values_mut()
                    .for_each(|schema| visit(keyword, schema));
            }
            _ => {}
        }
    }
}
