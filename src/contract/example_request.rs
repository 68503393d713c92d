//! Making a request that keeps to the contract of an operation.

use serde_json::Value;

use super::{
    body::BodyForm,
    bracketed::fields,
    operation::Operation,
    parameter::{self, In, Parameter, encode},
    reply::written,
    sample::{Sample, SampleBody},
    security::{Credential, Scheme},
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
        sample.add_credential(credential, &mut query);
    }
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
    {
        sample.add_parameter(parameter, &parameter.shown(description), &mut query);
    }
    if !query.is_empty() {
        let separator = if sample.target.contains('?') {
            '&'
        } else {
            '?'
        };
        sample.target = format!("{}{separator}{}", sample.target, query.join("&"));
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
            In::Cookie => self.add_cookie(format!("{name}={value}")),
            In::Header | In::Path | In::Querystring => self.headers.push((name.to_owned(), value)),
        }
    }

    fn add_parameter(&mut self, parameter: &Parameter, value: &Value, query: &mut Vec<String>) {
        let text = parameter::write(parameter, value);
        match parameter.place {
            In::Path => {
                let template = format!("{{{}}}", parameter.name);
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
        let body = match (content.form, value) {
            (BodyForm::Multipart, Value::Object(_)) => SampleBody::Parts(fields(value)),
            (form, value) => match written(form, content.xml(), value) {
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

/// A path as it is sent: what follows `#` is not.
fn target(path: &str) -> String {
    path.split('#').next().unwrap_or(path).to_owned()
}
