//! Fields with bracketed names, as `conversation[title]` and `tags[]`, to one value.

use serde_json::{Map, Value};

use crate::contract::{FieldEncoding, Shape};

/// Brackets nest no deeper than this; a name beyond it is no field of any schema.
pub(super) const MAX_DEPTH: usize = 32;

/// The text of one field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Leaf {
    /// Text, whose type the schema knows.
    Text(String),
    /// A value that said itself what it is, such as a part that is JSON.
    Value(Value),
}

/// Fields by name, nested.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, Node)>);

#[derive(Debug)]
enum Node {
    /// Each value that was given under one name.
    Leaves(Vec<Leaf>),
    Inner(Fields),
}

impl Fields {
    /// Adds a field. A name that the schema itself has with its brackets is not taken apart.
    ///
    /// # Errors
    /// A field that is a value and holds fields at once, in words.
    pub(super) fn add(&mut self, name: &str, leaf: Leaf, shape: &Shape) -> Result<(), String> {
        let path = match shape.property(name) {
            Some(_) => vec![name],
            None => path(name),
        };
        self.add_at(&path, leaf)
            .map_err(|()| format!("`{name}` is given both as a value and with fields below it"))
    }

    /// Adds a field at the end of a path of names.
    ///
    /// # Errors
    /// A field that is a value and holds fields at once.
    pub(super) fn add_at(&mut self, path: &[&str], leaf: Leaf) -> Result<(), ()> {
        let Some((&first, rest)) = path.split_first() else {
            return Ok(());
        };
        let at = self.0.iter().position(|(name, _)| name == first);
        let at = at.unwrap_or_else(|| {
            let node = match rest {
                [] => Node::Leaves(Vec::new()),
                _ => Node::Inner(Self::default()),
            };
            self.0.push((first.to_owned(), node));
            self.0.len() - 1
        });
        match (&mut self.0[at].1, rest) {
            (Node::Leaves(leaves), []) => leaves.push(leaf),
            (Node::Inner(inner), [_, ..]) => return inner.add_at(rest, leaf),
            _ => return Err(()),
        }
        Ok(())
    }

    /// The fields as an object, each read by the shape that the schema gives it.
    pub(super) fn into_value(self, shape: &Shape, encodings: &[FieldEncoding]) -> Value {
        let members = self.0.into_iter().map(|(name, node)| {
            let shape = shape.member(&name);
            let encoding = encodings.iter().find(|encoding| encoding.name == name);
            let value = node.into_value(shape, encoding);
            (name, value)
        });
        Value::Object(members.collect::<Map<_, _>>())
    }

    /// `tags[]=a&tags[]=b`, and `tags[0]=a&tags[1]=b`.
    fn is_list(&self) -> bool {
        self.0
            .iter()
            .all(|(name, _)| name.bytes().all(|byte| byte.is_ascii_digit()))
    }

    fn into_list(self, items: &Shape) -> Value {
        let values = self.0.into_iter().flat_map(|(_, node)| match node {
            Node::Leaves(leaves) => leaves
                .into_iter()
                .map(|leaf| leaf.into_value(items))
                .collect(),
            inner @ Node::Inner(_) => vec![inner.into_value(items, None)],
        });
        Value::Array(values.collect())
    }
}

impl Node {
    fn into_value(self, shape: &Shape, encoding: Option<&FieldEncoding>) -> Value {
        match (self, &shape.array) {
            (Self::Inner(fields), Some(items)) if fields.is_list() => fields.into_list(items),
            (Self::Inner(fields), _) => fields.into_value(shape, &[]),
            (Self::Leaves(leaves), Some(items)) => list(leaves, shape, items, encoding),
            (Self::Leaves(mut leaves), None) if leaves.len() == 1 => {
                leaves.remove(0).into_value(shape)
            }
            // Several values where the schema has one: left for the validator to refuse.
            (Self::Leaves(leaves), None) => leaves
                .into_iter()
                .map(|leaf| leaf.into_value(shape))
                .collect(),
        }
    }
}

/// Values of a field that may be an array: repeated, separated, or one value that is JSON.
fn list(
    leaves: Vec<Leaf>,
    shape: &Shape,
    items: &Shape,
    encoding: Option<&FieldEncoding>,
) -> Value {
    if let [Leaf::Value(value @ Value::Array(_))] = &leaves[..] {
        return value.clone();
    }
    let is_json = encoding.is_some_and(FieldEncoding::is_json);
    if let ([Leaf::Text(text)], true) = (&leaves[..], is_json) {
        return serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()));
    }
    if let ([Leaf::Text(text)], true) = (&leaves[..], shape.string && encoding.is_none()) {
        // One value, where the schema takes one as well as a list.
        return Value::from(text.as_str());
    }
    let separator = encoding.and_then(|encoding| encoding.separator);
    let values = leaves.into_iter().flat_map(|leaf| match (leaf, separator) {
        (Leaf::Text(text), Some(separator)) => text
            .split(separator)
            .map(|item| items.value_of(item))
            .collect(),
        (leaf, _) => vec![leaf.into_value(items)],
    });
    Value::Array(values.collect())
}

impl Leaf {
    fn into_value(self, shape: &Shape) -> Value {
        match self {
            Self::Value(value) => value,
            // An object in a field is JSON (OpenAPI 3.1.1, "Encoding Object", `contentType`).
            Self::Text(text) if shape.object.is_some() && !shape.string => {
                serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text))
            }
            Self::Text(text) => shape.value_of(&text),
        }
    }
}

/// `a[b][c]` as its parts; a name whose brackets do not match is one part.
pub(super) fn path(name: &str) -> Vec<&str> {
    let Some((first, rest)) = name.split_once('[') else {
        return vec![name];
    };
    let Some(inner) = rest.strip_suffix(']') else {
        return vec![name];
    };
    let mut parts = vec![first];
    parts.extend(inner.split("]["));
    let is_plain = |part: &&str| !part.contains(['[', ']']);
    match !first.is_empty() && parts.len() <= MAX_DEPTH && parts[1..].iter().all(is_plain) {
        true => parts,
        false => vec![name],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_at_their_brackets() {
        for (name, want) in [
            ("a", &["a"][..]),
            ("a[b]", &["a", "b"]),
            ("a[b][c]", &["a", "b", "c"]),
            ("a[]", &["a", ""]),
            ("a[b", &["a[b"]),
            ("a[b]c", &["a[b]c"]),
            ("a[b[c]]", &["a[b[c]]"]),
            ("[a]", &["[a]"]),
        ] {
            assert_eq!(path(name), want, "{name}");
        }
    }
}
