//! Parameters that the client can send: in path, query or header, in the plain style.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::operation::Operation;
use crate::{
    codegen::{document::resolved, names::method_name, notes::Notes, schemas::Schemas},
    description::join,
};

/// The parameters of an operation and of its path item, references written out.
pub(super) fn lower(operation: &Operation<'_>, schemas: &Schemas, notes: &mut Notes) -> Value {
    let template = template_names(&operation.place.path);
    let mut names = HashSet::from(["body".to_owned()]);
    let mut lowered = Vec::new();
    for parameter in &written(operation) {
        let name = text(parameter, "name");
        let place = text(parameter, "in");
        let verdict = if names.insert(method_name(name)) {
            judge(parameter, &template, schemas)
        } else {
            Verdict::Drop("has the name of another")
        };
        let note = |notes: &mut Notes, what: &str, then: &str| {
            notes.add(format!(
                "{}: the {place} parameter `{name}` {what}; {then}.",
                operation.shown()
            ));
        };
        let schema = match verdict {
            Verdict::Keep(schema) => schema,
            Verdict::AsText(reason) => {
                note(notes, reason, "the client sends it as text");
                json!({"type": "string"})
            }
            Verdict::Drop(reason) => {
                note(notes, reason, "the client does not send it");
                continue;
            }
        };
        let required = place == "path" || parameter.get("required") == Some(&Value::Bool(true));
        lowered.push(json!({"name": name, "in": place, "required": required, "schema": schema, "description": text(parameter, "description")}));
    }
    for name in template {
        if !lowered
            .iter()
            .any(|parameter| parameter["in"] == "path" && parameter["name"] == name)
        {
            notes.add(format!(
                "{}: `{{{name}}}` is not described; the client sends it as text.",
                operation.shown()
            ));
            lowered.push(
                json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}),
            );
        }
    }
    Value::Array(lowered)
}

/// What becomes of a parameter.
enum Verdict {
    Keep(Value),
    AsText(&'static str),
    Drop(&'static str),
}

fn judge(parameter: &Value, template: &[String], schemas: &Schemas) -> Verdict {
    let schema = parameter.get("schema");
    let kind = schema
        .map(|schema| schemas.resolve(schema))
        .and_then(|schema| schema.get("type"));
    let is_compound = kind.is_some_and(|kind| kind == "array" || kind == "object");
    let style = parameter.get("style").and_then(Value::as_str);
    let in_template = template.iter().any(|name| name == text(parameter, "name"));
    match (text(parameter, "in"), style) {
        ("path", _) if !in_template => Verdict::Drop("is not in the path"),
        ("path", Some(style)) if style != "simple" => {
            Verdict::AsText("is written in a style of its own")
        }
        ("path", _) if is_compound => Verdict::AsText("has several values"),
        ("path", _) if schema.is_none() => Verdict::AsText("has no schema"),
        ("header", _) if is_compound => Verdict::Drop("has several values"),
        ("query", Some(style)) if style != "form" => {
            Verdict::Drop("is written in a style of its own")
        }
        ("query", _) if is_compound && parameter.get("explode") == Some(&Value::Bool(false)) => {
            Verdict::Drop("joins its values")
        }
        ("query" | "header", _) if parameter.get("content").is_some() => {
            Verdict::Drop("has a media type")
        }
        ("path" | "query" | "header", _) => match schema {
            Some(schema) => Verdict::Keep(schema.clone()),
            None => Verdict::AsText("has no schema"),
        },
        ("cookie", _) => Verdict::Drop("is a cookie"),
        _ => Verdict::Drop("is in no known place"),
    }
}

/// The operation's own parameters, then those of the path item that it does not override.
fn written(operation: &Operation<'_>) -> Vec<Value> {
    let item = operation
        .place
        .pointer
        .rsplit_once('/')
        .map_or("", |(item, _)| item);
    let mut parameters: Vec<Value> = Vec::new();
    for list in [&operation.place.pointer, item] {
        let list = join(list, "parameters");
        let count = operation
            .document
            .pointer(&list)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        for at in 0..count {
            let Some((_, parameter)) = resolved(operation.document, &join(&list, &at.to_string()))
            else {
                continue;
            };
            let same = |other: &Value| {
                other.get("name") == parameter.get("name") && other.get("in") == parameter.get("in")
            };
            if !parameters.iter().any(same) {
                parameters.push(parameter.clone());
            }
        }
    }
    parameters
}

fn template_names(path: &str) -> Vec<String> {
    let rest = path.split('{').skip(1);
    rest.filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn text<'p>(parameter: &'p Value, key: &str) -> &'p str {
    parameter
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::document::operations;

    fn lowered(parameters: Value) -> (Vec<String>, String) {
        let document = json!({"paths": {"/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
            "get": {"parameters": parameters},
        }}, "components": {"parameters": {"Page": {"name": "page", "in": "query", "schema": {"type": "integer"}}}}});
        let place = operations(&document).remove(0);
        let operation = Operation {
            document: &document,
            place,
            id: "get".to_owned(),
        };
        let mut notes = Notes::default();
        let lowered = lower(&operation, &Schemas::of(&document), &mut notes);
        let shown = |p: &Value| {
            format!(
                "{} {} {}",
                text(p, "in"),
                text(p, "name"),
                p["schema"]["type"]
            )
        };
        let kept = lowered.as_array().unwrap().iter().map(shown).collect();
        (kept, notes.iter().collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn parameters_that_the_client_cannot_send_are_left_out() {
        let string = json!({"type": "string"});
        for (parameter, kept, note) in [
            (
                json!({"$ref": "#/components/parameters/Page"}),
                Some("query page \"integer\""),
                "",
            ),
            (
                json!({"name": "X-Key", "in": "header", "schema": string}),
                Some("header X-Key \"string\""),
                "",
            ),
            (
                json!({"name": "sid", "in": "cookie", "schema": string}),
                None,
                "`GET /pets/{id}`: the cookie parameter `sid` is a cookie; the client does not send it.",
            ),
            (
                json!({"name": "f", "in": "query", "style": "deepObject", "schema": {"type": "object"}}),
                None,
                "style of its own",
            ),
            (
                json!({"name": "f", "in": "query", "content": {"application/json": {}}}),
                None,
                "has a media type",
            ),
            (
                json!({"name": "f", "in": "query", "explode": false, "schema": {"type": "array"}}),
                None,
                "joins its values",
            ),
            (
                json!({"name": "h", "in": "header", "schema": {"type": "array"}}),
                None,
                "has several values",
            ),
            (
                json!({"name": "other", "in": "path", "schema": string}),
                None,
                "is not in the path",
            ),
            (
                json!({"name": "body", "in": "query", "schema": string}),
                None,
                "has the name of another",
            ),
            (
                json!({"name": "q", "in": "query"}),
                Some("query q \"string\""),
                "has no schema",
            ),
        ] {
            let (names, notes) = lowered(json!([parameter]));
            let want: Vec<_> = kept.into_iter().chain(["path id \"string\""]).collect();
            assert_eq!(names, want, "{parameter}");
            assert!(
                notes.contains(note) && notes.is_empty() == note.is_empty(),
                "{parameter}: {notes}"
            );
        }
    }

    #[test]
    fn path_parameters_are_always_sent() {
        let labelled =
            json!([{"name": "id", "in": "path", "style": "label", "schema": {"type": "integer"}}]);
        let (names, notes) = lowered(labelled);
        assert_eq!(names, ["path id \"string\""]);
        assert!(notes.contains("the client sends it as text"));
    }
}
