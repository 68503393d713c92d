//! Properties of objects: which there are, which have to be there, and whether there may be others.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use regex::Regex;
use serde_json::Value;

use super::{Step, both::Both, view::View};
use crate::{
    contract::Direction,
    diff::{
        ChangeRule::{self, *},
        pairing::{Paired, paired},
        tree::{Part, Tree},
    },
};

/// What objects of a schema may have.
struct Members<'d> {
    /// The properties that are described, each with the schemas that hold for it.
    described: Vec<(&'d str, Vec<Part<'d>>)>,
    /// The names of those that do not go this way.
    excluded: HashSet<&'d str>,
    /// The properties that have to be there, with where it says so.
    required: HashMap<&'d str, Rc<str>>,
    others: Others<'d>,
}

/// What other properties there may be.
#[derive(Clone)]
enum Others<'d> {
    /// None.
    None,
    /// Those that these schemas hold for.
    Of(Vec<Part<'d>>),
}

/// Compares the properties.
pub(super) fn compare(both: &mut Both<'_, '_>) {
    let old = Members::new(both.old_tree, &both.old, both.direction);
    let new = Members::new(both.new_tree, &both.new, both.direction);
    for Paired {
        key,
        old: was,
        new: is,
    } in paired(old.described.clone(), new.described.clone())
    {
        let names = (old.excluded.contains(key), new.excluded.contains(key));
        match (was, is) {
            (Some(_), Some(_)) if names == (true, true) => {}
            (Some(was), Some(is)) => kept(both, key, (was, is), names),
            (Some(was), None) if !names.0 => removed(both, key, was, (&old, &new)),
            (None, Some(is)) if !names.1 => added(both, key, is, (&old, &new)),
            _ => {}
        }
    }
    required(both, &old, &new);
    others(both, &old, &new);
}

fn kept<'d>(
    both: &mut Both<'_, 'd>,
    name: &str,
    (was, is): (Vec<Part<'d>>, Vec<Part<'d>>),
    excluded: (bool, bool),
) {
    let places = (pointer(&was), pointer(&is));
    let keyword = both.direction.excluded_by();
    let (now, no_more) = match both.direction {
        Direction::Request => (ReadOnlyAdded, ReadOnlyRemoved),
        Direction::Reply => (WriteOnlyAdded, WriteOnlyRemoved),
    };
    match excluded {
        (false, true) => {
            both.tell_at(
                now,
                places.clone(),
                Some(name),
                format!("the property is `{keyword}` now"),
            );
        }
        (true, false) => {
            both.tell_at(
                no_more,
                places.clone(),
                Some(name),
                format!("the property is `{keyword}` no more"),
            );
        }
        _ => {}
    }
    match (is_allowed(&both.old, name), is_allowed(&both.new, name)) {
        (true, false) => {
            let message = "the property is not allowed any more".to_owned();
            both.tell_at(PropertyForbidden, places, Some(name), message);
        }
        (false, true) => {
            both.tell_at(
                PropertyAllowed,
                places,
                Some(name),
                "the property is allowed now".to_owned(),
            );
        }
        _ => {}
    }
    both.child(Step::Property(name.into()), was, is);
}

fn removed<'d>(
    both: &mut Both<'_, 'd>,
    name: &str,
    was: Vec<Part<'d>>,
    (old, new): (&Members<'d>, &Members<'d>),
) {
    let places = (pointer(&was), both.new.place("properties"));
    let was_required = old.required.contains_key(name) && !new.required.contains_key(name);
    match new.others.for_name(&both.new, name) {
        Others::None => {
            let message = "the property is there no more, and no other is allowed".to_owned();
            both.tell_at(PropertyForbidden, places, Some(name), message);
        }
        Others::Of(others) => {
            let (rule, message) = match was_required {
                true => (
                    RequiredPropertyRemoved,
                    "the property is there no more; it was required",
                ),
                false => (PropertyRemoved, "the property is there no more"),
            };
            both.tell_at(rule, places, Some(name), message.to_owned());
            if !others.is_empty() {
                both.child(Step::Property(name.into()), was, others);
            }
        }
    }
}

fn added<'d>(
    both: &mut Both<'_, 'd>,
    name: &str,
    is: Vec<Part<'d>>,
    (old, new): (&Members<'d>, &Members<'d>),
) {
    let places = (None, pointer(&is));
    let is_required = new.required.contains_key(name) && !old.required.contains_key(name);
    match old.others.for_name(&both.old, name) {
        Others::None => {
            let message = "the property is new, where no other was allowed".to_owned();
            both.tell_at(PropertyAllowed, places, Some(name), message);
        }
        Others::Of(others) => {
            let (rule, message) = match is_required {
                true => (RequiredPropertyAdded, "the property is new, and required"),
                false => (PropertyAdded, "the property is new"),
            };
            both.tell_at(rule, places, Some(name), message.to_owned());
            if !others.is_empty() {
                both.child(Step::Property(name.into()), others, is);
            }
        }
    }
}

