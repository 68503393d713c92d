//! Making a request that keeps to the contract of an operation.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{
    body::BodyForm,
    generate::{self, Direction},
    operation::Operation,
    parameter::{In, Parameter},
    reply::written,
    sample::{Sample, SampleBody},
    security::{Credential, Scheme},
};
use crate::description::Description;

/// What may stand unescaped in a path segment or a query value (RFC 3986 section 2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request with the first credentials, the required parameters and a documented or made body.
pub(super) fn example_request(description: &Description, operation: &Operation) -> Sample {
    let mut sample = Sample {
        method: operation.method().to_string(),
        target: operation.path().to_owned(),
        headers: Vec::new(),
        body: None,
    };
    let mut query = Vec::new();
    for credential in operation
        .security
        .first()
        .into_iter()
        .flat_map(|needed| &needed.credentials)
    {
        sample.add_credential(credential, &mut query);
    }
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
    {
        sample.add_parameter(parameter, value_of(description, parameter), &mut query);
    }
    if !query.is_empty() {
        sample.target = format!("{}?{}", sample.target, query.join("&"));
    }
    sample.add_body(operation);
    sample
}

impl Sample {
    fn add_credential(&mut self, credential: &Credential, query: &mut Vec<String>) {
        let (place, name, value) = match &credential.scheme {
            // `user:password` in base64.
            Scheme::Basic => (
                In::Header,
                "Authorization",
                "Basic dXNlcjpwYXNzd29yZA==".to_owned(),
            ),
            Scheme::Bearer => (In::Header, "Authorization", "Bearer token".to_owned()),
            Scheme::Http(scheme) => (In::Header, "Authorization", format!("{scheme} credentials")),
            Scheme::ApiKey(place, name) => (*place, &**name, "key".to_owned()),
        };
        match place {
            In::Query => query.push(format!("{}={value}", encode(name))),
            In::Cookie => self
                .headers
                .push(("Cookie".to_owned(), format!("{name}={value}"))),
            In::Header | In::Path => self.headers.push((name.to_owned(), value)),
        }
    }

    fn add_parameter(&mut self, parameter: &Parameter, value: Value, query: &mut Vec<String>) {
        let name = &parameter.name;
        let text = match value {
            Value::String(text) => text,
            Value::Array(items) => {
                let texts = items.iter().map(|item| {
                    item.as_str()
                        .map_or_else(|| item.to_string(), str::to_owned)
                });
                texts.collect::<Vec<_>>().join(",")
            }
            other => other.to_string(),
        };
        match parameter.place {
            In::Path => self.target = self.target.replace(&format!("{{{name}}}"), &encode(&text)),
            In::Query => query.push(format!("{}={}", encode(name), encode(&text))),
            In::Header => self.headers.push((name.to_string(), text)),
            In::Cookie => self
                .headers
                .push(("Cookie".to_owned(), format!("{name}={text}"))),
        }
    }

    /// The first documented media type that can be shown in a line.
    fn add_body(&mut self, operation: &Operation) {
        let content = operation.body.iter().flat_map(|body| &body.content);
        let with_sample = content.filter_map(|content| Some((content, content.sample.as_ref()?)));
        let preferred = with_sample.min_by_key(|(content, _)| content.form);
        let Some((content, value)) = preferred else {
            return;
        };
        let body = match (content.form, value) {
            (BodyForm::Multipart, Value::Object(_)) => SampleBody::Parts(fields(value)),
            (form, value) => match written(form, content.xml.as_ref(), value) {
                Ok(text) => SampleBody::Text(text),
                Err(_) => return,
            },
        };
        if matches!(body, SampleBody::Text(_)) {
            self.headers
                .push(("Content-Type".to_owned(), content.media_type.to_string()));
        }
        self.body = Some(body);
    }
}

fn value_of(description: &Description, parameter: &Parameter) -> Value {
    let made = || {
        generate::value(
            description,
            parameter.schema.as_deref()?,
            Direction::Request,
        )
    };
    parameter
        .example
        .clone()
        .or_else(made)
        .unwrap_or_else(|| Value::from("example"))
}

/// An object as `application/x-www-form-urlencoded`, with bracketed names.
pub(super) fn form_fields(value: &Value) -> String {
    let pairs = fields(value)
        .into_iter()
        .map(|(name, text)| format!("{}={}", encode(&name), encode(&text)));
    pairs.collect::<Vec<_>>().join("&")
}

/// An object's leaves with their bracketed names, as `conversation[title]`.
fn fields(value: &Value) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    let members = value.as_object().into_iter().flatten();
    members.for_each(|(name, member)| add_fields(name.clone(), member, &mut leaves));
    leaves
}

fn add_fields(name: String, value: &Value, leaves: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                add_fields(format!("{name}[{key}]"), member, leaves);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| add_fields(format!("{name}[]"), item, leaves)),
        Value::String(text) => leaves.push((name, text.clone())),
        Value::Null => leaves.push((name, String::new())),
        other => leaves.push((name, other.to_string())),
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}
