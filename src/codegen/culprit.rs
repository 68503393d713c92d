//! Which part of a description the generator refuses: it says what is wrong, seldom where.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    document::{object, operations, schema_name},
    generate,
    lower::Lowered,
    names::type_name,
    schemas::visit,
};
use crate::description::{Description, Finding, FindingCode};

/// A longer reason is a dump of data structures.
const MAX_REASON: usize = 200;

/// A refusal as a finding at the smallest part that is refused on its own.
pub(super) fn explain(description: &Description, lowered: &Lowered, reason: &str) -> Finding {
    let (pointer, reason) = namesake(lowered)
        .or_else(|| refused_schema(lowered))
        .or_else(|| refused_operation(lowered))
        .unwrap_or_else(|| (String::new(), reason.to_owned()));
    let message = format!(
        "no Rust types can be generated from this ({}): write it more simply, or take the file out of `specs/`",
        first_line(&reason)
    );
    description.finding(FindingCode::Unsupported, &pointer, message)
}

/// A schema whose type has the name of another's.
fn namesake(lowered: &Lowered) -> Option<(String, String)> {
    let mut taken: HashMap<_, &String> = HashMap::new();
    lowered.schemas.map.keys().find_map(|name| {
        let other = taken.insert(type_name(name), name)?;
        let reason = format!(
            "`{other}` and `{name}` would both become the type `{}`",
            type_name(name)
        );
        Some((lowered.schemas.origin(name).to_owned(), reason))
    })
}

/// The refused schema that refers to the fewest others.
fn refused_schema(lowered: &Lowered) -> Option<(String, String)> {
    let names = lowered.schemas.map.keys();
    let mut sizes: Vec<_> = names
        .map(|name| (reachable(lowered, [name.clone()]), name))
        .collect();
    sizes.sort_by_key(|(schemas, _)| schemas.len());
    sizes.into_iter().find_map(|(schemas, name)| {
        let reason = generate::run(&excerpt(lowered, &Map::new(), &schemas)).err()?;
        Some((lowered.schemas.origin(name).to_owned(), reason))
    })
}

fn refused_operation(lowered: &Lowered) -> Option<(String, String)> {
    let all: HashSet<_> = lowered.schemas.map.keys().cloned().collect();
    operations(&lowered.document).into_iter().find_map(|place| {
        let operation = lowered.document.pointer(&place.pointer)?.clone();
        let item = Map::from_iter([(place.method, operation)]);
        let paths = Map::from_iter([(place.path, Value::Object(item))]);
        let reason = generate::run(&excerpt(lowered, &paths, &all)).err()?;
        Some((place.pointer, reason))
    })
}

/// These schemas and all that they refer to.
fn reachable(lowered: &Lowered, from: impl IntoIterator<Item = String>) -> HashSet<String> {
    let mut pending: Vec<_> = from.into_iter().collect();
    let mut reached = HashSet::new();
    while let Some(name) = pending.pop() {
        let Some(mut schema) = lowered.schemas.map.get(&name).cloned() else {
            continue;
        };
        if reached.insert(name) {
            visit(&mut schema, &mut |schema| {
                pending.extend(schema_name(schema))
            });
        }
    }
    reached
}

fn excerpt(lowered: &Lowered, paths: &Map<String, Value>, schemas: &HashSet<String>) -> Value {
    let mut document = lowered.document.clone();
    document["paths"] = Value::Object(paths.clone());
    let kept: Map<_, _> = object(document.pointer("/components/schemas"))
        .filter(|(name, _)| schemas.contains(*name))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    document["components"]["schemas"] = Value::Object(kept);
    document
}

fn first_line(reason: &str) -> String {
    let line = reason.lines().next().unwrap_or_default();
    match line.char_indices().nth(MAX_REASON) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codegen::{Parts, lower::lower},
        description::Source,
    };

    #[test]
    fn a_refused_schema_is_found_among_others() {
        let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
                    Outer: {properties: {a: {$ref: '#/components/schemas/Bad'}}}\n    \
                    Bad:\n      type: any\n    Good: {type: string}\n";
        let description = Description::load(Source::new("specs/a.yaml", text)).unwrap();
        let lowered = lower(&description);
        let reason = generate::generate(&lowered, Parts::Types)
            .map(drop)
            .unwrap_err();
        let finding = explain(&description, &lowered, &reason).to_string();
        assert!(
            finding.starts_with("specs/a.yaml:8:7: error[unsupported]: no Rust types"),
            "{finding}"
        );
        assert!(!finding.contains('\n'), "{finding}");
    }
}
