//! One type for several bodies.

use serde_json::{Value, json};

use crate::codegen::{
    document::schema_reference, names::type_name, notes::Notes, schemas::Schemas,
};

/// Adds a schema that is one of these, and refers to it.
///
/// The generated enum takes the first variant that fits, and a variant fits that leaves fields
/// over. So the one that asks for most comes first: of `{message}` and `{message, errors}` the
/// second, or `errors` would be lost.
pub(super) fn add(
    wanted: &str,
    operation: &str,
    mut variants: Vec<Value>,
    origin: &str,
    schemas: &mut Schemas,
    notes: &mut Notes,
) -> Value {
    variants.sort_by_key(|variant| std::cmp::Reverse(schemas.required(variant).len()));
    let description = format!("One of the bodies documented for {operation}.");
    let count = variants.len();
    let name = schemas.add(
        wanted,
        json!({"description": description, "oneOf": variants}),
        origin,
    );
    notes.add(format!(
        "{operation}: {count} kinds of body are to the client `{}`, an enum of them.",
        type_name(&name)
    ));
    schema_reference(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_demanding_variant_comes_first() {
        let message = json!({"required": ["message"]});
        let validation = json!({"allOf": [message, {"required": ["errors"]}]});
        let document = json!({"components": {"schemas": {"Message": message, "Anything": {}, "Validation": validation}}});
        let mut schemas = Schemas::of(&document);
        let variants = ["Message", "Anything", "Validation"]
            .map(schema_reference)
            .to_vec();
        let union = add(
            "CreateError",
            "`POST /pets`",
            variants,
            "/paths",
            &mut schemas,
            &mut Notes::default(),
        );
        assert_eq!(union, schema_reference("CreateError"));
        let want = ["Validation", "Message", "Anything"].map(schema_reference);
        assert_eq!(schemas.map["CreateError"]["oneOf"], json!(want));
    }
}
