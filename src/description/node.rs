//! A document as a tree whose every node knows its place in the text.

mod entries;

use serde_json::{Map, Number, Value};

use super::pointer;
pub(super) use entries::{Entries, Entry};

/// A place in one of a description's documents. Line and column count from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// The document, by its number.
    pub document: u16,
    pub line: u32,
    pub column: u32,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub content: Content,
    pub place: Place,
}

#[derive(Debug, Clone, Default)]
pub(super) enum Content {
    #[default]
    Null,
    Bool(bool),
    /// JSON's grammar, the source's digits.
    Number(String),
    String(String),
    Sequence(Vec<Node>),
    Mapping(Entries),
}

impl Node {
    pub(super) fn child(&self, token: &str) -> Option<&Node> {
        match &self.content {
            Content::Mapping(entries) => entries.get(token),
            Content::Sequence(items) => items.get(pointer::index(token)?),
            _ => None,
        }
    }

    fn child_mut(&mut self, token: &str) -> Option<&mut Node> {
        match &mut self.content {
            Content::Mapping(entries) => entries.get_mut(token),
            Content::Sequence(items) => items.get_mut(pointer::index(token)?),
            _ => None,
        }
    }

    pub(super) fn get(&self, pointer: &str) -> Option<&Node> {
        pointer::borrowed_tokens(pointer).try_fold(self, |node, token| node.child(&token))
    }

    pub(super) fn get_mut(&mut self, pointer: &str) -> Option<&mut Node> {
        pointer::borrowed_tokens(pointer).try_fold(self, |node, token| node.child_mut(&token))
    }

    /// The place of the node at a pointer, or of its nearest ancestor that is there.
    pub(super) fn place_at(&self, pointer: &str) -> Place {
        let mut node = self;
        for token in pointer::borrowed_tokens(pointer) {
            match node.child(&token) {
                Some(child) => node = child,
                None => break,
            }
        }
        node.place
    }

    pub(super) fn string(text: impl Into<String>, place: Place) -> Self {
        Self {
            content: Content::String(text.into()),
            place,
        }
    }

    pub(super) fn mapping(entries: Vec<(&str, Node)>, place: Place) -> Self {
        let entry = |(key, value): (&str, Node)| Entry {
            key: key.to_owned(),
            value,
        };
        Self {
            content: Content::Mapping(entries.into_iter().map(entry).collect()),
            place,
        }
    }

    /// A reference to a pointer of the combined description.
    pub(super) fn reference(pointer: &str, place: Place) -> Self {
        let target = Self::string(pointer::fragment(pointer), place);
        Self::mapping(vec![("$ref", target)], place)
    }

    /// The member of a mapping.
    pub(super) fn member(&self, key: &str) -> Option<&Node> {
        match &self.content {
            Content::Mapping(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The member of a mapping, for changing it.
    pub(super) fn member_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.content {
            Content::Mapping(entries) => entries.get_mut(key),
            _ => None,
        }
    }

    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        self.member(key)?.text()
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::String(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn flag_of(&self, key: &str) -> bool {
        let member = self.member(key).map(|node| &node.content);
        matches!(member, Some(Content::Bool(true)))
    }

    /// The entries of a mapping; none of anything else.
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.content {
            Content::Mapping(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn entries_mut(&mut self) -> &mut [Entry] {
        match &mut self.content {
            Content::Mapping(entries) => entries,
            _ => &mut [],
        }
    }

    /// The items of a sequence; none of anything else.
    pub(super) fn items(&self) -> &[Node] {
        match &self.content {
            Content::Sequence(items) => items,
            _ => &[],
        }
    }

    pub(super) fn items_mut(&mut self) -> &mut [Node] {
        match &mut self.content {
            Content::Sequence(items) => items,
            _ => &mut [],
        }
    }

    /// Puts a member into a mapping, in the place of one of the same name.
    pub(super) fn set(&mut self, key: &str, value: Node) {
        if let Content::Mapping(entries) = &mut self.content {
            entries.set(key, value);
        }
    }

    /// Puts a node at a pointer, with the mappings on the way.
    pub(super) fn put(&mut self, pointer: &str, node: Node) {
        let mut at = self;
        for token in pointer::borrowed_tokens(pointer) {
            if at.child(&token).is_none() {
                at.set(&token, Self::mapping(Vec::new(), node.place));
            }
            match at.child_mut(&token) {
                Some(child) => at = child,
                None => return,
            }
        }
        *at = node;
    }

    /// Makes a schema refer to a pointer by a plain reference in the place of the one that it has by a
    /// keyword, beside all else that it says.
    pub(super) fn make_plain(&mut self, keyword: &str, pointer: &str) {
        let Some(text) = self.take(keyword) else {
            return;
        };
        let target = Self::string(pointer::fragment(pointer), text.place);
        if self.member("$ref").is_none() {
            self.set("$ref", target);
            return;
        }
        let reference = Self::mapping(vec![("$ref", target)], text.place);
        match self.member_mut("allOf").map(|all| &mut all.content) {
            Some(Content::Sequence(all)) => all.push(reference),
            _ => {
                let content = Content::Sequence(vec![reference]);
                let place = text.place;
                self.set("allOf", Self { content, place });
            }
        }
    }

    /// How many nodes this one is with all below it.
    pub(super) fn size(&self) -> usize {
        let members = self.entries().iter().map(|entry| entry.value.size());
        let items = self.items().iter().map(Self::size);
        1 + members.chain(items).sum::<usize>()
    }

    /// Takes a member out of a mapping.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        match &mut self.content {
            Content::Mapping(entries) => entries.take(key),
            _ => None,
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
