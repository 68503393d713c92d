//! What all requests to an operation begin with.

use bytes::Bytes;
use serde_json::Value;

use super::{Login, Target};
use crate::{
    Violation,
    contract::{BodyValue, Content, Draft, DraftBody, InputExample, Parameter},
    exchange::Cause,
};

/// What all requests to an operation begin with.
#[derive(Debug, Clone)]
pub(crate) struct Basis {
    /// A request with as little as there has to be, and its body.
    pub(crate) least: Draft,
    /// A value for each parameter, those too that may be left out; `None` where none can be made.
    pub(crate) values: Vec<Option<Value>>,
    seed: u64,
}

impl Basis {
    /// The basis of an operation, with credentials, whatever is wrong with these; `None` where nothing
    /// else that is valid can be made.
    pub(crate) fn of(target: &Target<'_>, login: &Login, seed: u64) -> Option<Self> {
        let operation = target.operation;
        let parameters = operation.parameters.iter();
        let values: Vec<Option<Value>> = parameters.map(|it| value(target, it, seed)).collect();
        let required = operation.parameters.iter().zip(&values);
        let least = Draft {
            method: operation.method().clone(),
            parameters: required
                .map(|(parameter, value)| value.clone().filter(|_| parameter.required))
                .collect(),
            body: None,
            credentials: login.clone(),
        };
        let basis = Self {
            least,
            values,
            seed,
        };
        let with_body = basis
            .bodies(target)
            .into_iter()
            .map(|body| basis.with_body(body));
        let bare = basis.least.clone();
        let mut drafts = with_body.chain([bare]);
        let is_valid = |draft: &Draft| {
            let faults = target.faults(draft);
            faults.is_some_and(|it| it.iter().all(is_of_credentials))
        };
        let least = drafts.find(is_valid)?;
        Some(Self { least, ..basis })
    }

    /// The same request with a body.
    pub(crate) fn with_body(&self, body: DraftBody) -> Draft {
        Draft {
            body: Some(body),
            ..self.least.clone()
        }
    }

    /// The same request with another value for a parameter, or without it.
    pub(crate) fn with_parameter(&self, index: usize, value: Option<Value>) -> Draft {
        let mut draft = self.least.clone();
        draft.parameters[index] = value;
        draft
    }

    /// The same for something that is known to be there: its parameters have these values.
    pub(crate) fn about(mut self, known: &[(usize, Value)]) -> Self {
        for (index, value) in known {
            self.values[*index] = Some(value.clone());
            self.least.parameters[*index] = Some(value.clone());
        }
        self
    }

    /// The bodies that there are to begin with, the best first: of each media type the documented
    /// examples, then one with all that may be there, then one with no more than has to be.
    pub(crate) fn bodies(&self, target: &Target<'_>) -> Vec<DraftBody> {
        let contents = target.operation.body.iter().flat_map(|body| &body.content);
        let mut all: Vec<(usize, &Content)> = contents.enumerate().collect();
        all.sort_by_key(|(_, content)| content.form);
        let of = |(index, content): (usize, &Content)| {
            let documented = content.documented().filter_map(says);
            let made = made(content, self.seed).into_iter().map(BodyValue::Value);
            let says = documented.chain(made).collect::<Vec<_>>();
            says.into_iter().map(move |says| DraftBody {
                content: index,
                says,
                media_type: None,
            })
        };
        all.into_iter().flat_map(of).collect()
    }
}

/// Whether a fault is one of credentials.
pub(crate) fn is_of_credentials(fault: &Violation) -> bool {
    fault.rule.cause() == Cause::Credentials
}

/// What a documented example says as a body.
pub(crate) fn says(example: InputExample) -> Option<BodyValue> {
    let text = example.text.map(|text| BodyValue::Bytes(Bytes::from(text)));
    text.or(example.value.map(BodyValue::Value))
}

/// The values that can be made for a body: the fullest, and the least.
fn made(content: &Content, seed: u64) -> Vec<Value> {
    match (&content.schema, &content.item_schema) {
        (Some(schema), _) => schema
            .made(seed)
            .into_iter()
            .chain(schema.least(seed))
            .collect(),
        (None, Some(item)) => {
            let items = item.made(seed).into_iter().chain(item.least(seed));
            items.map(|item| Value::Array(vec![item])).collect()
        }
        (None, None) => Vec::new(),
    }
}

/// The first documented value of a parameter that its schema allows, else one that is made.
fn value(target: &Target<'_>, parameter: &Parameter, seed: u64) -> Option<Value> {
    let Some(schema) = parameter.schema.as_deref() else {
        return Some("example".into());
    };
    let documented = target.api.examples_of(parameter).into_iter();
    let mut documented = documented.filter_map(|example| example.value);
    documented
        .find(|value| schema.allows(value))
        .or_else(|| schema.made(seed))
}
