//! Schemas that a value has to keep to together, seen as one.

use serde_json::{Map, Value};

use crate::description::{Description, percent_decode};

/// A schema object.
pub(super) type Object = Map<String, Value>;

/// All that some schemas ask for together: themselves, what they refer to, and their `allOf`.
#[derive(Clone, Default)]
pub(super) struct Conjunction<'d> {
    /// Every schema object, own ones before those in their `allOf`.
    pub schemas: Vec<&'d Object>,
    /// Which of them were asked for directly, by their addresses: what a recursion comes back to.
    pub roots: Vec<usize>,
    /// No value can be valid.
    pub impossible: bool,
}

/// The types of JSON Schema, in the order in which they are tried where nothing is said.
pub(super) const TYPES: [&str; 7] = [
    "string", "integer", "object", "array", "boolean", "number", "null",
];

/// An address, which tells one node of the document from another.
pub(super) fn address<T: ?Sized>(node: &T) -> usize {
    std::ptr::from_ref(node).cast::<()>().addr()
}

impl<'d> Conjunction<'d> {
    /// What schemas ask for together.
    pub(super) fn of(description: &'d Description, asked: &[&'d Value]) -> Self {
        let mut all = Self::default();
        for schema in asked {
            all.add(description, schema, true);
        }
        all
    }

    fn add(&mut self, description: &'d Description, schema: &'d Value, is_root: bool) {
        let object = match schema {
            Value::Object(object) => object,
            Value::Bool(false) => {
                self.impossible = true;
                return;
            }
            _ => return,
        };
        if self.has(object) {
            return;
        }
        self.schemas.push(object);
        if is_root && !object.contains_key("$ref") {
            self.roots.push(address(object));
        }
        if let Some(target) = referred(description, object) {
            self.add(description, target, is_root);
        }
        for member in list(object, "allOf") {
            self.add(description, member, false);
        }
    }

    /// Whether a schema object is among them.
    pub(super) fn has(&self, object: &Object) -> bool {
        self.schemas
            .iter()
            .any(|other| std::ptr::eq(*other, object))
    }

    /// The values of a keyword in all of them.
    pub(super) fn all<'k>(
        &self,
        keyword: &'k str,
    ) -> impl Iterator<Item = &'d Value> + use<'_, 'd, 'k> {
        self.schemas
            .iter()
            .filter_map(move |schema| schema.get(keyword))
    }

    /// The texts of a keyword in all of them.
    pub(super) fn texts<'k>(
        &self,
        keyword: &'k str,
    ) -> impl Iterator<Item = &'d str> + use<'_, 'd, 'k> {
        self.all(keyword).filter_map(Value::as_str)
    }

    /// The greatest lower limit of a count.
    pub(super) fn least(&self, keyword: &str) -> Option<u64> {
        self.all(keyword).filter_map(count).max()
    }

    /// The smallest upper limit of a count.
    pub(super) fn most(&self, keyword: &str) -> Option<u64> {
        self.all(keyword).filter_map(count).min()
    }

    /// The types that all of them allow, in the order of the first that says something; `null` last.
    /// `None` where nothing is said.
    pub(super) fn types(&self) -> Option<Vec<&'d str>> {
        let mut types: Option<Vec<&'d str>> = None;
        for said in self.all("type") {
            let said: Vec<&str> = match said {
                Value::String(name) => vec![name],
                Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            types = Some(match types {
                None => said,
                Some(known) => both(&known, &said),
            });
        }
        let excluded: Vec<&str> = self.all("not").filter_map(only_type).collect();
        let mut types = types?;
        types.retain(|name| !excluded.contains(name));
        types.sort_by_key(|name| *name == "null");
        types.dedup();
        Some(types)
    }

    /// Whether a value has a type that is allowed and is one of those that `enum` and `const` list.
    pub(super) fn lists(&self, value: &Value) -> bool {
        let is_listed = |list: &Value| match list {
            Value::Array(list) => list.iter().any(|listed| same(listed, value)),
            _ => true,
        };
        let is_typed = |types: Vec<&str>| types.iter().any(|name| is_of_type(value, name));
        self.all("enum").all(is_listed)
            && self.all("const").all(|listed| same(listed, value))
            && self.types().is_none_or(is_typed)
    }

    /// Whether the values are listed.
    pub(super) fn is_listed(&self) -> bool {
        self.schemas
            .iter()
            .any(|schema| schema.contains_key("enum") || schema.contains_key("const"))
    }

    /// The names that have to be there.
    pub(super) fn required(&self) -> Vec<&'d str> {
        let lists = self.all("required").filter_map(Value::as_array);
        let mut names: Vec<&str> = Vec::new();
        for name in lists.flatten().filter_map(Value::as_str) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// What a schema's `$ref` leads to.
pub(super) fn referred<'d>(description: &'d Description, schema: &Object) -> Option<&'d Value> {
    let reference = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    description.at(&percent_decode(reference))
}

/// A keyword's list; empty when it has none.
pub(super) fn list<'d>(schema: &'d Object, keyword: &str) -> &'d [Value] {
    schema
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Whether a value is of a type; a number without a fraction is an integer.
pub(super) fn is_of_type(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
        Value::Number(number) => {
            let is_whole = || number.as_f64().is_some_and(|number| number.fract() == 0.0);
            name == "number" || (name == "integer" && is_whole())
        }
    }
}

/// `1` and `1.0` are the same.
fn same(one: &Value, other: &Value) -> bool {
    let as_floats = || Some(one.as_f64()? == other.as_f64()? && one.as_i64() == other.as_i64());
    one == other || as_floats().unwrap_or(false)
}

fn both<'d>(known: &[&'d str], said: &[&'d str]) -> Vec<&'d str> {
    let mut types = Vec::new();
    for name in known {
        if said.contains(name) {
            types.push(*name);
        } else if matches!(*name, "integer" | "number")
            && (said.contains(&"number") || said.contains(&"integer"))
        {
            types.push("integer");
        }
    }
    types
}

/// The type that a schema is all about.
fn only_type(schema: &Value) -> Option<&str> {
    let schema = schema.as_object()?;
    (schema.len() == 1).then(|| schema.get("type")?.as_str())?
}

/// `3.0` is a count too.
fn count(value: &Value) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and not negative"
    )]
    let whole = |number: f64| (number >= 0.0 && number.fract() == 0.0).then_some(number as u64);
    value.as_u64().or_else(|| whole(value.as_f64()?))
}
