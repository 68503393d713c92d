//! Discriminators (OpenAPI 3.1.1, "Discriminator Object") as JSON Schema can say them: the property's
//! value decides which schema holds, and an unknown value is a fault of the property.
//!
//! Two forms are in use. Beside `oneOf` or `anyOf` the value chooses among the branches. In a schema
//! by itself it chooses among the schemas that have this one in their `allOf`.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::each_subschema_at;
use crate::description::{Description, fragment, join, percent_decode, tokens};

/// The member that holds what a schema says itself, where it also decides for its children.
pub(in crate::contract::schema) const OWN: &str = "x-mynah-own";

/// Schemas that extend each other are followed no deeper than this.
const MAX_DEPTH: usize = 16;

/// Rewrites each discriminator of a document.
pub(super) fn decide(description: &Description, root: &mut Value) {
    let mut found = Vec::new();
    for pointer in description.schemas() {
        if let Some(schema) = description.at(pointer) {
            collect(schema, pointer, &mut found);
        }
    }
    if found.is_empty() {
        return;
    }
    let extending = extending(description);
    for pointer in found {
        let Some(Value::Object(schema)) = description.at(&pointer) else {
            continue;
        };
        let Some(discriminator) = Discriminator::of(schema) else {
            continue;
        };
        match branches(schema) {
            Some((keyword, branches)) => {
                let cases = discriminator.cases(description, &branches);
                if are_ambiguous(&cases) {
                    continue;
                }
                if let Some(Value::Object(view)) = root.pointer_mut(&pointer) {
                    view.remove(keyword);
                    discriminator.add_to(view, &cases);
                }
            }
            None if schema.contains_key("oneOf") || schema.contains_key("anyOf") => {}
            None => {
                decide_for_children(description, &discriminator, root, &pointer, &extending);
            }
        }
    }
}

/// The pointers to the schemas that have a discriminator.
fn collect(schema: &Value, pointer: &str, found: &mut Vec<String>) {
    let Value::Object(members) = schema else {
        return;
    };
    if members.get("discriminator").is_some_and(Value::is_object) {
        found.push(pointer.to_owned());
    }
    each_subschema_at(members, pointer, |at, schema| {
        collect(schema, &at, found);
    });
}

/// Where each named schema is extended: the pointers to the named schemas that have it in `allOf`.
fn extending(description: &Description) -> HashMap<String, Vec<String>> {
    let mut extending: HashMap<String, Vec<String>> = HashMap::new();
    for pointer in description.schemas() {
        let all = description.at(&join(pointer, "allOf"));
        for part in all.and_then(Value::as_array).into_iter().flatten() {
            if let Some(target) = target(part) {
                extending.entry(target).or_default().push(pointer.clone());
            }
        }
    }
    extending
}

/// The branches of `oneOf` or `anyOf`, as pointers, where all are references.
fn branches(schema: &Map<String, Value>) -> Option<(&'static str, Vec<String>)> {
    ["oneOf", "anyOf"].into_iter().find_map(|keyword| {
        let branches = schema.get(keyword)?.as_array()?;
        let targets: Option<Vec<String>> = branches.iter().map(target).collect();
        Some((keyword, targets.filter(|targets| !targets.is_empty())?))
    })
}

fn target(schema: &Value) -> Option<String> {
    let fragment = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    Some(percent_decode(fragment))
}

struct Discriminator<'d> {
    property: &'d str,
    /// Values and the pointers that they are mapped to.
    mapping: Vec<(&'d str, String)>,
    /// What holds where the property has no known value (OpenAPI 3.2.0, `defaultMapping`).
    default: Option<String>,
}

/// The values that choose a schema, and its pointer.
type Case = (Vec<String>, String);

impl<'d> Discriminator<'d> {
    fn of(schema: &'d Map<String, Value>) -> Option<Self> {
        let object = schema.get("discriminator")?.as_object()?;
        let mapping = object.get("mapping").and_then(Value::as_object);
        let pointer = |text: &str| text.strip_prefix('#').map(percent_decode);
        Some(Self {
            property: object.get("propertyName")?.as_str()?,
            mapping: mapping
                .into_iter()
                .flatten()
                .filter_map(|(value, target)| Some((value.as_str(), pointer(target.as_str()?)?)))
                .collect(),
            default: object
                .get("defaultMapping")
                .and_then(Value::as_str)
                .and_then(pointer),
        })
    }

    /// The values of each branch: those that are mapped to it, else those that it allows itself (many
    /// descriptions say no more, and no other could be valid), else its name.
    fn cases(&self, description: &Description, branches: &[String]) -> Vec<Case> {
        let values = |branch: &String| {
            let mapped = self.mapping.iter().filter(|(_, target)| target == branch);
            let mapped: Vec<String> = mapped.map(|(value, _)| (*value).to_owned()).collect();
            if !mapped.is_empty() {
                return mapped;
            }
            let own = allowed(description, branch, self.property, 0);
            own.unwrap_or_else(|| tokens(branch).last().into_iter().collect())
        };
        branches.iter().map(|it| (values(it), it.clone())).collect()
    }

