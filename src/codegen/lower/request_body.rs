//! Request bodies: of several media types the client sends one, JSON if it can.

use serde_json::{Map, Value, json};

use super::{form, operation::Operation};
use crate::{
    codegen::{
        document::resolved,
        media::{Kind, kind, preferred},
        notes::Notes,
        schemas::Schemas,
    },
    description::join,
};

/// The body that the client sends, if it can send one.
pub(super) fn lower(
    operation: &Operation<'_>,
    schemas: &mut Schemas,
    notes: &mut Notes,
) -> Option<Value> {
    let (pointer, body) = resolved(
        operation.document,
        &join(&operation.place.pointer, "requestBody"),
    )?;
    let content = body.get("content").and_then(Value::as_object)?;
    let Some((name, media)) = preferred(content) else {
        if !content.is_empty() {
            notes.add(format!(
                "{}: the client sends no body, since it knows no {}.",
                operation.shown(),
                list(content, "")
            ));
        }
        return None;
    };
    if content.len() > 1 {
        notes.add(format!(
            "{}: the client sends {name} only, not {}.",
            operation.shown(),
            list(content, name)
        ));
    }
    if body.get("required") != Some(&Value::Bool(true)) {
        notes.add(format!(
            "{}: the body may be left out; the client always sends one.",
            operation.shown()
        ));
    }
    let origin = join(&join(&pointer, "content"), name);
    let (sent_as, schema) = match kind(name) {
        Kind::Form => (
            "application/x-www-form-urlencoded",
            form::flatten(operation, media, &origin, schemas, notes),
        ),
        Kind::Bytes => (
            "application/octet-stream",
            json!({"type": "string", "format": "binary"}),
        ),
        Kind::Text => (
            name.split(';').next().unwrap_or(name),
            json!({"type": "string"}),
        ),
        Kind::Json => ("application/json", json_schema(media)),
        Kind::JsonByAnotherName | Kind::Other => {
            notes.add(format!(
                "{}: the client calls {name} application/json.",
                operation.shown()
            ));
            ("application/json", json_schema(media))
        }
    };
    Some(json!({"required": true, "content": {sent_as: {"schema": schema}}}))
}

/// A media type without a schema takes anything.
fn json_schema(media: &Value) -> Value {
    media.get("schema").cloned().unwrap_or_else(|| json!({}))
}

fn list(content: &Map<String, Value>, without: &str) -> String {
    let names = content
        .keys()
        .map(String::as_str)
        .filter(|name| *name != without);
    names.collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::document::operations;

    #[test]
    fn one_media_type_is_kept() {
        let schema = json!({"$ref": "#/components/schemas/Pet"});
        let media = json!({"schema": schema});
        for (content, want, note) in [
            (
                json!({"application/json": media}),
                json!({"application/json": media}),
                "",
            ),
            (
                json!({"text/plain": media, "multipart/form-data": media, "application/json": media}),
                json!({"application/json": media}),
                "`POST /pets`: the client sends application/json only, not text/plain or multipart/form-data.",
            ),
            (
                json!({"application/json": {}}),
                json!({"application/json": {"schema": {}}}),
                "",
            ),
            (
                json!({"application/json": {"schema": schema, "encoding": {"a": {}}, "example": 1}}),
                json!({"application/json": media}),
                "",
            ),
            (
                json!({"application/ld+json": media}),
                json!({"application/json": media}),
                "calls application/ld+json application/json",
            ),
            (
                json!({"multipart/form-data": media}),
                Value::Null,
                "sends no body, since it knows no multipart/form-data",
            ),
            (
                json!({"text/plain": {"schema": {"type": "string", "maxLength": 3}}}),
                json!({"text/plain": {"schema": {"type": "string"}}}),
                "",
            ),
        ] {
            let document = json!({
                "paths": {"/pets": {"post": {"requestBody": {"$ref": "#/components/requestBodies/Pet"}}}},
                "components": {"requestBodies": {"Pet": {"required": true, "content": content}}, "schemas": {"Pet": {}}},
            });
            let place = operations(&document).remove(0);
            let operation = Operation {
                document: &document,
                place,
                id: "createPet".to_owned(),
            };
            let mut notes = Notes::default();
            let body = lower(&operation, &mut Schemas::of(&document), &mut notes);
            assert_eq!(
                body.map_or(Value::Null, |body| body["content"].clone()),
                want,
                "{content}"
            );
            let notes = notes.iter().collect::<Vec<_>>().join("\n");
            assert!(
                notes.contains(note) && notes.is_empty() == note.is_empty(),
                "{content}: {notes}"
            );
        }
    }
}
