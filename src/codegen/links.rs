//! Which named schema belongs to which body, read before anything is lowered away.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    document::{object, operations, resolved, schema_name},
    media::{is_form, is_json, preferred},
};
use crate::description::join;

/// A media type object and the named schema that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// The media type object's pointer in the description.
    pub pointer: String,
    /// The schema's name among the components.
    pub schema: String,
}

/// An operation whose request type says which operation it is, and what it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedOperation {
    /// The method in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The named schema of the request.
    pub request: String,
    /// The lowest documented success with a JSON body.
    pub status: u16,
    /// The named schema of that body.
    pub reply: String,
}

/// The links of all bodies, those under `components` last.
pub(super) fn collect(document: &Value) -> Vec<Link> {
    let mut links = Vec::new();
    let mut responses = Vec::new();
    let mut requests = Vec::new();
    for place in operations(document) {
        requests.push(join(&place.pointer, "requestBody"));
        responses.push(join(&place.pointer, "responses"));
    }
    let shared = "/components/requestBodies";
    requests.extend(children(document, shared));
    responses.push("/components/responses".to_owned());
    for request in requests {
        links.extend(request_links(document, &request));
    }
    for response in responses
        .iter()
        .flat_map(|pointer| children(document, pointer))
    {
        links.extend(
            media_links(document, &response)
                .filter(|(name, _)| is_json(name))
                .map(|(_, link)| link),
        );
    }
    links
}

/// The operations whose preferred request schema no other operation asks for.
pub(super) fn typed_operations(document: &Value) -> Vec<TypedOperation> {
    let mut typed = Vec::new();
    let mut asked: HashMap<String, usize> = HashMap::new();
    for place in operations(document) {
        let request = preferred_schema(document, &join(&place.pointer, "requestBody"), |_| true);
        let Some(request) = request else {
            continue;
        };
        *asked.entry(request.clone()).or_default() += 1;
        if let Some((status, reply)) = lowest_success(document, &join(&place.pointer, "responses"))
        {
            typed.push(TypedOperation {
                method: place.method.to_uppercase(),
                path: place.path,
                request,
                status,
                reply,
            });
        }
    }
    typed.retain(|operation| asked.get(&operation.request) == Some(&1));
    typed
}

/// A form belongs to its type only where that is the type of the request as a whole.
fn request_links(document: &Value, request: &str) -> Vec<Link> {
    let kept = preferred_schema(document, request, |_| true);
    media_links(document, request)
        .filter(|(name, link)| {
            is_json(name) || is_form(name) && Some(&link.schema) == kept.as_ref()
        })
        .map(|(_, link)| link)
        .collect()
}

fn media_links(document: &Value, body: &str) -> impl Iterator<Item = (String, Link)> {
    let content = join(body, "content");
    object(document.pointer(&content)).filter_map(move |(name, media)| {
        let link = Link {
            pointer: join(&content, name),
            schema: schema_name(media.get("schema")?)?,
        };
        Some((name.clone(), link))
    })
}

fn lowest_success(document: &Value, responses: &str) -> Option<(u16, String)> {
    object(document.pointer(responses))
        .filter_map(|(status, _)| {
            let code = status
                .parse()
                .ok()
                .filter(|code| (200..300).contains(code))?;
            Some((
                code,
                preferred_schema(document, &join(responses, status), is_json)?,
            ))
        })
        .min()
}

/// The named schema of the media type that is preferred among those allowed, through references.
fn preferred_schema(document: &Value, body: &str, allowed: fn(&str) -> bool) -> Option<String> {
    let (_, body) = resolved(document, body)?;
    let content: Map<_, _> = object(body.get("content"))
        .filter(|(name, _)| allowed(name))
        .map(|(name, media)| (name.clone(), media.clone()))
        .collect();
    schema_name(preferred(&content)?.1.get("schema")?)
}

fn children(document: &Value, pointer: &str) -> Vec<String> {
    object(document.pointer(pointer))
        .map(|(name, _)| join(pointer, name))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body(media_type: &str, schema: &str) -> Value {
        json!({"content": {media_type: {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}})
    }

    #[test]
    fn bodies_are_linked_to_their_schemas() {
        let document = json!({
            "paths": {"/pets": {"post": {
                "requestBody": {"content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/New"}},
                    "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/New"}},
                    "multipart/form-data": {"schema": {"$ref": "#/components/schemas/Upload"}},
                }},
                "responses": {"201": body("application/json", "Pet"), "4XX": {"$ref": "#/components/responses/E"}},
            }}},
            "components": {"responses": {"E": body("application/problem+json", "Error")}},
        });
        let links: Vec<_> = collect(&document)
            .into_iter()
            .map(|link| (link.pointer, link.schema))
            .collect();
        let want = [
            (
                "/paths/~1pets/post/requestBody/content/application~1json",
                "New",
            ),
            (
                "/paths/~1pets/post/requestBody/content/application~1x-www-form-urlencoded",
                "New",
            ),
            (
                "/paths/~1pets/post/responses/201/content/application~1json",
                "Pet",
            ),
            (
                "/components/responses/E/content/application~1problem+json",
                "Error",
            ),
        ];
        assert_eq!(
            links,
            want.map(|(pointer, schema)| (pointer.to_owned(), schema.to_owned()))
        );
    }

    #[test]
    fn a_request_type_belongs_to_one_operation() {
        let success = json!({"202": body("application/json", "Late"), "201": body("application/json", "Pet"), "200": {}});
        let document = json!({"paths": {
            "/a": {"post": {"requestBody": body("application/json", "Shared"), "responses": success}},
            "/b": {
                "post": {"requestBody": body("application/json", "Shared"), "responses": {}},
                "put": {"requestBody": body("application/x-www-form-urlencoded", "Own"), "responses": success},
            },
        }});
        let want = TypedOperation {
            method: "PUT".to_owned(),
            path: "/b".to_owned(),
            request: "Own".to_owned(),
            status: 201,
            reply: "Pet".to_owned(),
        };
        assert_eq!(typed_operations(&document), [want]);
    }
}
