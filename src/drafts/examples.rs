//! Documented requests: what has an example, together by name.

use std::sync::Arc;

use serde_json::Value;

use super::{Basis, Target, basis::says};
use crate::{
    Violation,
    contract::{Draft, DraftBody, InputExample},
};

/// A documented request.
pub(crate) struct Documented {
    /// The request.
    pub(crate) draft: Draft,
    /// Whether its documented reply is a refusal.
    pub(crate) is_refused: bool,
    /// How it leaves the contract: where the example stands that does, as a JSON pointer, and how.
    pub(crate) faults: Vec<(String, Violation)>,
}

/// An example of a part of a request.
struct Input {
    name: Option<Arc<str>>,
    pointer: String,
    part: Part,
}

enum Part {
    Parameter(usize, Value),
    Body(DraftBody),
}

/// The documented requests: for each name one with all examples of it, for each example without a name one.
pub(crate) fn documented(target: &Target<'_>, basis: &Basis) -> Vec<Documented> {
    let of = |together: Vec<Input>| {
        let mut draft = basis.least.clone();
        for input in &together {
            match &input.part {
                Part::Parameter(index, value) => draft.parameters[*index] = Some(value.clone()),
                Part::Body(body) => draft.body = Some(body.clone()),
            }
        }
        let name = together.first().and_then(|input| input.name.as_deref());
        let pointer = |fault: &Violation| pointer_of(&together, fault);
        let faults = target.faults(&draft)?.into_iter();
        Some(Documented {
            is_refused: name.is_some_and(|name| target.operation.is_refused(name)),
            faults: faults.map(|fault| (pointer(&fault), fault)).collect(),
            draft,
        })
    };
    grouped(inputs(target)).into_iter().filter_map(of).collect()
}

/// Where the example stands that a fault is in: that of the body, or of the parameter.
fn pointer_of(together: &[Input], fault: &Violation) -> String {
    use crate::exchange::Place;
    let is_body = matches!(fault.place, Place::Body(_) | Place::PartHeader(..));
    let is_it = |input: &&Input| matches!(input.part, Part::Body(_)) == is_body;
    let input = together.iter().find(is_it).or_else(|| together.first());
    input.map_or_else(String::new, |input| input.pointer.clone())
}

fn inputs(target: &Target<'_>) -> Vec<Input> {
    let mut inputs = Vec::new();
    for (index, parameter) in target.operation.parameters.iter().enumerate() {
        for example in target.api.examples_of(parameter) {
            let InputExample {
                name,
                value,
                pointer,
                ..
            } = example;
            inputs.extend(value.map(|value| Input {
                name,
                pointer,
                part: Part::Parameter(index, value),
            }));
        }
    }
    let contents = target.operation.body.iter().flat_map(|body| &body.content);
    for (index, content) in contents.enumerate() {
        for example in content.documented() {
            let (name, pointer) = (example.name.clone(), example.pointer.clone());
            inputs.extend(says(example).map(|says| Input {
                name,
                pointer,
                part: Part::Body(DraftBody {
                    content: index,
                    says,
                    media_type: None,
                }),
            }));
        }
    }
    inputs
}

/// Those of one name together; of several bodies of one name each by itself. One without a name stands alone.
fn grouped(inputs: Vec<Input>) -> Vec<Vec<Input>> {
    let mut groups: Vec<Vec<Input>> = Vec::new();
    for input in inputs {
        let is_body = matches!(input.part, Part::Body(_));
        let fits = |group: &&mut Vec<Input>| {
            let has_body = group.iter().any(|it| matches!(it.part, Part::Body(_)));
            input.name.is_some()
                && group.first().is_some_and(|first| first.name == input.name)
                && !(is_body && has_body)
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(input),
            None => groups.push(vec![input]),
        }
    }
    groups
}
