//! How the client writes lists and objects: as the API's settings say, or header fields of one request.

use std::str::FromStr;

use http::HeaderName;

use crate::{
    contract::{Api, Formats, UnknownFormat},
    exchange::{Place, Request, Rule, Violation, has_own_field},
};

/// The header fields for one kind of content.
struct Names {
    array: HeaderName,
    object: HeaderName,
}

const QUERY: Names = Names {
    array: HeaderName::from_static("mynah-query-array-format"),
    object: HeaderName::from_static("mynah-query-object-format"),
};

const FORM: Names = Names {
    array: HeaderName::from_static("mynah-form-array-format"),
    object: HeaderName::from_static("mynah-form-object-format"),
};

/// The formats of the query.
pub(super) fn of_query(api: &Api, request: &Request, violations: &mut Vec<Violation>) -> Formats {
    read(&QUERY, api.settings().query, request, violations)
}

/// The formats of forms.
pub(super) fn of_form(api: &Api, request: &Request, violations: &mut Vec<Violation>) -> Formats {
    read(&FORM, api.settings().form, request, violations)
}

fn read(
    names: &Names,
    settings: Formats,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Formats {
    if !has_own_field(&request.headers) {
        return settings;
    }
    Formats {
        array: field(&names.array, request, violations).or(settings.array),
        object: field(&names.object, request, violations).or(settings.object),
    }
}

/// The format that a header field names. One that is none is reported, and not passed over.
fn field<T: FromStr<Err = UnknownFormat>>(
    name: &HeaderName,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Option<T> {
    let value = request.headers.get(name)?;
    let read = String::from_utf8_lossy(value.as_bytes()).trim().parse();
    read.map_err(|unknown: UnknownFormat| {
        violations.push(Violation {
            place: Place::Header(name.as_str().into()),
            rule: Rule::PreferUnknown,
            message: unknown.to_string(),
            stated: None,
        });
    })
    .ok()
}
