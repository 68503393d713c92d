//! Secrets in the request target and in other addresses.

use std::borrow::Cow;

use super::{REDACTED, Redaction};
use crate::{
    contract::{In, Match, is_secret_name},
    exchange::{Request, form_decoded},
};

/// The request target, with the values of secret parameters taken out.
pub(super) fn redacted(redaction: &Redaction<'_>, request: &Request) -> String {
    let target = request.target();
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (&*target, None),
    };
    let mut text = without_user(&path_of(redaction, request, path)).into_owned();
    if let Some(query) = query {
        text.push('?');
        text.push_str(&pairs(redaction, query));
    }
    text
}

/// An address in a header field.
pub(super) fn redacted_address<'a>(redaction: &Redaction<'_>, address: &'a str) -> Cow<'a, str> {
    let Some((before, rest)) = address.split_once(['?', '#']) else {
        return without_user(address);
    };
    let mark = &address[before.len()..=before.len()];
    // A fragment may have pairs too, as OAuth 2.0's implicit grant has.
    let parts = rest.split('#').map(|part| pairs(redaction, part));
    let parts: Vec<String> = parts.collect();
    Cow::Owned(format!("{}{mark}{}", without_user(before), parts.join("#")))
}

/// The path, in which only a request for an operation has secrets that can be told.
fn path_of<'p>(redaction: &Redaction<'_>, request: &Request, path: &'p str) -> Cow<'p, str> {
    let secret = |name: &str| {
        let mut parameters = redaction.operation.iter().flat_map(|it| &it.parameters);
        let parameter = parameters.find(|it| it.place == In::Path && *it.name == *name);
        parameter.map_or_else(
            || is_secret_name(name),
            |it| super::is_secret_parameter(it, name),
        )
    };
    let method = redaction.operation.map(|it| it.method());
    let found = redaction.apis.first().zip(method).map(|(api, method)| {
        let routes = api.routes();
        routes.find(method, request.path(), request.query())
    });
    let captured = match found {
        Some(Match::Operation(_, captured) | Match::Several((_, captured), _)) => captured,
        _ => return Cow::Borrowed(path),
    };
    let secrets = captured.iter().filter(|(name, _)| secret(name));
    let values: Vec<&str> = secrets.map(|(_, value)| *value).collect();
    let values = values.iter().filter(|value| !value.is_empty());
    values.fold(Cow::Borrowed(path), |path, value| {
        let parts = path.split('/').map(|part| part.replace(value, REDACTED));
        Cow::Owned(parts.collect::<Vec<_>>().join("/"))
    })
}

/// The pairs of a query or form, with the values of secrets taken out.
fn pairs(redaction: &Redaction<'_>, query: &str) -> String {
    let is_secret = |name: &str| redaction.is_secret(In::Query, name);
    redacted_pairs(query, is_secret)
}

/// Pairs with the values taken out whose names are those of secrets.
pub(super) fn redacted_pairs(text: &str, is_secret: impl Fn(&str) -> bool) -> String {
    let redacted = |pair: &str| match pair.split_once('=') {
        // A name that is no text is told as it stands, its value is not.
        Some((name, _)) if form_decoded(name).is_none_or(|it| is_secret(&it)) => {
            format!("{name}={REDACTED}")
        }
        _ => pair.to_owned(),
    };
    let pairs: Vec<String> = text.split('&').map(redacted).collect();
    pairs.join("&")
}

/// An address without a user and a password before its host (RFC 3986 section 3.2.1).
fn without_user(address: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = address.split_once("://") else {
        return Cow::Borrowed(address);
    };
    let (authority, path) = match rest.find('/') {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    match authority.rsplit_once('@') {
        Some((_, host)) => Cow::Owned(format!("{scheme}://{REDACTED}@{host}{path}")),
        None => Cow::Borrowed(address),
    }
}
