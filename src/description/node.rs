//! A document as a tree whose every node knows its place in the text.

use std::sync::Arc;

use serde_json::{Map, Number, Value};

use super::{finding::Location, pointer};

/// Line and column, both from 1.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub line: usize,
    pub column: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub content: Content,
    pub place: Place,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Null,
    Bool(bool),
    /// JSON's grammar, the source's digits.
    Number(String),
    String(String),
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub key: String,
    pub key_place: Place,
    pub value: Node,
}

impl Node {
    fn child(&self, token: &str) -> Option<&Node> {
        match &self.content {
            Content::Mapping(entries) => entries
                .iter()
                .find(|entry| entry.key == token)
                .map(|entry| &entry.value),
            Content::Sequence(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        }
    }

    pub(super) fn get(&self, pointer: &str) -> Option<&Node> {
        pointer::tokens(pointer).try_fold(self, |node, token| node.child(&token))
    }

    pub(super) fn locate(&self, file: &Arc<str>, pointer: &str) -> Location {
        let mut node = self;
        for token in pointer::tokens(pointer) {
            match node.child(&token) {
                Some(child) => node = child,
                None => break,
            }
        }
        Location {
            file: file.clone(),
            line: node.place.line,
            column: node.place.column,
        }
    }

    pub(super) fn to_value(&self) -> Value {
        match &self.content {
            Content::Null => Value::Null,
            Content::Bool(value) => Value::Bool(*value),
            Content::Number(text) => number(text),
            Content::String(text) => Value::String(text.clone()),
            Content::Sequence(items) => items.iter().map(Node::to_value).collect(),
            Content::Mapping(entries) => Value::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_value()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    pub(super) fn to_json_text(&self) -> String {
        let mut text = String::new();
        self.write_json(&mut text);
        text
    }

    fn write_json(&self, text: &mut String) {
        match &self.content {
            Content::Null => text.push_str("null"),
            Content::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Content::Number(digits) => text.push_str(digits),
            Content::String(string) => write_string(text, string),
            Content::Sequence(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    item.write_json(text);
                }
                text.push(']');
            }
            Content::Mapping(entries) => {
                text.push('{');
                for (index, entry) in entries.iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    write_string(text, &entry.key);
                    text.push(':');
                    entry.value.write_json(text);
                }
                text.push('}');
            }
        }
    }
}

fn write_string(text: &mut String, string: &str) {
    text.push_str(&Value::from(string).to_string());
}

/// A number as `serde_json` holds it; digits beyond its range survive only in the JSON text.
fn number(text: &str) -> Value {
    serde_json::from_str::<Number>(text).map_or_else(|_| Value::from(text), Value::Number)
}
