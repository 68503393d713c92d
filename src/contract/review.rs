//! What is wrong with a description though each answer stays right: documented examples against
//! their schemas and types, and replies that nothing can be made for.

use std::collections::HashSet;

use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use super::{
    compile::Compiled,
    direction::Direction,
    model::Model,
    reply::{Field, ReplyContent},
    schema::{Schema, TooComplex, Validity},
};
use crate::{
    description::{Description, Finding, FindingCode},
    exchange::Tape,
};

/// How far a search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The documented examples.
    Examples,
    /// Also whether there is something to answer everywhere, which takes to make each reply.
    Everything,
}

/// Every finding, in the order of places.
pub(super) fn review(compiled: &Compiled, depth: Depth) -> Vec<Finding> {
    let mut review = Review {
        depth,
        description: &compiled.description,
        models: &compiled.models,
        seen: HashSet::new(),
        findings: Vec::new(),
    };
    for operation in &compiled.operations {
        let requests = operation.body.iter().flat_map(|body| &body.content);
        for content in requests {
            for example in &content.examples {
                let Some(place) = &example.value else {
                    continue;
                };
                // A request that is documented to be refused may well break its schema.
                let name = example.name.as_deref();
                if !name.is_some_and(|name| operation.is_refused(name)) {
                    review.example(place, &content.pointer, content.schema.as_deref());
                }
            }
        }
        let sent = operation.callbacks.iter().map(|callback| &callback.request);
        for body in sent.filter_map(|request| request.body.as_ref()) {
            for place in body.examples.iter().filter_map(|it| it.value.as_ref()) {
                review.example(place, &body.pointer, body.schema.as_deref());
            }
        }
        for reply in &operation.replies {
            reply
                .content
                .iter()
                .for_each(|content| review.reply(content));
            reply.fields.iter().for_each(|field| review.header(field));
        }
    }
    review
        .findings
        .sort_by(|one, other| one.location.cmp(&other.location));
    review.findings
}

struct Review<'a> {
    depth: Depth,
    description: &'a Description,
    models: &'a [Model],
    /// Pointers to what was looked at: operations share much.
    seen: HashSet<&'a str>,
    findings: Vec<Finding>,
}

impl<'a> Review<'a> {
    fn reply(&mut self, content: &'a ReplyContent) {
        for place in content
            .examples
            .iter()
            .filter_map(|example| example.pointer())
        {
            if content.is_value(place) {
                self.example(place, &content.pointer, content.schema.as_deref());
            } else if let Some(fault) = content.fault_in_document(place) {
                self.warn(FindingCode::ExampleInvalid, place, fault);
            }
        }
        let Some(schema) = content.schema.as_deref() else {
            return;
        };
        if self.depth == Depth::Examples {
            return;
        }
        let is_new = self.seen.insert(&content.pointer);
        if is_new && content.examples.is_empty() && content.made().is_none() {
            let message = "nothing valid can be made from this schema; give an example".to_owned();
            self.warn(FindingCode::NothingToAnswer, &schema.pointer, message);
        }
    }

    /// Holds the documented values of a header field against its schema. One may be written as the text
    /// that is sent.
    fn header(&mut self, field: &'a Field) {
        let Some(schema) = field.schema.as_deref() else {
            return;
        };
        for place in &field.places {
            let text = self.description.at(place).and_then(Value::as_str);
            let shape = schema.shape();
            let is_list = shape.array.is_some() || shape.object.is_some();
            let fits = |text| is_list || schema.allows(&shape.value_of(text));
            if !text.is_some_and(fits) {
                self.example(place, "", Some(schema));
            }
        }
    }

    /// Holds a documented example against its schema and its generated type.
    fn example(&mut self, place: &'a str, content: &str, schema: Option<&Schema>) {
        let Some(value) = self.description.at(place) else {
            return;
        };
        if !self.seen.insert(place) {
            return;
        }
        if let Some(Ok(validator)) = schema.map(Schema::validator) {
            let tape = Tape::from(value);
            let one_way = self.one_way(place, &tape, schema);
            let errors = match validator.validity(tape.root()) {
                Validity::Valid => Vec::new(),
                Validity::Invalid(errors) => errors,
                Validity::Undecided => {
                    let message =
                        "whether this example keeps to its schema takes too many steps to tell";
                    self.warn(FindingCode::ExampleInvalid, place, message.to_owned());
                    Vec::new()
                }
            };
            for error in errors {
                let pointer = error.instance_path().to_string();
                let message = match error.kind() {
                    ValidationErrorKind::FalseSchema if one_way.contains(&pointer) => continue,
                    ValidationErrorKind::FalseSchema => {
                        "nothing may stand here: the schema says `false`".to_owned()
                    }
                    _ => format!("this example breaks its own schema: {error}"),
                };
                let at = format!("{place}{pointer}");
                self.warn(FindingCode::ExampleInvalid, &at, message);
            }
        }
        let Some(model) = self.models.iter().find(|model| model.pointer == content) else {
            return;
        };
        let json = self.description.json_text(place).unwrap_or_default();
        if let Err(error) = (model.fits)(json.as_bytes()) {
            let name = model.type_name;
            let message = format!("this example does not fit the generated type `{name}`: {error}");
            self.warn(FindingCode::ExampleUntyped, place, message);
        }
    }

    /// Tells what an example shows that does not go its way, and where that stands in it. Clients do send
    /// back what they were given, so requests are let alone.
    fn one_way(&mut self, place: &str, example: &Tape, schema: Option<&Schema>) -> Vec<String> {
        let of_replies = schema.filter(|schema| schema.direction == Direction::Reply);
        let excluded = of_replies.map_or(Ok(Vec::new()), |it| it.excluded(example.root()));
        let excluded = excluded.unwrap_or_else(|TooComplex| {
            let message =
                "what this example shows that is `writeOnly` takes too many steps to tell";
            self.warn(FindingCode::ExampleInvalid, place, message.to_owned());
            Vec::new()
        });
        let mut places = Vec::new();
        for excluded in excluded {
            let message = "this example shows what is `writeOnly`, and so in no reply".to_owned();
            let at = format!("{place}{}", excluded.pointer);
            self.warn(FindingCode::ExampleInvalid, &at, message);
            places.push(excluded.pointer);
        }
        places
    }

    fn warn(&mut self, code: FindingCode, pointer: &str, message: String) {
        let location = self.description.locate(pointer);
        self.findings
            .push(Finding::warning(code, location, message));
    }
}
