//! Fields with bracketed names, as `conversation[title]` and `tags[]`, to one value.

mod leaf;
mod name;

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    fault::Fault,
    readings::{self, Other, Readings},
};
use crate::{
    contract::{Encodings, FieldEncoding, FieldStyle, Shape},
    description::join,
};
pub(super) use leaf::Leaf;
pub(super) use name::{MAX_DEPTH, path};

/// Fields by name, nested.
#[derive(Debug, Default)]
pub(super) struct Fields {
    nodes: Vec<(String, Node)>,
    index: HashMap<String, usize>,
}

#[derive(Debug)]
enum Node {
    /// Each value that was given under one name.
    Leaves(Vec<Leaf>),
    Inner(Fields),
}

/// Where a node stands, and what is described for it.
struct Described<'a> {
    pointer: String,
    shape: &'a Shape,
    encoding: Option<&'a FieldEncoding>,
}

impl Fields {
    /// Adds a field. A name that the schema itself has with its brackets is not taken apart.
    ///
    /// # Errors
    /// A field that is a value and holds fields at once.
    pub(super) fn add(&mut self, name: &str, leaf: Leaf, shape: &Shape) -> Result<(), Fault> {
        let path = match shape.property(name) {
            Some(_) => vec![name],
            None => name::path(name),
        };
        self.add_at(&path, leaf).map_err(|()| given_twice(name))
    }

    /// Adds a field at its names, from the outermost in.
    pub(super) fn add_at(&mut self, path: &[&str], leaf: Leaf) -> Result<(), ()> {
        let Some((&first, rest)) = path.split_first() else {
            return Ok(());
        };
        match (self.node(first, !rest.is_empty()), rest) {
            (Node::Leaves(leaves), []) => leaves.push(leaf),
            (Node::Inner(inner), [_, ..]) => return inner.add_at(rest, leaf),
            _ => return Err(()),
        }
        Ok(())
    }

    fn node(&mut self, name: &str, is_inner: bool) -> &mut Node {
        let at = match self.index.get(name) {
            Some(at) => *at,
            None => {
                let node = match is_inner {
                    true => Node::Inner(Self::default()),
                    false => Node::Leaves(Vec::new()),
                };
                self.nodes.push((name.to_owned(), node));
                self.index.insert(name.to_owned(), self.nodes.len() - 1);
                self.nodes.len() - 1
            }
        };
        &mut self.nodes[at].1
    }

    /// The fields as an object, each read by the shape that the schema gives it.
    ///
    /// # Errors
    /// The first field that is not written as described.
    pub(super) fn into_value(self, shape: &Shape, encodings: &Encodings) -> Result<Value, Fault> {
        Ok(self.into_readings(shape, encodings)?.value)
    }

    /// The same, with how else they may be read.
    ///
    /// # Errors
    /// As [`Fields::into_value`].
    pub(super) fn into_readings(
        self,
        shape: &Shape,
        encodings: &Encodings,
    ) -> Result<Readings, Fault> {
        let mut others = Vec::new();
        let value = self.into_object("", shape, |name| encodings.of(name), &mut others)?;
        Ok(Readings::new(value, others))
    }

    fn into_object<'a>(
        self,
        pointer: &str,
        shape: &'a Shape,
        encoding: impl Fn(&str) -> Option<&'a FieldEncoding>,
        others: &mut Vec<Other>,
    ) -> Result<Value, Fault> {
        let mut members = Map::new();
        for (name, node) in self.nodes {
            let described = Described {
                pointer: join(pointer, &name),
                shape: shape.member(&name),
                encoding: encoding(&name),
            };
            members.insert(name, node.into_value(&described, others)?);
        }
        Ok(Value::Object(members))
    }

    /// `tags[]=a&tags[]=b`, and `tags[0]=a&tags[1]=b`.
    fn is_list(&self) -> bool {
        let is_index = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
        self.nodes.iter().all(|(name, _)| is_index(name))
    }

    fn into_list(
        mut self,
        described: &Described<'_>,
        others: &mut Vec<Other>,
    ) -> Result<Value, Fault> {
        // Those without an index stay in their order.
        self.nodes
            .sort_by_key(|(name, _)| name.parse::<u64>().unwrap_or(0));
        let mut values = Vec::new();
        for (name, node) in self.nodes {
            let at = |index: usize| Described {
                pointer: join(&described.pointer, &index.to_string()),
                shape: described.shape.item(index),
                encoding: None,
            };
            match node {
                // `tags[]` is the next item each time, and `tags[0]` is one item.
                Node::Leaves(leaves) if name.is_empty() => {
                    for leaf in leaves {
                        values.push(leaf.into_value(&at(values.len()), others)?);
                    }
                }
                node => values.push(node.into_value(&at(values.len()), others)?),
            }
        }
        Ok(Value::Array(values))
    }
}

