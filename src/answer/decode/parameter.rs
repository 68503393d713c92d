//! Parameters in path, query, header and cookies (OpenAPI 3.1.1, "Parameter Object").

mod escape;
mod query;
mod text;

use serde_json::Value;

use super::{Captured, Decoded, pairs};
use crate::{
    contract::{Api, In, Operation, Parameter, Shape},
    exchange::{Request, Rule, Violation},
};

use escape::{as_it_stands, percent_decoded};
use query::{from_pairs, query};
use text::from_text;

/// Why a parameter cannot be read, in words.
type Fault = String;

/// Reads every described parameter that is there, and reports those that are missing or unreadable.
pub(super) fn read_all<'a>(
    api: &Api,
    operation: &'a Operation,
    captured: &Captured<'_>,
    request: &Request,
    decoded: &mut Decoded<'a>,
    violations: &mut Vec<Violation>,
) {
    for parameter in &operation.parameters {
        let (rule, message) = match read(parameter, captured, request) {
            Ok(Some(value)) => {
                let cell = decoded.values.push(&value);
                decoded.parameters.push((parameter, cell));
                continue;
            }
            Ok(None) if parameter.required => (Rule::Required, "required, but missing".to_owned()),
            Ok(None) => continue,
            Err(fault) => (Rule::Syntax, fault),
        };
        violations.push(Violation {
            place: parameter.violation_place(),
            rule,
            message,
            stated: Some(api.locate(&parameter.pointer)),
        });
    }
}

fn read(
    parameter: &Parameter,
    captured: &Captured<'_>,
    request: &Request,
) -> Result<Option<Value>, Fault> {
    let shape = parameter.shape();
    let name = &*parameter.name;
    match parameter.place {
        In::Path => {
            let text = captured
                .iter()
                .find(|(other, _)| *other == name)
                .map(|(_, text)| *text);
            text.map(|text| from_text(parameter, shape, text, percent_decoded))
                .transpose()
        }
        In::Header => header(parameter, shape, request),
        In::Cookie => {
            let values: Vec<&str> = pairs::cookies(request)
                .filter(|(other, _)| *other == name)
                .map(|(_, value)| value)
                .collect();
            from_pairs(parameter, shape, &values, percent_decoded)
        }
        In::Query => query(parameter, shape, request.query().unwrap_or("")),
    }
}

fn header(parameter: &Parameter, shape: &Shape, request: &Request) -> Result<Option<Value>, Fault> {
    let mut values = Vec::new();
    for value in request.headers.get_all(&*parameter.name) {
        let text = std::str::from_utf8(value.as_bytes());
        values.push(text.map_err(|_| "the value is not UTF-8".to_owned())?);
    }
    if values.is_empty() {
        return Ok(None);
    }
    // Fields of one name are one list (RFC 9110 section 5.3).
    let joined = values.join(",");
    from_text(parameter, shape, &joined, as_it_stands).map(Some)
}
