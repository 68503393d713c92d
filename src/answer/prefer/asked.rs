//! Preferences as they stand in a request.

use std::borrow::Cow;

use http::HeaderName;

use crate::{
    contract::{In, Operation},
    exchange::{Place, Request, form_decoded, pairs, split_unquoted, unquote},
};

/// The preferences that may stand in the query, with what makes their names there.
const NAMES: [&str; 4] = ["code", "example", "dynamic", "seed"];
const PREFIX: &str = "__";

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// One preference.
pub(super) struct Asked {
    pub(super) place: Place,
    /// Its name, in lower case.
    pub(super) name: String,
    pub(super) value: String,
}

/// Every preference in order: those of the `Prefer` fields, then those of the query.
pub(super) fn all(operation: &Operation, request: &Request) -> Vec<Asked> {
    let mut all = Vec::new();
    for field in request.headers.get_all(PREFER) {
        let text = String::from_utf8_lossy(field.as_bytes());
        all.extend(split_unquoted(&text, ',').map(in_field));
    }
    for (name, value) in pairs(may_have_any(request).unwrap_or("")) {
        let asked = named(operation, name).map(|known| Asked {
            place: Place::Query(name.into()),
            name: known.to_owned(),
            value: form_decoded(value).map_or_else(|| value.to_owned(), Cow::into_owned),
        });
        all.extend(asked);
    }
    all
}

/// The request without the preferences in its query, which are no parameters of the API's.
pub(in crate::answer) fn without<'r>(
    operation: &Operation,
    request: &'r Request,
) -> Cow<'r, Request> {
    let Some(query) = may_have_any(request) else {
        return Cow::Borrowed(request);
    };
    let is_other = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or(pair);
        named(operation, name).is_none()
    };
    let kept: Vec<&str> = query.split('&').filter(is_other).collect();
    match kept.join("&") {
        all if all == query => Cow::Borrowed(request),
        rest => Cow::Owned(request.with_query(&rest)),
    }
}

/// The query, when there may be a preference in it.
fn may_have_any(request: &Request) -> Option<&str> {
    request.query().filter(|query| query.contains(PREFIX))
}

/// The preference that a name in the query means; `None` where the operation documents the name.
fn named(operation: &Operation, name: &str) -> Option<&'static str> {
    let known = name.strip_prefix(PREFIX)?;
    let known = NAMES.into_iter().find(|own| *own == known)?;
    let is_documented = operation
        .parameters
        .iter()
        .any(|parameter| parameter.place == In::Query && *parameter.name == *name);
    (!is_documented).then_some(known)
}

/// `name=value; parameters`, the value quoted or not.
fn in_field(preference: &str) -> Asked {
    let preference = split_unquoted(preference, ';').next().unwrap_or("");
    let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
    Asked {
        place: Place::Header("Prefer".into()),
        name: name.trim().to_ascii_lowercase(),
        value: unquote(value.trim()),
    }
}

/// A value as it is written in a field: quoted where it is no token.
pub(crate) fn written(value: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    match !value.is_empty() && value.bytes().all(is_plain) {
        true => value.to_owned(),
        false => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Api, Description, Source};

    #[test]
    fn preferences_in_the_query_are_no_parameters() {
        let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {parameters: \
                    [{name: __seed, in: query, schema: {}}], responses: {'204': {description: Ok}}}}}\n";
        let description = Description::load(Source::new("t.yaml", text)).unwrap();
        let api = Api::compile(description).unwrap();
        for (target, want) in [
            ("/a", None),
            ("/a?x=1", Some("x=1")),
            ("/a?x=1&__code=404&y=", Some("x=1&y=")),
            ("/a?__dynamic", None),
            ("/a?__code=1&__example=a&__other=2", Some("__other=2")),
            ("/a?__seed=7&__dynamic=true", Some("__seed=7")),
            ("http://host/a?__code=404&x=%20", Some("x=%20")),
        ] {
            let request = http::Request::get(target).body("".into()).unwrap().into();
            let plain = without(&api.operations()[0], &request);
            assert_eq!(plain.query(), want, "{target}");
            assert_eq!(plain.path(), "/a", "{target}");
        }
    }

    #[test]
    fn preferences_are_taken_apart_outside_of_quotes() {
        for (field, name, value) in [
            ("code=404", "code", "404"),
            (" Code = 404 ; x=y", "code", "404"),
            ("example=\"a; b\"", "example", "a; b"),
            ("example=\"a \\\"b\\\"\"", "example", "a \"b\""),
            ("dynamic", "dynamic", ""),
        ] {
            let asked = in_field(field);
            assert_eq!((&*asked.name, &*asked.value), (name, value), "{field}");
        }
    }

    #[test]
    fn values_are_quoted_where_they_have_to_be() {
        for (value, want) in [("ok", "ok"), ("a b", "\"a b\""), ("a\"b", "\"a\\\"b\"")] {
            assert_eq!(written(value), want);
            assert_eq!(in_field(&format!("example={want}")).value, value);
        }
    }
}
