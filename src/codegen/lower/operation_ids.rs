//! Every operation has an id of its own: methods and types are named for it.

use std::collections::HashSet;

use heck::ToLowerCamelCase;
use serde_json::Value;

use crate::codegen::{document::operations, names::method_name, notes::Notes};

/// Gives an id to each operation that has none, or another's.
pub(super) fn complete(document: &mut Value, notes: &mut Notes) {
    let mut taken = HashSet::new();
    for place in operations(document) {
        let Some(operation) = document.pointer_mut(&place.pointer) else {
            continue;
        };
        let written = operation
            .get("operationId")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !written.is_empty() && taken.insert(method_name(written)) {
            continue;
        }
        let shown = format!("{} {}", place.method.to_uppercase(), place.path);
        let id = free(&shown.to_lower_camel_case(), &mut taken);
        let reason = if written.is_empty() {
            "has no operationId".to_owned()
        } else {
            format!("has the operationId `{written}` of another")
        };
        notes.add(format!("`{shown}` {reason}; it is called `{id}` here."));
        operation["operationId"] = Value::from(id);
    }
}

fn free(wanted: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|id| taken.insert(method_name(id)))
        .unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_without_an_id_are_named_for_method_and_path() {
        let mut document = json!({"paths": {"/pets/{petId}": {
            "get": {"operationId": "showPet"},
            "put": {},
            "delete": {"operationId": "show_pet"},
        }}});
        let mut notes = Notes::default();
        complete(&mut document, &mut notes);
        let id = |method| {
            document
                .pointer(&format!("/paths/~1pets~1{{petId}}/{method}/operationId"))
                .unwrap()
        };
        assert_eq!(
            [id("get"), id("put"), id("delete")],
            ["showPet", "putPetsPetId", "deletePetsPetId"]
        );
        assert_eq!(
            notes.iter().collect::<Vec<_>>(),
            [
                "`PUT /pets/{petId}` has no operationId; it is called `putPetsPetId` here.",
                "`DELETE /pets/{petId}` has the operationId `show_pet` of another; it is called `deletePetsPetId` here.",
            ]
        );
    }
}
