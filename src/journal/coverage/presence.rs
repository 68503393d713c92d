//! Which of the documented parts of a request were sent.

use std::borrow::Cow;

use http::header::CONTENT_TYPE;

use crate::{
    contract::{Content, In, Operation, Parameter},
    exchange::{Request, cookies, form_decoded, pairs},
};

/// Whether each parameter of an operation was sent, in their order.
pub(super) fn parameters(operation: &Operation, request: &Request) -> Vec<bool> {
    if operation.parameters.is_empty() {
        return Vec::new();
    }
    let names = pairs(request.query().unwrap_or(""))
        .map(|(name, _)| form_decoded(name).unwrap_or(Cow::Borrowed(name)));
    let names: Vec<Cow<'_, str>> = names.collect();
    let is_sent = |parameter: &Parameter| match parameter.place {
        In::Path => true,
        In::Header => request.headers.contains_key(&*parameter.name),
        In::Cookie => cookies(&request.headers).any(|(name, _)| *name == *parameter.name),
        In::Querystring => !names.is_empty(),
        In::Query => names.iter().any(|name| is_name(parameter, name)),
    };
    operation.parameters.iter().map(is_sent).collect()
}

/// Whether a name in the query is a parameter's: as documented, or as one of the formats that clients
/// choose themselves writes it (`tags[]`, `filter.name`).
fn is_name(parameter: &Parameter, name: &str) -> bool {
    let root = name.split(['[', '.']).next().unwrap_or(name);
    parameter.claims(name) || (root != name && *root == *parameter.name)
}

/// Which of the documented media types the body was sent as.
pub(super) fn body(operation: &Operation, request: &Request) -> Option<usize> {
    let described = operation.body.as_ref()?;
    if request.body.is_empty() {
        return None;
    }
    let (content, _) = Content::named(&described.content, request.header(CONTENT_TYPE)?)?;
    let mut contents = described.content.iter();
    contents.position(|other| std::ptr::eq(other, content))
}
