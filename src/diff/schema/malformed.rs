//! Keywords whose values are of no kind that they can be, so that nobody can tell what they ask for.

use serde_json::Value;

use super::{both::Both, view::View};
use crate::diff::{
    ChangeRule,
    text::{canonical, named},
};

/// What a keyword's value has to be.
fn is_well_formed(keyword: &str, value: &Value) -> bool {
    match keyword {
        "type" => is_type(value) || value.as_array().is_some_and(|all| all.iter().all(is_type)),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf"
        | "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
        | "maxProperties" => value.is_number(),
        "pattern" | "format" | "contentEncoding" | "contentMediaType" | "$ref" => value.is_string(),
        "uniqueItems" | "readOnly" | "writeOnly" => value.is_boolean(),
        "enum" | "required" | "allOf" | "anyOf" | "oneOf" | "prefixItems" => value.is_array(),
        "properties" | "patternProperties" | "dependentSchemas" | "discriminator" => {
            value.is_object()
        }
        "items" | "additionalProperties" | "unevaluatedProperties" | "not" | "if" => {
            value.is_object() || value.is_boolean()
        }
        _ => true,
    }
}

fn is_type(value: &Value) -> bool {
    const TYPES: [&str; 8] = [
        "null", "boolean", "object", "array", "number", "integer", "string", "file",
    ];
    value.as_str().is_some_and(|name| TYPES.contains(&name))
}

/// Tells each keyword that is malformed in one of the schemas and not the same in the other.
pub(super) fn compare(both: &mut Both<'_, '_>) {
    for keyword in malformed(&both.old).into_iter().chain(malformed(&both.new)) {
        let values = [&both.old, &both.new].map(|view| {
            let values = view.parts.iter().filter_map(|part| part.value.get(keyword));
            values.map(canonical).collect::<Vec<_>>()
        });
        if values[0] != values[1] {
            let message = format!("{} has a value that it cannot have", named(keyword));
            both.tell(ChangeRule::Undecidable, keyword, message);
        }
    }
}

fn malformed<'d>(view: &View<'d>) -> Vec<&'d str> {
    let members = view
        .parts
        .iter()
        .flat_map(|part| part.object().into_iter().flatten());
    members
        .filter(|(keyword, value)| !value.is_null() && !is_well_formed(keyword, value))
        .map(|(keyword, _)| keyword.as_str())
        .collect()
}
