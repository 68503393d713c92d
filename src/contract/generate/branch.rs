//! The ways to keep to schemas that leave a choice: `oneOf`, `anyOf`, `if`, `dependentSchemas`,
//! discriminators.

use serde_json::Value;

use super::{
    conjunction::{Conjunction, Object, address, list},
    discriminator,
    plan::{Branch, Plan},
};
use crate::description::Description;

/// How many ways are looked at for one value.
const MAX_PLANS: usize = 200;

/// Looks at each way in turn until one gives something. The first branches come first, and those
/// that are only `null` last.
pub(super) fn first_way<'d, T>(
    description: &'d Description,
    asked: &[&'d Value],
    visit: &mut dyn FnMut(&Plan<'d>) -> Option<T>,
) -> Option<T> {
    let mut explorer = Explorer {
        description,
        asked: asked.to_vec(),
        taken: Vec::new(),
        left: MAX_PLANS,
    };
    explorer.explore(visit)
}

struct Explorer<'d> {
    description: &'d Description,
    asked: Vec<&'d Value>,
    /// The choices made, each by the address of its keyword.
    taken: Vec<(usize, Branch<'d>)>,
    left: usize,
}

impl<'d> Explorer<'d> {
    fn explore<T>(&mut self, visit: &mut dyn FnMut(&Plan<'d>) -> Option<T>) -> Option<T> {
        let all = Conjunction::of(self.description, &self.asked);
        if all.impossible || all.types().is_some_and(|types| types.is_empty()) || self.left == 0 {
            return None;
        }
        let Some((keyword, branches)) = self.next_choice(&all) else {
            self.left -= 1;
            let plan = self.plan(all);
            return visit(&plan);
        };
        for branch in branches {
            let before = self.asked.len();
            self.asked.extend(branch.adds);
            self.asked.extend(branch.also);
            self.taken.push((keyword, branch));
            let found = self.explore(visit);
            self.taken.pop();
            self.asked.truncate(before);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn plan(&self, all: Conjunction<'d>) -> Plan<'d> {
        let branches = || self.taken.iter().map(|(_, branch)| branch);
        let mut hints: Vec<_> = branches()
            .filter_map(|branch| branch.hint.clone())
            .collect();
        hints.extend(discriminator::own_name(self.description, &all));
        let rival_schemas: Vec<&Value> = branches()
            .flat_map(|branch| branch.rivals.iter().copied())
            .chain(all.all("not"))
            .collect();
        let names = |rival: &&'d Value| names_in(self.description, rival);
        Plan {
            rivals: rival_schemas.iter().flat_map(names).collect(),
            rival_schemas,
            without: branches().filter_map(|branch| branch.without).collect(),
            choices: self
                .taken
                .iter()
                .map(|(keyword, branch)| (*keyword, branch.index))
                .collect(),
            hints,
            all,
        }
    }

    /// A choice that is still open, and its branches.
    fn next_choice(&self, all: &Conjunction<'d>) -> Option<(usize, Vec<Branch<'d>>)> {
        let is_open = |keyword: usize| self.taken.iter().all(|(taken, _)| *taken != keyword);
        for schema in &all.schemas {
            for keyword in ["oneOf", "anyOf"] {
                let branches = list(schema, keyword);
                if !branches.is_empty() && is_open(address(branches)) {
                    return Some((address(branches), self.of_list(schema, keyword, branches)));
                }
            }
            if let Some(condition) = schema.get("if")
                && (schema.contains_key("then") || schema.contains_key("else"))
                && is_open(address(condition))
            {
                return Some((address(condition), conditional(schema, condition)));
            }
            let dependents = schema.get("dependentSchemas").and_then(Value::as_object);
            for (name, dependent) in dependents.into_iter().flatten() {
                if is_open(address(dependent)) {
                    return Some((address(dependent), dependence(name, dependent)));
                }
            }
            if let Some(discriminator) = schema.get("discriminator")
                && is_open(address(discriminator))
                && let Some(branches) = discriminator::mapped(self.description, schema, all)
            {
                return Some((address(discriminator), branches));
            }
        }
        None
    }

    fn of_list(&self, schema: &'d Object, keyword: &str, list: &'d [Value]) -> Vec<Branch<'d>> {
        let mut branches: Vec<Branch<'d>> = Vec::new();
        for (index, branch) in list.iter().enumerate() {
            let others = list.iter().enumerate().filter(|(other, _)| *other != index);
            let rivals = match keyword {
                "oneOf" => others.map(|(_, other)| other).collect(),
                _ => Vec::new(),
            };
            branches.push(Branch {
                index,
                adds: Some(branch),
                hint: discriminator::value_of(self.description, schema, branch),
                rivals,
                ..Branch::default()
            });
        }
        branches.sort_by_key(|branch| branch.adds.is_some_and(is_null));
        branches
    }
}

fn conditional<'d>(schema: &'d Object, condition: &'d Value) -> Vec<Branch<'d>> {
    let holds = Branch {
        adds: Some(condition),
        also: schema.get("then"),
        ..Branch::default()
    };
    let fails = Branch {
        index: 1,
        adds: schema.get("else"),
        rivals: vec![condition],
        ..Branch::default()
    };
    vec![holds, fails]
}

fn dependence<'d>(name: &'d str, dependent: &'d Value) -> Vec<Branch<'d>> {
    let with = Branch {
        adds: Some(dependent),
        ..Branch::default()
    };
    let without = Branch {
        index: 1,
        without: Some(name),
        ..Branch::default()
    };
    vec![with, without]
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
        || schema.get("const").is_some_and(Value::is_null)
}

/// The names of properties that a schema speaks of.
fn names_in<'d>(description: &'d Description, schema: &'d Value) -> Vec<&'d str> {
    let all = Conjunction::of(description, &[schema]);
    let properties = all.all("properties").filter_map(Value::as_object);
    let declared = properties.flat_map(|all| all.keys().map(String::as_str));
    let mut names = all.required();
    names.extend(declared);
    names
}