impl Node {
    fn into_value(
        self,
        described: &Described<'_>,
        others: &mut Vec<Other>,
    ) -> Result<Value, Fault> {
        let shape = described.shape;
        match (self, &shape.array) {
            (Self::Inner(fields), Some(_)) if fields.is_list() => {
                fields.into_list(described, others)
            }
            (Self::Inner(fields), _) => {
                fields.into_object(&described.pointer, shape, |_| None, others)
            }
            (Self::Leaves(leaves), Some(_)) => list(leaves, described, others),
            (Self::Leaves(leaves), None) => single(leaves, described, others),
        }
    }
}

/// A field that is a value and holds fields at once.
pub(super) fn given_twice(name: &str) -> Fault {
    let message = format!("`{name}` is given both as a value and with fields below it");
    Fault::syntax(message)
}

/// Values of a field that has one.
fn single(
    mut leaves: Vec<Leaf>,
    described: &Described<'_>,
    others: &mut Vec<Other>,
) -> Result<Value, Fault> {
    if leaves.len() == 1 {
        return leaves.remove(0).into_value(described, others);
    }
    // Several values where the schema has one: left for the validator to refuse.
    let read = |leaf: Leaf| leaf.into_value(described, &mut Vec::new());
    leaves.into_iter().map(read).collect()
}

/// Values of a field that may be an array: repeated, separated, or one value that is JSON.
fn list(
    mut leaves: Vec<Leaf>,
    described: &Described<'_>,
    others: &mut Vec<Other>,
) -> Result<Value, Fault> {
    let shape = described.shape;
    let style = described.encoding.and_then(|encoding| encoding.style);
    if let Some(FieldStyle::Separated(separator)) = style
        && leaves.len() > 1
    {
        let message = format!(
            "stands more than once; its items belong into one value, separated by `{separator}`"
        );
        return Err(Fault::syntax_at(described.pointer.clone(), message));
    }
    if let [leaf] = &mut leaves[..] {
        match leaf {
            Leaf::Value(Value::Array(items)) => return Ok(std::mem::take(items).into()),
            Leaf::List(items) => {
                let read = |(index, item): (usize, &String)| shape.item(index).value_of(item);
                return Ok(items.iter().enumerate().map(read).collect());
            }
            Leaf::Text(text) if described.encoding.is_none() && shape.has_scalar() => {
                return Ok(one_or_list(text, described, others));
            }
            Leaf::Text(text)
                if described.encoding.is_some_and(FieldEncoding::is_json)
                    && text.trim_start().starts_with('[') =>
            {
                return leaf::of_json(text, described);
            }
            _ => {}
        }
    }
    let mut values = Vec::new();
    for (index, leaf) in leaves.into_iter().enumerate() {
        let described = Described {
            pointer: join(&described.pointer, &index.to_string()),
            shape: shape.item(index),
            encoding: described.encoding,
        };
        values.push(leaf.into_value(&described, others)?);
    }
    Ok(Value::Array(values))
}

/// One text, where the schema takes one value as well as a list.
fn one_or_list(text: &str, described: &Described<'_>, others: &mut Vec<Other>) -> Value {
    let shape = described.shape;
    let one = readings::of_text(text, shape, &described.pointer, others);
    let item = || shape.item(0).value_of(text);
    // A text that is none of the other types is an item.
    if one.is_string() && !shape.string {
        return Value::Array(vec![item()]);
    }
    readings::add(others, &described.pointer, Value::Array(vec![item()]));
    one
}
