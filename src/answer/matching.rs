//! Whether a request is a documented one: the example that a named pair has of it.

use serde_json::Value;

use super::decode::Decoded;
use crate::{
    contract::{Api, BodyExample, DocumentedValue, Operation, Pair, PairedInput},
    exchange::{Request, Tape},
};

/// The named pair that the request is the example of. Where it is several, the one that says most
/// of the request; of those that say as much, the first.
pub(super) fn find<'a>(
    api: &Api,
    operation: &'a Operation,
    decoded: &Decoded<'_>,
    request: &Request,
) -> Option<&'a Pair> {
    let given = Given {
        api,
        operation,
        decoded,
        request,
    };
    let mut found: Option<&Pair> = None;
    for pair in &operation.pairs {
        let says_more = found.is_none_or(|found| found.inputs.len() < pair.inputs.len());
        if says_more && pair.inputs.iter().all(|input| given.equals(input)) {
            found = Some(pair);
        }
    }
    found
}

/// What a request says.
struct Given<'a> {
    api: &'a Api,
    operation: &'a Operation,
    decoded: &'a Decoded<'a>,
    request: &'a Request,
}

impl Given<'_> {
    fn equals(&self, input: &PairedInput) -> bool {
        match input {
            PairedInput::Parameter(index, value) => self.has_parameter(*index, self.value(value)),
            PairedInput::Body(examples) => examples.iter().any(|example| self.has_body(example)),
        }
    }

    fn has_parameter(&self, index: usize, value: &Value) -> bool {
        let parameter = &self.operation.parameters[index];
        let mut given = self.decoded.parameters.iter();
        let Some((_, cell)) = given.find(|(other, _)| std::ptr::eq(*other, parameter)) else {
            return false;
        };
        let given = self.decoded.values.node(*cell);
        // An example may be written as the text that stands in the request.
        let read = |text: &String| given.rounds_to(&parameter.shape().value_of(text));
        given.rounds_to(value) || matches!(value, Value::String(text) if read(text))
    }

    fn has_body(&self, example: &BodyExample) -> bool {
        let read = self.decoded.body.as_ref().map(|body| &body.tape);
        let body = self.decoded.sent.as_ref().or(read).map(Tape::root);
        let value = example.value.as_ref().map(|value| self.value(value));
        let text = example.text.as_ref().map(|text| self.value(text));
        let is_value = |value: &Value| body.is_some_and(|body| body.rounds_to(value));
        // A text may be the body itself, in the form of its media type.
        let is_text = |value: &Value| {
            let text = value.as_str();
            text.is_some_and(|text| self.request.body == text.as_bytes())
        };
        value.is_some_and(|value| is_value(value) || is_text(value)) || text.is_some_and(is_text)
    }

    fn value<'v>(&self, value: &'v DocumentedValue) -> &'v Value {
        value.get(self.api.description())
    }
}
