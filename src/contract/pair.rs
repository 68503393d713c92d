//! Named pairs: examples of a request and of its reply that have one name.

use std::{collections::HashSet, sync::Arc};

use super::{
    body::RequestBody, example_place, parameter::Parameter, reader::Reader, reply::DocumentedReply,
};
use crate::description::{Finding, FindingCode};

/// A documented request with its documented reply: what has an example of this name.
#[derive(Debug)]
pub struct Pair {
    /// The name.
    pub name: Arc<str>,
    /// What of a request has an example of this name, all of which a request has to equal.
    pub inputs: Vec<PairedInput>,
}

/// A part of a request with its example, by JSON pointers.
#[derive(Debug)]
pub enum PairedInput {
    /// A parameter.
    Parameter {
        /// Which of the operation's parameters.
        index: usize,
        /// Where the example's value stands.
        value: String,
    },
    /// The body, by the examples of its media types.
    Body(Vec<BodyExample>),
}

/// An example of a body, by JSON pointers.
#[derive(Debug)]
pub struct BodyExample {
    /// Where its value stands.
    pub value: Option<String>,
    /// Where the text stands that it is sent as.
    pub text: Option<String>,
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
                    let value = value.clone();
                    self.inputs(name)
                        .push(PairedInput::Parameter { index, value });
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
                value: place.value.clone(),
                text: place.text.clone(),
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
