//! Path items: which operations they have (OpenAPI 3.2.0, "Path Item Object").

use http::Method;

use super::reader::Reader;
use crate::description::{FindingCode, join};

/// The methods that a path item has fields for (OpenAPI 3.2.0, "Path Item Object").
const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

/// The operations of a path item: those of its fields, and those of other methods.
pub(super) fn methods_of(reader: &mut Reader<'_>, item: &str) -> Vec<(Method, String)> {
    let fixed = METHODS.map(|(field, method)| (method.to_owned(), join(item, field)));
    let more = join(item, "additionalOperations");
    let named = reader.keys(&more).into_iter();
    let named = named.map(|method| (method.clone(), join(&more, &method)));
    let all: Vec<(String, String)> = fixed.into_iter().chain(named).collect();
    let mut methods = Vec::new();
    for (name, pointer) in all {
        if reader.description.at(&pointer).is_none() {
            continue;
        }
        let method = Method::from_bytes(name.as_bytes()).map_err(|_| {
            let message = format!("`{name}` cannot be a method");
            reader.fault(FindingCode::Shape, &pointer, message)
        });
        methods.extend(reader.keep(method).map(|method| (method, pointer)));
    }
    methods
}

/// The pointer to the path item of an operation's pointer.
pub(super) fn path_item(operation: &str) -> &str {
    let (item, _) = operation.rsplit_once('/').unwrap_or_default();
    item.strip_suffix("/additionalOperations").unwrap_or(item)
}
