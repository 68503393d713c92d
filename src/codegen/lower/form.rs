//! Forms: nested objects become fields with the names that they have on the wire.

use serde_json::{Map, Value, json};

use super::operation::Operation;
use crate::codegen::{
    document::{object, schema_reference},
    names::type_name,
    notes::Notes,
    schemas::Schemas,
};

/// The schema that the client sends a form by.
///
/// A form without nested objects or lists keeps its own. For others a second schema is added, with
/// fields such as `conversation[title]`: it is the client's alone, the type of the request stays.
pub(super) fn flatten(
    operation: &Operation<'_>,
    media: &Value,
    origin: &str,
    schemas: &mut Schemas,
    notes: &mut Notes,
) -> Value {
    let Some(written) = media.get("schema") else {
        return json!({});
    };
    let mut fields = Fields {
        schemas,
        media,
        is_flat: true,
        properties: Map::new(),
        required: Vec::new(),
        left_out: Vec::new(),
    };
    fields.add(written, None, true, 0);
    let Fields {
        is_flat,
        properties,
        required,
        left_out,
        ..
    } = fields;
    if is_flat {
        return written.clone();
    }
    for name in left_out {
        notes.add(format!("{}: the client does not send the form field `{name}`, which is a list or an object of any keys.", operation.shown()));
    }
    let description = format!(
        "The form of {}, with the names that its fields have on the wire.",
        operation.shown()
    );
    let flat = json!({"type": "object", "description": description, "properties": properties, "required": required});
    let name = schemas.add(&format!("{}Form", type_name(&operation.id)), flat, origin);
    notes.add(format!(
        "{}: the client sends the form as `{}`, whose fields are the names on the wire.",
        operation.shown(),
        type_name(&name)
    ));
    schema_reference(&name)
}

/// The fields found so far.
struct Fields<'s> {
    schemas: &'s Schemas,
    media: &'s Value,
    is_flat: bool,
    properties: Map<String, Value>,
    required: Vec<String>,
    left_out: Vec<String>,
}

impl Fields<'_> {
    /// Adds the properties of an object whose own name on the wire is `prefix`.
    fn add(&mut self, schema: &Value, prefix: Option<&str>, is_required: bool, depth: usize) {
        let schemas = self.schemas;
        let schema = schemas.resolve(schema);
        let required = schemas.required(schema);
        let parts = schema.get("allOf").and_then(Value::as_array);
        // A schema may contain itself; a form cannot.
        if depth > 8 {
            return;
        }
        for part in parts.into_iter().flatten() {
            self.add(part, prefix, is_required, depth + 1);
        }
        for (name, property) in object(schema.get("properties")) {
            let wire_name =
                prefix.map_or_else(|| name.clone(), |prefix| format!("{prefix}[{name}]"));
            let is_required = is_required && required.contains(name.as_str());
            self.add_property(&wire_name, property, prefix.is_some(), is_required, depth);
        }
    }

    fn add_property(
        &mut self,
        name: &str,
        property: &Value,
        is_nested: bool,
        is_required: bool,
        depth: usize,
    ) {
        let target = self.schemas.resolve(property);
        let has_properties = target.get("properties").or(target.get("allOf")).is_some();
        let kind = target.get("type").and_then(Value::as_str);
        if has_properties {
            self.is_flat = false;
            let in_brackets = is_nested
                || encoding(self.media, name, "style").is_some_and(|style| style == "deepObject");
            // OpenAPI's default for an object in a form: its properties stand beside the others.
            self.add(
                property,
                in_brackets.then_some(name),
                is_required,
                depth + 1,
            );
        } else if kind == Some("array") || kind == Some("object") {
            self.is_flat = false;
            self.left_out.push(name.to_owned());
        } else {
            self.properties.insert(name.to_owned(), property.clone());
            if is_required {
                self.required.push(name.to_owned());
            }
        }
    }
}

/// What a form's encoding says of a property.
fn encoding<'m>(media: &'m Value, property: &str, key: &str) -> Option<&'m Value> {
    media.get("encoding")?.get(property)?.get(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::document::operations;

    #[test]
    fn nested_fields_have_the_names_of_the_wire() {
        let string = json!({"type": "string"});
        let nested = json!({"type": "object", "required": ["title"], "properties": {
            "title": string, "tags": {"type": "array"}, "by": {"properties": {"id": string}},
        }});
        let deep = json!({"a": {"style": "deepObject"}});
        for (properties, encoding, want, required) in [
            (json!({"a": string}), json!({}), None, json!([])),
            (
                json!({"a": nested}),
                deep,
                Some(json!({"a[title]": string, "a[by][id]": string})),
                json!(["a[title]"]),
            ),
            (
                json!({"a": nested}),
                json!({}),
                Some(json!({"title": string, "id": string})),
                json!(["title"]),
            ),
        ] {
            let document = json!({
                "paths": {"/pets": {"post": {}}},
                "components": {"schemas": {"Pet": {"required": ["a"], "properties": properties}}},
            });
            let place = operations(&document).remove(0);
            let operation = Operation {
                document: &document,
                place,
                id: "createPet".to_owned(),
            };
            let mut schemas = Schemas::of(&document);
            let mut notes = Notes::default();
            let media =
                json!({"schema": {"$ref": "#/components/schemas/Pet"}, "encoding": encoding});
            flatten(&operation, &media, "", &mut schemas, &mut notes);
            let flat = schemas.map.get("CreatePetForm");
            assert_eq!(flat.map(|flat| &flat["properties"]), want.as_ref());
            assert!(
                flat.is_none_or(|flat| flat["required"] == required),
                "{flat:?}"
            );
            assert_eq!(
                notes
                    .iter()
                    .any(|note| note.contains("does not send the form field")),
                want.is_some()
            );
        }
    }
}
