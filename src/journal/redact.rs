//! Taking the secrets out of a record that is shown or written. What is one, `contract` says.

mod body;
mod fields;
mod json;
mod target;

use std::{borrow::Cow, sync::Arc};

use http::{HeaderMap, HeaderName, HeaderValue};

use super::Record;
use crate::{
    Api, Exchange,
    contract::{Content, Described, In, Operation, Parameter, Schema, is_secret_name},
    exchange::{MediaType, Place, Reply, Request, Rule, Violation},
};
use body::{Body, Schemas};

/// What stands in the place of a secret.
pub const REDACTED: &str = "***";

/// An exchange with an API without the secrets of its request target and of its bodies.
pub(crate) fn without_secrets(exchange: &Exchange, api: &Api) -> Exchange {
    let redaction = Redaction {
        apis: vec![api],
        operation: exchange.operation.as_ref().and_then(|it| api.labelled(it)),
        is_unknown: false,
    };
    let mut shown = exchange.clone();
    if let Ok(target) = redaction.target(&exchange.request).parse() {
        shown.request.uri = target;
    }
    if let Cow::Owned(body) = redaction.request_body(&exchange.request) {
        shown.request.body = body.into();
    }
    if let Cow::Owned(body) = redaction.reply_body(&exchange.reply) {
        Arc::make_mut(&mut shown.reply).body = body.into();
    }
    shown
}

/// What is secret in one record.
pub(super) struct Redaction<'a> {
    /// The APIs whose credentials it may have: its own, or all where it has none.
    apis: Vec<&'a Api>,
    operation: Option<&'a Operation>,
    /// Whether its operation is no more described, so that nobody can tell what of it is secret.
    is_unknown: bool,
}

impl<'a> Redaction<'a> {
    /// What is secret in a record, by the APIs that were served.
    pub(super) fn of(record: &Record, apis: &'a [Arc<Api>]) -> Self {
        let is_own = |api: &&Arc<Api>| Some(api.name()) == record.api.as_ref();
        let own: Vec<&Api> = apis.iter().filter(is_own).map(|api| &**api).collect();
        let apis = match own.is_empty() {
            true => apis.iter().map(|api| &**api).collect(),
            false => own,
        };
        let label = record.exchange.operation.as_ref();
        let operation = label.and_then(|label| apis.iter().find_map(|api| api.labelled(label)));
        Self {
            is_unknown: label.is_some() && operation.is_none(),
            apis,
            operation,
        }
    }

