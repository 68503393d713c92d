//! Operations, with all that they refer to written out: only schemas stay shared.

use serde_json::{Map, Value};

use super::{operation::Operation, parameters, request_body, responses};
use crate::codegen::{
    document::{object, operations},
    notes::Notes,
    schemas::Schemas,
};

/// The lowered `paths`: of each operation what the generator reads.
pub(super) fn lower(document: &Value, schemas: &mut Schemas, notes: &mut Notes) -> Value {
    note_path_references(document, notes);
    let mut paths = Map::new();
    for place in operations(document) {
        let written = document.pointer(&place.pointer);
        let text = |key: &str| {
            written
                .and_then(|operation| operation.get(key))
                .filter(|value| value.is_string())
        };
        let mut lowered = Map::new();
        for key in ["operationId", "summary", "description"] {
            lowered.extend(text(key).map(|value| (key.to_owned(), value.clone())));
        }
        let operation = Operation {
            document,
            id: text("operationId")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            place,
        };
        lowered.insert(
            "parameters".to_owned(),
            parameters::lower(&operation, schemas, notes),
        );
        let body = request_body::lower(&operation, schemas, notes);
        lowered.extend(body.map(|body| ("requestBody".to_owned(), body)));
        lowered.insert(
            "responses".to_owned(),
            responses::lower(&operation, schemas, notes),
        );
        let item = paths
            .entry(operation.place.path)
            .or_insert_with(|| Value::Object(Map::new()));
        item[operation.place.method] = Value::Object(lowered);
    }
    Value::Object(paths)
}

/// Visits the schema of each parameter, under the name of its operation.
pub(super) fn visit_parameters(paths: &mut Value, visitor: &mut dyn FnMut(&str, &mut Value)) {
    let items = paths.as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in items
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
    {
        let id = operation
            .get("operationId")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            if let Some(schema) = parameter.get_mut("schema") {
                visitor(&id, schema);
            }
        }
    }
}

/// A path item that is a reference repeats operations which are generated where they stand.
fn note_path_references(document: &Value, notes: &mut Notes) {
    for (path, item) in object(document.get("paths")) {
        if item.get("$ref").is_some() {
            notes.add(format!(
                "`{path}` is a reference; the client has no methods for it."
            ));
        }
    }
}
