//! What a description says of one place in a value.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::{
    is_secret_name,
    way::{Edge, ways},
};
use crate::{
    contract::{schema::Schema, shape::Shape},
    description::{Description, tokens},
};

/// A place in a value, by its name and by all schemas for it: those of every branch, since which of
/// them applies is not known of a value that is wrong.
///
/// ```
/// use mynah::{Api, Description, Source, contract::Described};
///
/// let text = r#"
/// openapi: 3.1.0
/// info: {title: T, version: '1'}
/// paths:
///   /users:
///     post:
///       requestBody: {content: {application/json: {schema: {properties: {pin: {format: password}}}}}}
///       responses: {'204': {description: Done}}
/// "#;
/// let api = Api::compile(Description::load(Source::new("t.yaml", text)).unwrap()).unwrap();
/// let content = &api.operations()[0].body.as_ref().unwrap().content[0];
/// let body = Described::by(content.schema.as_deref(), "");
/// assert!(body.at("/pin").is_secret());
/// assert!(!body.at("/name").is_secret());
/// assert!(body.at("/name/token").is_secret());
/// ```
#[derive(Clone)]
pub struct Described<'a> {
    name: String,
    description: Option<&'a Description>,
    /// By their pointers.
    schemas: BTreeSet<String>,
}

impl<'a> Described<'a> {
    /// A whole value: its name, empty for a body, and its schema, where it has one.
    pub fn by(schema: Option<&'a Schema>, name: &str) -> Self {
        let description = schema.map(Schema::description);
        let mut described = Self {
            name: name.to_owned(),
            description,
            schemas: BTreeSet::new(),
        };
        if let Some(schema) = schema {
            described.add(&schema.pointer);
        }
        described
    }

    /// The place at a JSON pointer below this one.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Self {
        let mut place = self.clone();
        for token in tokens(pointer) {
            place = place.below(&token);
        }
        place
    }

    /// The member of a name, or the item of a number: whichever this place has.
    #[must_use]
    pub fn below(&self, token: &str) -> Self {
        let item = token.parse().ok().map(|index| self.item(index));
        match item {
            // A number may be the name of a member.
            Some(item) if !item.schemas.is_empty() => item,
            _ => self.member(token),
        }
    }

    /// The member of a name.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        self.child(name, |edge| match edge {
            Edge::Member(own) => *own == name,
            Edge::Members => true,
            _ => false,
        })
    }

    /// The item at an index, which has the name of its list.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.child(&self.name, |edge| match edge {
            Edge::Item(own) => *own == index,
            Edge::Items => true,
            _ => false,
        })
    }

    /// Whether text that stands here is a secret.
    pub fn is_secret(&self) -> bool {
        self.is_password()
            || (self.may_be_text() && (is_secret_name(&self.name) || self.is_write_only()))
    }

    /// Whether the description says that a password stands here: whatever does, is a secret.
    pub fn is_password(&self) -> bool {
        self.schemas()
            .any(|schema| has(schema, "format", "password"))
    }

    /// Whether a secret may stand anywhere in values of a schema, by what the schema says. What is not
    /// described may be one by its name all the same.
    pub(in crate::contract) fn has_secrets(schema: &'a Schema) -> bool {
        let description = schema.description();
        let mut seen = HashSet::new();
        let mut rest = vec![(String::new(), schema.pointer.clone())];
        while let Some((name, pointer)) = rest.pop() {
            if !seen.insert(pointer.clone()) {
                continue;
            }
            let place = Self {
                name,
                description: Some(description),
                schemas: BTreeSet::from([pointer]),
            };
            if place.is_secret() {
                return true;
            }
            for pointer in &place.schemas {
                let below = ways(description, pointer).filter_map(|way| {
                    let name = match way.edge {
                        Edge::Member(name) => name,
                        _ => &place.name,
                    };
                    Some((name.to_owned(), way.target(description, pointer)?))
                });
                rest.extend(below);
            }
        }
        false
    }

    /// Whether it is for the server only, and no file.
    fn is_write_only(&self) -> bool {
        let is_file = |schema| has(schema, "format", "binary") || has(schema, "format", "byte");
        let mut schemas = self.schemas();
        schemas.any(|it| it.get("writeOnly") == Some(&Value::Bool(true)))
            && !self.schemas().any(is_file)
    }

    fn may_be_text(&self) -> bool {
        let mut shape = Shape::default();
        self.schemas().for_each(|schema| shape.add_types(schema));
        shape.string || shape == Shape::UNKNOWN
    }

    fn schemas(&self) -> impl Iterator<Item = &Map<String, Value>> {
        let at = |pointer: &String| self.description?.at(pointer)?.as_object();
        self.schemas.iter().filter_map(at)
    }

    fn child(&self, name: &str, leads_there: impl Fn(&Edge<'_>) -> bool) -> Self {
        let mut child = Self {
            name: name.to_owned(),
            description: self.description,
            schemas: BTreeSet::new(),
        };
        let Some(description) = self.description else {
            return child;
        };
        for pointer in &self.schemas {
            for way in ways(description, pointer).filter(|way| leads_there(&way.edge)) {
                if let Some(pointer) = way.target(description, pointer) {
                    child.add(&pointer);
                }
            }
        }
        child
    }

    /// Adds a schema with all its branches.
    fn add(&mut self, pointer: &str) {
        let Some(description) = self.description else {
            return;
        };
        let mut rest = vec![pointer.to_owned()];
        while let Some(pointer) = rest.pop() {
            if self.schemas.contains(&pointer) {
                continue;
            }
            let branches = ways(description, &pointer).filter(|way| way.edge == Edge::Branch);
            rest.extend(branches.filter_map(|way| way.target(description, &pointer)));
            self.schemas.insert(pointer);
        }
    }
}

fn has(schema: &Map<String, Value>, keyword: &str, text: &str) -> bool {
    schema.get(keyword).and_then(Value::as_str) == Some(text)
}