    /// Adds to a schema that the property's value decides.
    fn add_to(&self, schema: &mut Map<String, Value>, cases: &[Case]) {
        let property = self.property;
        let known: Vec<&String> = cases.iter().flat_map(|(values, _)| values).collect();
        let is_one_of = |values: &[&String]| json!({"required": [property], "properties": {property: {"enum": values}}});
        let mut parts = match &self.default {
            None => vec![is_one_of(&known)],
            Some(default) => {
                vec![json!({"if": is_one_of(&known), "else": {"$ref": fragment(default)}})]
            }
        };
        for (values, target) in cases {
            let values: Vec<&String> = values.iter().collect();
            parts.push(json!({"if": is_one_of(&values), "then": {"$ref": fragment(target)}}));
        }
        let all = schema.entry("allOf").or_insert_with(|| json!([]));
        if let Value::Array(all) = all {
            all.extend(parts);
        }
    }
}

/// Whether one value would choose two schemas.
fn are_ambiguous(cases: &[Case]) -> bool {
    let mut seen = HashSet::new();
    let mut values = cases.iter().flat_map(|(values, _)| values);
    values.any(|value| !seen.insert(value))
}

/// The values that a schema allows a property to have, by `const` or `enum`, also in its `allOf`.
fn allowed(
    description: &Description,
    schema: &str,
    property: &str,
    depth: usize,
) -> Option<Vec<String>> {
    if depth > MAX_DEPTH {
        return None;
    }
    let schema = description.resolve(schema).ok()?;
    let named = join(&join(&schema, "properties"), property);
    let known = description.resolve(&named).ok().and_then(|place| {
        let property = description.at(&place)?;
        let listed = property.get("enum").and_then(Value::as_array).cloned();
        let values = listed.or_else(|| Some(vec![property.get("const")?.clone()]))?;
        values
            .iter()
            .map(|it| Some(it.as_str()?.to_owned()))
            .collect()
    });
    known.or_else(|| {
        let all = join(&schema, "allOf");
        let parts = description.at(&all)?.as_array()?.len();
        let part = |index: usize| join(&all, &index.to_string());
        (0..parts).find_map(|index| allowed(description, &part(index), property, depth + 1))
    })
}

/// A schema that decides among those that extend it: these have its own part only, or it would be
/// held against them again and again.
fn decide_for_children(
    description: &Description,
    discriminator: &Discriminator<'_>,
    root: &mut Value,
    pointer: &str,
    extending: &HashMap<String, Vec<String>>,
) {
    let children = children(pointer, extending);
    let mut targets: Vec<String> = discriminator
        .mapping
        .iter()
        .map(|(_, it)| it.clone())
        .collect();
    targets.extend(children.iter().cloned());
    targets.retain(|target| target != pointer);
    let mut seen = HashSet::new();
    targets.retain(|target| seen.insert(target.clone()));
    if targets.is_empty() {
        return;
    }
    let own = join(pointer, OWN);
    for child in &children {
        redirect(root.pointer_mut(&join(child, "allOf")), pointer, &own);
    }
    let Some(Value::Object(schema)) = root.pointer_mut(pointer) else {
        return;
    };
    let said = std::mem::take(schema);
    schema.insert(OWN.to_owned(), Value::Object(said));
    schema.insert("allOf".to_owned(), json!([{"$ref": fragment(&own)}]));
    let mut cases = discriminator.cases(description, &targets);
    // A value of the schema itself, which is no more than that.
    cases.extend(
        discriminator
            .cases(description, &[pointer.to_owned()])
            .into_iter()
            .map(|(values, _)| (values, own.clone())),
    );
    discriminator.add_to(schema, &cases);
}

/// The schemas that extend one, and those that extend these.
fn children(pointer: &str, extending: &HashMap<String, Vec<String>>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = vec![(pointer.to_owned(), 0)];
    while let Some((parent, depth)) = open.pop() {
        for child in extending.get(&parent).into_iter().flatten() {
            if depth < MAX_DEPTH && child != pointer && !all.contains(child) {
                all.push(child.clone());
                open.push((child.clone(), depth + 1));
            }
        }
    }
    all
}

fn redirect(all: Option<&mut Value>, from: &str, to: &str) {
    let parts = all.and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        if target(part).as_deref() == Some(from)
            && let Some(reference) = part.get_mut("$ref")
        {
            *reference = Value::from(fragment(to));
        }
    }
}