    /// The value of a header field.
    pub(super) fn field<'v>(&self, name: &HeaderName, value: &'v HeaderValue) -> Cow<'v, [u8]> {
        fields::redacted(self, name, value)
    }

    /// The request target.
    pub(super) fn target(&self, request: &Request) -> String {
        target::redacted(self, request)
    }

    /// An address in a message.
    pub(super) fn address<'u>(&self, address: &'u str) -> Cow<'u, str> {
        target::redacted_address(self, address)
    }

    /// The body of the request.
    pub(super) fn request_body<'b>(&self, request: &'b Request) -> Cow<'b, [u8]> {
        if self.is_unknown && !request.body.is_empty() {
            return body::withheld();
        }
        let field = content_type(&request.headers);
        let described = self.operation.and_then(|it| it.body.as_ref());
        let content = described.zip(field);
        let content = content.and_then(|(it, field)| Content::named(&it.content, field));
        let schemas = content.map(|(content, _)| Schemas {
            whole: content.schema.as_deref(),
            item: content.item_schema.as_deref(),
        });
        let body = Body {
            headers: &request.headers,
            schemas: schemas.unwrap_or_default(),
        };
        body.redacted(&request.body)
    }

    /// The body of the reply.
    pub(super) fn reply_body<'b>(&self, reply: &'b Reply) -> Cow<'b, [u8]> {
        if self.is_unknown && !reply.body.is_empty() {
            return body::withheld();
        }
        let status = reply.status.as_u16();
        let documented = self.operation.and_then(|it| it.reply(status));
        let sent = content_type(&reply.headers).and_then(MediaType::parse);
        let content = documented.zip(sent).and_then(|(documented, sent)| {
            let mut contents = documented.content.iter();
            contents.find(|content| content.media_type.includes(&sent))
        });
        let schemas = content.map(|content| Schemas {
            whole: content.schema.as_deref(),
            item: content.item_schema.as_deref(),
        });
        let body = Body {
            headers: &reply.headers,
            schemas: schemas.unwrap_or_default(),
        };
        body.redacted(&reply.body)
    }

    /// Whether a violation of a request is about a value that is taken out. That something is missing can
    /// be told all the same: names stay.
    pub(super) fn has_in_request(&self, violation: &Violation) -> bool {
        if violation.rule == Rule::Required {
            return false;
        }
        match &violation.place {
            _ if violation.rule == Rule::CredentialMalformed => true,
            Place::Query(name) => self.is_secret(In::Query, name),
            Place::Header(name) => self.is_secret(In::Header, name),
            Place::PathParameter(name) => self.is_secret(In::Path, name),
            Place::Cookie(_) => true,
            Place::Body(pointer) => {
                let described = self.operation.and_then(|it| it.body.as_ref());
                let contents = described.into_iter().flat_map(|it| &it.content);
                let mut schemas = contents.map(|content| content.schema.as_deref());
                schemas.any(|schema| is_secret_at(schema, pointer))
            }
            _ => false,
        }
    }

    /// The same of a reply.
    pub(super) fn has_in_reply(&self, violation: &Violation) -> bool {
        match &violation.place {
            _ if violation.rule == Rule::Required => false,
            Place::Header(name) => self.is_credential(In::Header, name) || is_secret_name(name),
            Place::Body(pointer) => {
                let replies = self.operation.into_iter().flat_map(|it| &it.replies);
                let contents = replies.flat_map(|it| &it.content);
                let mut schemas = contents.map(|content| content.schema.as_deref());
                schemas.any(|schema| is_secret_at(schema, pointer))
            }
            _ => false,
        }
    }

    /// Whether what has a name there is a secret by it, or by the credentials of the APIs.
    fn is_credential(&self, place: In, name: &str) -> bool {
        self.apis.iter().any(|api| api.secrets().has(place, name))
    }

    /// Whether a parameter that may be described is a secret.
    fn is_secret(&self, place: In, name: &str) -> bool {
        if self.is_credential(place, name) || (self.is_unknown && place == In::Query) {
            return true;
        }
        let mut parameters = self.operation.iter().flat_map(|it| &it.parameters);
        let described = parameters.find(|it| it.place == place && is_named(it, name));
        match described {
            Some(parameter) => is_secret_parameter(parameter, name),
            None => is_secret_name(name),
        }
    }
}

/// Whether a name is a parameter's. Names of header fields have no case.
fn is_named(parameter: &Parameter, name: &str) -> bool {
    match parameter.place {
        In::Header => parameter.name.eq_ignore_ascii_case(name),
        In::Query => {
            let root = name.split(['[', '.']).next().unwrap_or(name);
            parameter.claims(name) || *parameter.name == *root
        }
        In::Querystring | In::Path | In::Cookie => *parameter.name == *name,
    }
}

/// Whether the value that stands under a name of a parameter is a secret, or has one in it.
fn is_secret_parameter(parameter: &Parameter, name: &str) -> bool {
    let schema = parameter.schema.as_deref();
    let is_part = *parameter.name != *name && parameter.place == In::Query;
    let described = match is_part {
        false => Described::by(schema, &parameter.name),
        true => {
            let names = name.split(['[', ']', '.']).filter(|part| !part.is_empty());
            let skipped = usize::from(!parameter.is_spread());
            let root = Described::by(schema, &parameter.name);
            names
                .skip(skipped)
                .fold(root, |place, name| place.below(name))
        }
    };
    // A value that is written in one text has all its parts in it.
    let has_parts = !is_part && parameter.shape().object.is_some();
    described.is_secret() || (has_parts && schema.is_some_and(|it| it.has_secrets()))
}

fn is_secret_at(schema: Option<&Schema>, pointer: &str) -> bool {
    Described::by(schema, "").at(pointer).is_secret()
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(http::header::CONTENT_TYPE)?.to_str().ok()
}

#[cfg(test)]
mod tests;
