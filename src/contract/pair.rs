//! Named pairs: examples of a request and of its reply that have one name.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use serde_json::Value;

use super::{
    body::RequestBody, example_place, parameter::Parameter, reader::Reader, reply::DocumentedReply,
};
use crate::description::{Description, Finding, FindingCode};

/// A documented request with its documented reply: what has an example of this name.
#[derive(Debug)]
pub struct Pair {
    /// The name.
    pub name: Arc<str>,
    /// What of a request has an example of this name, all of which a request has to equal.
    pub inputs: Vec<PairedInput>,
}

/// A part of a request with its example.
#[derive(Debug)]
pub enum PairedInput {
    /// A parameter, by its index among the operation's, with its value.
    Parameter(usize, DocumentedValue),
    /// The body, by the examples of its media types.
    Body(Vec<BodyExample>),
}

/// An example of a body.
#[derive(Debug)]
pub struct BodyExample {
    /// Its value.
    pub value: Option<DocumentedValue>,
    /// The text that it is sent as.
    pub text: Option<DocumentedValue>,
}

/// A value of the description, found when it is first asked for.
#[derive(Debug)]
pub struct DocumentedValue {
    pointer: String,
    value: OnceLock<Value>,
}

impl DocumentedValue {
    fn at(pointer: &str) -> Self {
        Self {
            pointer: pointer.to_owned(),
            value: OnceLock::new(),
        }
    }

    /// The value.
    pub fn get(&self, description: &Description) -> &Value {
        let find = || description.at(&self.pointer).cloned().unwrap_or_default();
        self.value.get_or_init(find)
    }
}

/// The named pairs of an operation, in the order in which its request has the examples.
pub(super) fn read_all(
    reader: &mut Reader<'_>,
    parameters: &[Parameter],
    body: Option<&RequestBody>,
    replies: &[DocumentedReply],
) -> Result<Vec<Pair>, Finding> {
    let names: HashSet<&Arc<str>> = replies.iter().flat_map(DocumentedReply::names).collect();
    let mut pairs = Pairs { names, all: vec![] };
    if pairs.names.is_empty() {
        return Ok(pairs.all);
    }
    for (index, parameter) in parameters.iter().enumerate() {
        pairs.add_parameter(reader, index, parameter)?;
    }
    pairs.add_body(body);
    Ok(pairs.all)
}

struct Pairs<'r> {
    /// The names that replies have.
    names: HashSet<&'r Arc<str>>,
    all: Vec<Pair>,
}

impl Pairs<'_> {
    fn add_parameter(
        &mut self,
        reader: &mut Reader<'_>,
        index: usize,
        parameter: &Parameter,
    ) -> Result<(), Finding> {
        for place in example_place::of_parameter(reader, &parameter.pointer)? {
            let Some(name) = place.name.as_ref().filter(|name| self.names.contains(name)) else {
                continue;
            };
            match &place.value {
                Some(value) => {
                    let value = DocumentedValue::at(value);
                    self.inputs(name).push(PairedInput::Parameter(index, value));
                }
                None => {
                    let message = "requests are compared with the value of a parameter; give its `dataValue` too";
                    reader.warn(
                        FindingCode::Unsupported,
                        place.pointer(),
                        message.to_owned(),
                    );
                }
            }
        }
        Ok(())
    }

    fn add_body(&mut self, body: Option<&RequestBody>) {
        let contents = body.into_iter().flat_map(|body| &body.content);
        for place in contents.flat_map(|content| &content.examples) {
            let Some(name) = place.name.as_ref().filter(|name| self.names.contains(name)) else {
                continue;
            };
            let example = BodyExample {
                value: place.value.as_deref().map(DocumentedValue::at),
                text: place.text.as_deref().map(DocumentedValue::at),
            };
            let inputs = self.inputs(name);
            match inputs.last_mut() {
                Some(PairedInput::Body(examples)) => examples.push(example),
                _ => inputs.push(PairedInput::Body(vec![example])),
            }
        }
    }

    fn inputs(&mut self, name: &Arc<str>) -> &mut Vec<PairedInput> {
        let known = self.all.iter().position(|pair| pair.name == *name);
        let at = known.unwrap_or_else(|| {
            self.all.push(Pair {
                name: Arc::clone(name),
                inputs: Vec::new(),
            });
            self.all.len() - 1
        });
        &mut self.all[at].inputs
    }
}
