//! The document as validators see it: for one direction, and with discriminators that decide.
//!
//! JSON Schema knows neither `readOnly` and `writeOnly` as OpenAPI means them, nor `discriminator`. So
//! validators are made from a copy of the document, in which both are written as keywords that it has.

mod discriminator;
mod required;

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

use crate::{
    contract::direction::Direction,
    description::{Description, join, subschemas},
};
pub(super) use discriminator::OWN;

/// The copies of a description's document, each made when it is first asked for.
#[derive(Debug)]
pub(super) struct Views {
    description: Arc<Description>,
    /// Whether the document has anything that differs from one direction to the other or decides.
    differs: OnceLock<bool>,
    /// Whether the document has anything that does not go one way: in requests, and in replies.
    excludes: [OnceLock<bool>; 2],
    long_numbers: OnceLock<bool>,
    request: OnceLock<Value>,
    reply: OnceLock<Value>,
}

impl Views {
    pub(super) fn new(description: Arc<Description>) -> Self {
        Self {
            description,
            differs: OnceLock::new(),
            excludes: Default::default(),
            long_numbers: OnceLock::new(),
            request: OnceLock::new(),
            reply: OnceLock::new(),
        }
    }

    pub(super) fn description(&self) -> &Arc<Description> {
        &self.description
    }

    /// Whether any schema of the document says that its values do not go this way.
    pub(super) fn excludes(&self, direction: Direction) -> bool {
        let [requests, replies] = &self.excludes;
        let known = match direction {
            Direction::Request => requests,
            Direction::Reply => replies,
        };
        let keyword = direction.excluded_by();
        *known.get_or_init(|| {
            any(&self.description, &[keyword], &|schema| {
                schema.get(keyword) == Some(&Value::Bool(true))
            })
        })
    }

    /// Whether any number of the document may have more digits than a double holds.
    pub(super) fn has_long_numbers(&self) -> bool {
        const DIGITS: usize = 16;
        let is_part = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
        let has_long = |text: &str| {
            let mut runs = text.as_bytes().split(|byte| !is_part(byte));
            runs.any(|run| run.len() >= DIGITS)
        };
        let mut sources = self.description.sources().iter();
        let find = || sources.any(|source| has_long(&source.text));
        *self.long_numbers.get_or_init(find)
    }

    /// The document for values that go one way.
    pub(super) fn of(&self, direction: Direction) -> &Value {
        if !self.differs.get_or_init(|| differs(&self.description)) {
            return self.description.root();
        }
        let view = match direction {
            Direction::Request => &self.request,
            Direction::Reply => &self.reply,
        };
        view.get_or_init(|| {
            let mut root = self.description.root().clone();
            for pointer in self.description.schemas() {
                if let Some(schema) = root.pointer_mut(pointer) {
                    required::relax(&self.description, schema, direction);
                }
            }
            discriminator::decide(&self.description, &mut root);
            root
        })
    }
}

fn differs(description: &Description) -> bool {
    any(
        description,
        &["readOnly", "writeOnly", "discriminator"],
        &|schema| {
            let is_true = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
            is_true("readOnly")
                || is_true("writeOnly")
                || schema.get("discriminator").is_some_and(Value::is_object)
        },
    )
}

/// Whether any schema of a document is one of a kind, of which each has one of some words.
fn any(
    description: &Description,
    words: &[&str],
    is_one: &dyn Fn(&Map<String, Value>) -> bool,
) -> bool {
    let mut texts = description.sources().iter().map(|source| &source.text);
    texts.any(|text| words.iter().any(|word| text.contains(word)))
        && description
            .schemas()
            .iter()
            .filter_map(|pointer| description.at(pointer))
            .any(|schema| has_any(schema, is_one))
}

fn has_any(schema: &Value, is_one: &dyn Fn(&Map<String, Value>) -> bool) -> bool {
    let Value::Object(members) = schema else {
        return false;
    };
    let mut found = is_one(members);
    subschemas(members, |_, _, schema| {
        found = found || has_any(schema, is_one);
    });
    found
}

/// Calls `visit` with the pointer to each schema that a schema holds directly, and with the schema.
pub(super) fn each_subschema_at<'s>(
    schema: &'s Map<String, Value>,
    pointer: &str,
    mut visit: impl FnMut(String, &'s Value),
) {
    subschemas(schema, |keyword, index, schema| {
        let at = join(pointer, keyword);
        let at = match index {
            Some(index) => join(&at, index),
            None => at,
        };
        visit(at, schema);
    });
}
