//! What schemas say of one value.

use std::ptr;

use serde_json::{Map, Number, Value};

use crate::description::{Description, percent_decode};

/// No schema has more parts than this.
const MAX_PARTS: usize = 200;

/// The keywords that are about one value: those of a schema, of what it refers to, and of its parts and
/// branches. What only some of them ask for is an edge all the same.
#[derive(Debug, Default)]
pub(super) struct Said<'d>(Vec<&'d Map<String, Value>>);

impl<'d> Said<'d> {
    pub(super) fn of(
        description: &'d Description,
        schemas: impl IntoIterator<Item = &'d Value>,
    ) -> Self {
        let mut said = Self::default();
        schemas
            .into_iter()
            .for_each(|schema| said.add(description, schema));
        said
    }

    fn add(&mut self, description: &'d Description, schema: &'d Value) {
        let Value::Object(keywords) = schema else {
            return;
        };
        let is_known = self.0.iter().any(|known| ptr::eq(*known, keywords));
        if is_known || self.0.len() >= MAX_PARTS {
            return;
        }
        self.0.push(keywords);
        let target = keywords.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|it| it.strip_prefix('#'));
        if let Some(target) = target.and_then(|it| description.at(&percent_decode(it))) {
            self.add(description, target);
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let parts = keywords.get(keyword).and_then(Value::as_array);
            for part in parts.into_iter().flatten() {
                self.add(description, part);
            }
        }
        for keyword in ["then", "else"] {
            if let Some(part) = keywords.get(keyword) {
                self.add(description, part);
            }
        }
    }

    /// The values of a keyword.
    pub(super) fn all(&self, keyword: &str) -> impl Iterator<Item = &'d Value> {
        self.0.iter().filter_map(move |it| it.get(keyword))
    }

    /// The values of a keyword that are numbers.
    pub(super) fn numbers(&self, keyword: &str) -> impl Iterator<Item = &'d Number> {
        self.all(keyword).filter_map(|value| match value {
            Value::Number(number) => Some(number),
            _ => None,
        })
    }

    /// The values of a keyword that are sizes of what can be made.
    pub(super) fn sizes(&self, keyword: &str, most: usize) -> impl Iterator<Item = usize> {
        let sizes = self.numbers(keyword).filter_map(Number::as_u64);
        let sizes = sizes.filter_map(|size| usize::try_from(size).ok());
        sizes.filter(move |size| *size <= most)
    }

    /// The values of a keyword that are texts.
    pub(super) fn texts(&self, keyword: &str) -> impl Iterator<Item = &'d str> {
        self.all(keyword).filter_map(Value::as_str)
    }

    /// Whether one of the schemas has a type, or none has any.
    pub(super) fn has_type(&self, name: &str) -> bool {
        let mut types = self.types().peekable();
        types.peek().is_none() || types.any(|it| it == name)
    }

    fn types(&self) -> impl Iterator<Item = &'d str> {
        self.all("type").flat_map(|value| match value {
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect::<Vec<_>>(),
        })
    }

    /// The schemas of a member of an object.
    pub(super) fn member(&self, name: &str) -> Vec<&'d Value> {
        let of = |keywords: &&'d Map<String, Value>| {
            let properties = keywords.get("properties").and_then(Value::as_object);
            let known = properties.and_then(|properties| properties.get(name));
            known.or_else(|| keywords.get("additionalProperties"))
        };
        self.0.iter().filter_map(of).collect()
    }

    /// The schemas of the first item of an array.
    pub(super) fn item(&self) -> Vec<&'d Value> {
        let of = |keywords: &&'d Map<String, Value>| {
            let prefix = keywords.get("prefixItems").and_then(Value::as_array);
            let first = prefix.and_then(|prefix| prefix.first());
            first.or_else(|| keywords.get("items"))
        };
        self.0.iter().filter_map(of).collect()
    }
}