/// Which properties have to be there now, and which no more. Of those that were added or removed, that is
/// said already where others are allowed.
fn required<'d>(both: &mut Both<'_, 'd>, old: &Members<'d>, new: &Members<'d>) {
    let described = |members: &Members<'d>| -> HashSet<&'d str> {
        members.described.iter().map(|(name, _)| *name).collect()
    };
    let (in_old, in_new) = (described(old), described(new));
    let is_told = |name: &str, here: &HashSet<&str>, there: &HashSet<&str>, others: Others<'_>| {
        here.contains(name) && !there.contains(name) && matches!(others, Others::Of(_))
    };
    let mut told: Vec<(ChangeRule, &str)> = Vec::new();
    for name in new.required.keys() {
        if !old.required.contains_key(name)
            && !is_told(name, &in_new, &in_old, old.others.for_name(&both.old, name))
        {
            told.push((PropertyRequired, name));
        }
    }
    for name in old.required.keys() {
        if !new.required.contains_key(name)
            && !is_told(name, &in_old, &in_new, new.others.for_name(&both.new, name))
        {
            told.push((PropertyOptional, name));
        }
    }
    told.sort_unstable();
    for (rule, name) in told {
        let place = |members: &Members<'d>, view: &View<'d>| {
            let schemas = members.described.iter().find(|(other, _)| *other == name);
            let stated = members.required.get(name).cloned();
            let described = schemas.and_then(|(_, schemas)| pointer(schemas));
            stated.or(described).or_else(|| view.place("required"))
        };
        let places = (place(old, &both.old), place(new, &both.new));
        let message = match rule {
            PropertyRequired => "the property is required now",
            _ => "the property is required no more",
        };
        both.tell_at(rule, places, Some(name), message.to_owned());
    }
}

/// What there may be beside the properties that are described.
fn others<'d>(both: &mut Both<'_, 'd>, old: &Members<'d>, new: &Members<'d>) {
    let keyword =
        match both.old.has("unevaluatedProperties") || both.new.has("unevaluatedProperties") {
            true => "unevaluatedProperties",
            false => "additionalProperties",
        };
    match (&old.others, &new.others) {
        (Others::None, Others::None) => {}
        (Others::None, Others::Of(_)) => {
            let message = "properties that are not described are allowed now";
            both.tell(AdditionalPropertiesOpened, keyword, message);
        }
        (Others::Of(_), Others::None) => {
            let message = "properties that are not described are allowed no more";
            both.tell(AdditionalPropertiesClosed, keyword, message);
        }
        (Others::Of(old), Others::Of(new)) if old.is_empty() && new.is_empty() => {}
        (Others::Of(old), Others::Of(new)) => {
            both.child(Step::OtherProperties, old.clone(), new.clone());
        }
    }
}

impl<'d> Members<'d> {
    fn new(tree: &Tree<'d>, view: &View<'d>, direction: Direction) -> Self {
        let mut described: Vec<(&str, Vec<Part<'d>>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (name, schema) in view
            .all("properties")
            .flat_map(|properties| properties.members())
        {
            let index = *places.entry(name).or_insert(described.len());
            match described.get_mut(index) {
                Some((_, schemas)) => schemas.push(schema),
                None => described.push((name, vec![schema])),
            }
        }
        let keyword = direction.excluded_by();
        let excluded = described
            .iter()
            .filter(|(_, schemas)| View::new(tree, schemas).flag(keyword));
        let excluded: HashSet<&str> = excluded.map(|(name, _)| *name).collect();
        let mut required = HashMap::new();
        for item in view.all("required").flat_map(|list| list.items()) {
            if let Some(name) = item.value.as_str().filter(|name| !excluded.contains(name)) {
                required.entry(name).or_insert(item.pointer);
            }
        }
        Self {
            described,
            excluded,
            required,
            others: Others::new(view),
        }
    }
}

impl<'d> Others<'d> {
    fn new(view: &View<'d>) -> Self {
        let mut schemas = Vec::new();
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            for schema in view.all(keyword) {
                match schema.value {
                    Value::Bool(false) => return Self::None,
                    Value::Object(members) if !members.is_empty() => schemas.push(schema),
                    _ => {}
                }
            }
        }
        Self::Of(schemas)
    }

    /// What a property of a name that is not described may be: what patterns of names say, else what is said
    /// of all others.
    fn for_name(&self, view: &View<'d>, name: &str) -> Self {
        let patterns = view.all("patternProperties").flat_map(|map| map.members());
        let matching = patterns.filter(|(pattern, _)| is_match(pattern, name));
        let matching: Vec<Part<'d>> = matching.map(|(_, schema)| schema).collect();
        match matching.is_empty() {
            true => self.clone(),
            false => Self::Of(matching),
        }
    }
}

/// Whether every part of a schema lets a property of this name be there.
fn is_allowed(view: &View<'_>, name: &str) -> bool {
    view.parts.iter().all(|part| {
        let is_closed = part.value.get("additionalProperties") == Some(&Value::Bool(false));
        !is_closed
            || part
                .get("properties")
                .is_some_and(|own| own.get(name).is_some())
            || matches_pattern(part, name)
    })
}

fn matches_pattern(part: &Part<'_>, name: &str) -> bool {
    let patterns = part
        .get("patternProperties")
        .map(|patterns| patterns.members());
    let mut patterns = patterns.into_iter().flatten();
    patterns.any(|(pattern, _)| is_match(pattern, name))
}

/// Whether a pattern matches a name; one that cannot be read here matches none.
fn is_match(pattern: &str, name: &str) -> bool {
    Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(name))
}

/// Where the first of some schemas stands.
fn pointer(schemas: &[Part<'_>]) -> Option<Rc<str>> {
    schemas.first().map(|schema| Rc::clone(&schema.pointer))
}
