//! Parameters in path, query, header and cookies (OpenAPI 3.1.1, "Parameter Object").

mod content;
mod escape;
mod formatted;
#[cfg(test)]
mod matrix;
mod named;
mod reading;
mod text;

use serde_json::Value;

use super::{Captured, Decoded, formats, one_way, pairs::Pairs};
use crate::{
    contract::{Api, Described, Formats, In, Operation, Parameter},
    exchange::{Request, Rule, Tape, Violation},
};

use reading::Reading;

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
    if operation.parameters.is_empty() {
        return;
    }
    let sources = Sources {
        operation,
        captured,
        request,
        query: Pairs::of_query(request),
        cookies: Pairs::of_cookies(request),
        formats: formats::of_query(api, request, violations),
    };
    for parameter in &operation.parameters {
        let (rule, message) = match sources.read(parameter) {
            Ok(Some(value)) => {
                let value = kept(api, parameter, value, violations);
                let cell = decoded.values.push(&value);
                decoded.parameters.push((parameter, cell));
                continue;
            }
            Ok(None) if !parameter.required || sources.is_empty_on_purpose(parameter) => continue,
            Ok(None) => (Rule::Required, "required, but missing".to_owned()),
            Err(_) if is_secret(api, parameter) => {
                (Rule::Syntax, "not written as it is described".to_owned())
            }
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

/// The value of a parameter without what is not the client's to send.
fn kept(api: &Api, parameter: &Parameter, value: Value, violations: &mut Vec<Violation>) -> Value {
    if !value.is_object() && !value.is_array() {
        return value;
    }
    let place = |pointer: String| parameter.violation_place_at(&pointer);
    let schema = parameter.schema.as_deref();
    let tape = Tape::from(&value);
    let kept = one_way::without(api, schema, tape.root(), &place, violations);
    kept.map_or(value, |kept| kept.root().exact_value())
}

/// Whether nothing of a parameter's value may be told.
fn is_secret(api: &Api, parameter: &Parameter) -> bool {
    let described = Described::by(parameter.schema.as_deref(), &parameter.name);
    api.secrets().has(parameter.place, &parameter.name) || described.is_secret()
}

/// Where the texts of parameters come from.
struct Sources<'r> {
    operation: &'r Operation,
    captured: &'r Captured<'r>,
    request: &'r Request,
    query: Pairs<'r>,
    cookies: Pairs<'r>,
    /// How lists and objects of the query are written.
    formats: Formats,
}

impl Sources<'_> {
    fn read(&self, parameter: &Parameter) -> Result<Option<Value>, Fault> {
        let reading = Reading::of(parameter);
        match parameter.place {
            In::Path => self
                .in_path(&parameter.name)
                .map(|text| reading.text(text))
                .transpose(),
            In::Header => self.header(&reading),
            In::Cookie => reading.cookie(&self.cookies),
            In::Query if self.is_empty_on_purpose(parameter) => {
                let empty = Value::from("");
                Ok(reading.allows(&empty).then_some(empty))
            }
            In::Query => {
                let is_other = |name: &str| self.is_of_another(parameter, name);
                match reading.formats(self.formats) {
                    Some(formats) => reading.formatted(&self.query, formats, &is_other),
                    None => reading.named(&self.query, &is_other),
                }
            }
            In::Querystring => match self.request.query() {
                None | Some("") => Ok(None),
                Some(query) => reading.content(query).map(Some),
            },
        }
    }

    fn in_path(&self, name: &str) -> Option<&str> {
        let mut captured = self.captured.iter();
        captured
            .find(|(other, _)| *other == name)
            .map(|(_, text)| *text)
    }

    /// The value of a header field. Fields of one name are one list (RFC 9110 section 5.3).
    fn header(&self, reading: &Reading<'_>) -> Result<Option<Value>, Fault> {
        let mut texts = Vec::new();
        for field in self.request.headers.get_all(&*reading.parameter.name) {
            let text = std::str::from_utf8(field.as_bytes());
            texts.push(text.map_err(|_| "the value is not UTF-8".to_owned())?);
        }
        match &texts[..] {
            [] => Ok(None),
            [one] => reading.text(one).map(Some),
            many if reading.is_list() => reading.text(&many.join(",")).map(Some),
            many => reading.several(many).map(Some),
        }
    }

    /// A query parameter that may be given empty, and is (OpenAPI 3.1.1, `allowEmptyValue`).
    fn is_empty_on_purpose(&self, parameter: &Parameter) -> bool {
        let mut texts = self.query.named(&parameter.name).peekable();
        parameter.allow_empty && texts.peek().is_some() && texts.all(str::is_empty)
    }

    /// Whether a name in the query belongs to another parameter, or to a credential.
    fn is_of_another(&self, parameter: &Parameter, name: &str) -> bool {
        let is_other = |other: &&Parameter| !std::ptr::eq(*other, parameter);
        let mut others = self.operation.parameters.iter().filter(is_other);
        others.any(|other| other.claims(name)) || self.operation.has_query_credential(name)
    }
}
