//! Making a request that keeps to the contract of an operation.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

use super::{
    bracketed::{below, text},
    content::{BodyForm, Content},
    operation::Operation,
    parameter::{self, In, Parameter, encode},
    reply::{sendable, written},
    sample::{Sample, SampleBody},
    security::Scheme,
};
use crate::description::Description;

impl Operation {
    /// A request that keeps to the contract.
    pub fn sample(&self) -> &Sample {
        let make = || match self.faults.is_empty() {
            true => example_request(&self.description, self),
            false => Sample::to(&self.method, &self.path),
        };
        self.sample.get_or_init(make)
    }
}

/// A request with the first credentials, the required parameters and a documented or made body.
fn example_request(description: &Description, operation: &Operation) -> Sample {
    let path = target(&operation.served_path());
    let mut sample = Sample::to(operation.method(), &path);
    let mut query = Vec::new();
    for credential in operation
        .security
        .first()
        .into_iter()
        .flat_map(|needed| &needed.credentials)
    {
        sample.add_credential(
            &credential.scheme,
            credential.scheme.sample_secret(),
            &mut query,
        );
    }
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
    {
        sample.add_parameter(parameter, &parameter.shown(description), &mut query);
    }
    sample.add_query(&query);
    sample.add_body(operation);
    sample
}

impl Sample {
    /// Adds a credential at its place.
    pub(super) fn add_credential(
        &mut self,
        scheme: &Scheme,
        secret: &str,
        query: &mut Vec<String>,
    ) {
        let (place, name, value) = scheme.written(secret);
        match place {
            In::Query => query.push(format!("{}={}", encode(name), encode(&value))),
            In::Cookie => self.add_cookie(format!("{name}={value}")),
            In::Header | In::Path | In::Querystring => self.headers.push((name.to_owned(), value)),
        }
    }

    /// Adds the pairs of a query, which the path may have one of.
    pub(super) fn add_query(&mut self, pairs: &[String]) {
        if !pairs.is_empty() {
            let separator = if self.target.contains('?') { '&' } else { '?' };
            self.target = format!("{}{separator}{}", self.target, pairs.join("&"));
        }
    }

    /// Adds the value of a parameter at its place.
    pub(super) fn add_parameter(
        &mut self,
        parameter: &Parameter,
        value: &Value,
        query: &mut Vec<String>,
    ) {
        let text = parameter::write(parameter, value);
        match parameter.place {
            In::Path => {
                let template = escaped(&format!("{{{}}}", parameter.name));
                self.target = self.target.replace(&template, &text);
            }
            In::Query | In::Querystring if text.is_empty() => {}
            In::Query | In::Querystring => query.push(text),
            In::Header => self.headers.push((parameter.name.to_string(), text)),
            In::Cookie => self.add_cookie(text),
        }
    }

    /// Adds to the one `Cookie` field that a request has (RFC 6265 section 5.4).
    fn add_cookie(&mut self, pair: String) {
        match self.headers.iter_mut().find(|(name, _)| name == "Cookie") {
            Some((_, pairs)) => pairs.push_str(&format!("; {pair}")),
            None => self.headers.push(("Cookie".to_owned(), pair)),
        }
    }

    /// The first documented media type that can be shown in a line.
    fn add_body(&mut self, operation: &Operation) {
        let content = operation.body.iter().flat_map(|body| &body.content);
        let with_sample = content.filter_map(|content| Some((content, content.sample()?)));
        let preferred = with_sample.min_by_key(|(content, _)| content.form);
        let Some((content, value)) = preferred else {
            return;
        };
        let media_type = sendable(content.media_type.clone());
        let form = BodyForm::of(&media_type);
        let body = match (form, value) {
            (BodyForm::Multipart, Value::Object(_)) => SampleBody::Parts(parts(content, value)),
            (form, value) => match written(form, content.xml(), value) {
                Ok(text) => SampleBody::Text(text),
                Err(_) => return,
            },
        };
        if matches!(body, SampleBody::Text(_)) {
            let field = ("Content-Type".to_owned(), media_type.to_string());
            self.headers.push(field);
        }
        self.body = Some(body);
    }
}

/// Each property as a part, and each item of an array as one of its own: an object is JSON
/// (OpenAPI 3.1.1, "Encoding Object", `contentType`), unless it has a style.
fn parts(content: &Content, value: &Value) -> Vec<(String, String)> {
    let members = value.as_object().into_iter().flatten();
    let each = members.flat_map(|(name, member)| {
        let encoding = content.encodings.of(name);
        if encoding.is_some_and(|encoding| encoding.style.is_some()) {
            return below(name, member);
        }
        let items = match member {
            Value::Array(items) => items.as_slice(),
            member => std::slice::from_ref(member),
        };
        let part = |item| (name.clone(), text(item));
        items.iter().map(part).collect()
    });
    each.collect()
}

/// A path as it is sent: what follows `#` is not.
fn target(path: &str) -> String {
    escaped(path.split('#').next().unwrap_or(path))
}

/// Text of a path's key without what no URL holds.
fn escaped(text: &str) -> String {
    const NEVER: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'<')
        .add(b'>')
        .add(b'\\')
        .add(b'^')
        .add(b'`')
        .add(b'|');
    utf8_percent_encode(text, NEVER).to_string()
}
