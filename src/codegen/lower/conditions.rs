//! Conditions between fields: the validator's matter, since a type has its fields or has them not.

use serde_json::{Map, Value};

use crate::codegen::notes::Notes;

/// Removes `anyOf` and `oneOf` whose branches only say which of the object's own fields are needed, and `not` beside a type.
pub(super) fn lower(name: &str, schema: &mut Value, notes: &mut Notes) {
    let Value::Object(object) = schema else {
        return;
    };
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = object.get(keyword) else {
            continue;
        };
        if object.contains_key("properties")
            && branches.iter().all(|branch| is_condition(branch, object))
        {
            object.remove(keyword);
            notes.add(format!("`{name}`: which of its fields are needed together (`{keyword}`) is no part of the type."));
        }
    }
    let has_type = ["type", "properties", "allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| object.contains_key(*keyword));
    if has_type && object.remove("not").is_some() {
        notes.add(format!(
            "`{name}`: what it must not be (`not`) is no part of the type."
        ));
    }
}

/// Whether a branch says no more than which fields of `outer` are there, and with which values.
fn is_condition(branch: &Value, outer: &Map<String, Value>) -> bool {
    let Some(branch) = branch.as_object() else {
        return false;
    };
    branch
        .iter()
        .all(|(keyword, value)| match keyword.as_str() {
            "required" => true,
            "type" => Some(value) == outer.get("type"),
            "title" | "description" => true,
            "properties" => {
                let known = outer.get("properties").and_then(Value::as_object);
                let mut names = value.as_object().into_iter().flat_map(Map::keys);
                names.all(|name| known.is_some_and(|known| known.contains_key(name)))
            }
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn branches_that_only_ask_for_fields_go() {
        let fields = json!({"id": {}, "isBot": {"type": "boolean"}});
        for (branches, goes) in [
            (json!([{"required": ["id"]}, {"required": ["isBot"]}]), true),
            (
                json!([{"required": ["id"]}, {"required": ["isBot"], "properties": {"isBot": {"enum": [true]}}}]),
                true,
            ),
            (
                json!([{"required": ["id"]}, {"required": ["x"], "properties": {"x": {"type": "string"}}}]),
                false,
            ),
            (
                json!([{"required": ["id"]}, {"$ref": "#/components/schemas/B"}]),
                false,
            ),
        ] {
            for keyword in ["anyOf", "oneOf"] {
                let mut schema = json!({"type": "object", "properties": fields, keyword: branches});
                let mut notes = Notes::default();
                lower("User", &mut schema, &mut notes);
                assert_eq!(schema.get(keyword).is_none(), goes, "{branches}");
                assert_eq!(notes.iter().count(), usize::from(goes));
            }
        }
    }

    #[test]
    fn not_goes_beside_a_type() {
        for (written, want) in [
            (
                json!({"type": "object", "not": {"required": ["a", "b"]}}),
                json!({"type": "object"}),
            ),
            (json!({"not": {}}), json!({"not": {}})),
        ] {
            let mut lowered = written;
            lower("A", &mut lowered, &mut Notes::default());
            assert_eq!(lowered, want);
        }
    }
}
