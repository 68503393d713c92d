//! Query parameters and bodies that are not described, which a strict API refuses.
//!
//! Header fields and cookies are let pass always: clients and proxies add fields of their own, and a
//! browser sends every cookie that it has for the host.

use std::collections::HashSet;

use crate::{
    contract::{Api, Formats, In, Operation, Parameter},
    exchange::{Place, Request, Rule, Violation},
};

use super::pairs::Pairs;

/// Reports each query parameter that nothing describes, with the nearest name that there is.
pub(super) fn report(
    api: &Api,
    operation: &Operation,
    request: &Request,
    formats: Formats,
    violations: &mut Vec<Violation>,
) {
    let query = Pairs::of_query(request);
    let mut seen = HashSet::new();
    for (name, _) in query.all() {
        if is_declared(operation, formats, name) || !seen.insert(name) {
            continue;
        }
        violations.push(Violation {
            place: Place::Query(name.into()),
            rule: Rule::Undeclared,
            message: message(operation, name),
            stated: Some(api.locate(operation.pointer())),
        });
    }
}

/// Reports a body where none is described.
pub(super) fn report_body(
    api: &Api,
    operation: &Operation,
    request: &Request,
    violations: &mut Vec<Violation>,
) {
    if operation.body.is_none() && !request.body.is_empty() {
        violations.push(Violation {
            place: Place::Body(String::new()),
            rule: Rule::Undeclared,
            message: "not documented; this operation takes no body".to_owned(),
            stated: Some(api.locate(operation.pointer())),
        });
    }
}

fn is_declared(operation: &Operation, formats: Formats, name: &str) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.any(|it| it.claims(name) || takes_any(it) || is_formatted(it, formats, name))
        || operation.has_query_credential(name)
        || operation.path_query().any(|own| own == name)
        // The names that ask a fake for another reply.
        || name.starts_with("__")
}

/// Whether every name belongs to a parameter: it is a map that is spread over the query.
fn takes_any(parameter: &Parameter) -> bool {
    parameter.is_spread() && parameter.shape().is_free_form()
}

/// Whether a name belongs to a parameter that the client writes in a format of its own.
fn is_formatted(parameter: &Parameter, formats: Formats, name: &str) -> bool {
    let root = name.split(['[', '.']).next().unwrap_or(name);
    let is_list = parameter.shape().array.is_some() && formats.array.is_some();
    let is_object = parameter.shape().object.is_some() && formats.object.is_some();
    let is_property = is_object && parameter.shape().property(root).is_some();
    parameter.place == In::Query
        && (is_list || is_object)
        && (root == &*parameter.name || is_property)
}

fn message(operation: &Operation, name: &str) -> String {
    let known = names(operation);
    match nearest(name, &known) {
        Some(other) => format!("not documented; did you mean `{other}`?"),
        None if known.is_empty() => "not documented; no query parameter is".to_owned(),
        None => format!("not documented; there are: {}", listed(&known)),
    }
}

/// How many names a message lists at most.
const MAX_NAMED: usize = 10;

fn listed(names: &[&str]) -> String {
    let shown = names[..names.len().min(MAX_NAMED)].join(", ");
    match names.len().saturating_sub(MAX_NAMED) {
        0 => shown,
        more => format!("{shown}, and {more} more"),
    }
}

/// The names that a query may have.
fn names(operation: &Operation) -> Vec<&str> {
    let in_query = operation
        .parameters
        .iter()
        .filter(|it| it.place == In::Query);
    in_query
        .flat_map(|parameter| match parameter.is_spread() {
            true => {
                let properties = parameter.shape().object.iter().flatten();
                properties.map(|(name, _)| name.as_str()).collect()
            }
            false => vec![&*parameter.name],
        })
        .collect()
}

/// The name that differs least, when that is little enough to be a slip.
fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let distance = |other: &&&str| distance(&name.to_lowercase(), &other.to_lowercase());
    let nearest = known.iter().min_by_key(distance)?;
    (distance(&nearest) <= 1 + name.chars().count() / 4).then_some(nearest)
}

/// How many characters have to be put in, taken out or changed (Levenshtein's distance).
fn distance(one: &str, other: &str) -> usize {
    // A name longer than any sensible one is near to none.
    if one.len() > 64 || other.len() > 64 {
        return usize::MAX;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, character) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (index, with) in other.iter().enumerate() {
            let changed = diagonal + usize::from(character != *with);
            diagonal = row[index + 1];
            row[index + 1] = changed.min(diagonal + 1).min(row[index] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_one_that_a_slip_makes_of_it() {
        let known = ["limit", "offset", "id", "sort_by"];
        for (name, want) in [
            ("lmit", Some("limit")),
            ("Limit", Some("limit")),
            ("limits", Some("limit")),
            ("ID", Some("id")),
            ("sortBy", Some("sort_by")),
            ("colour", None),
            ("x", None),
        ] {
            assert_eq!(nearest(name, &known), want, "{name}");
        }
    }
}
