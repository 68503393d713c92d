//! How a schema leads to others.

use serde_json::Value;

use crate::description::{Description, join};

/// What a schema is to the one that leads to it.
#[derive(PartialEq)]
pub(super) enum Edge<'a> {
    /// One for the same value.
    Branch,
    /// That of a member.
    Member(&'a str),
    /// That of members of other names.
    Members,
    /// That of an item.
    Item(usize),
    /// That of items at other places.
    Items,
}

/// A way from a schema to another.
pub(super) struct Way<'a> {
    pub(super) edge: Edge<'a>,
    keyword: &'a str,
    step: Step<'a>,
}

/// Where in the value of a keyword a schema stands.
enum Step<'a> {
    /// It is the value.
    Whole,
    Member(&'a str),
    Item(usize),
    /// Elsewhere: the value refers to it.
    Reference,
}

impl Way<'_> {
    /// The pointer to where the way leads from the schema at a pointer, if anything is there.
    pub(super) fn target(&self, description: &Description, pointer: &str) -> Option<String> {
        let place = || join(pointer, self.keyword);
        match self.step {
            Step::Whole => Some(place()),
            Step::Member(name) => Some(join(&place(), name)),
            Step::Item(index) => Some(join(&place(), &index.to_string())),
            Step::Reference => description.resolve(pointer).ok(),
        }
    }
}

/// The ways from the schema at a pointer. What is not there leads nowhere.
pub(super) fn ways<'a>(
    description: &'a Description,
    pointer: &str,
) -> impl Iterator<Item = Way<'a>> {
    let schema = description.at(pointer).and_then(Value::as_object);
    schema
        .into_iter()
        .flatten()
        .flat_map(|(keyword, value)| of_keyword(keyword, value))
}

fn of_keyword<'a>(keyword: &'a str, value: &'a Value) -> Vec<Way<'a>> {
    let way = |edge, step| Way {
        edge,
        keyword,
        step,
    };
    let names = || {
        value
            .as_object()
            .into_iter()
            .flat_map(|members| members.keys())
    };
    let indexes = || 0..value.as_array().map_or(0, Vec::len);
    let branch = |step| way(Edge::Branch, step);
    match keyword {
        "$ref" => vec![branch(Step::Reference)],
        "allOf" | "anyOf" | "oneOf" => indexes().map(|at| branch(Step::Item(at))).collect(),
        "if" | "then" | "else" => vec![branch(Step::Whole)],
        "dependentSchemas" => names().map(|name| branch(Step::Member(name))).collect(),
        "properties" => names()
            .map(|name| way(Edge::Member(name), Step::Member(name)))
            .collect(),
        "patternProperties" => names()
            .map(|name| way(Edge::Members, Step::Member(name)))
            .collect(),
        "additionalProperties" | "unevaluatedProperties" => vec![way(Edge::Members, Step::Whole)],
        "prefixItems" => indexes()
            .map(|at| way(Edge::Item(at), Step::Item(at)))
            .collect(),
        "items" | "unevaluatedItems" | "contains" => vec![way(Edge::Items, Step::Whole)],
        _ => Vec::new(),
    }
}
