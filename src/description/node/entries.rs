//! The entries of a mapping, in their order and by their keys.

use std::{
    collections::HashMap,
    ops::{Deref, DerefMut},
};

use super::Node;

/// From this many entries on there is an index: looking through the schemas of a large description for
/// each reference to one of them would take longer than all else.
const MIN_INDEXED: usize = 32;

#[derive(Debug, Clone)]
pub(in crate::description) struct Entry {
    pub key: String,
    pub value: Node,
}

/// The entries of a mapping. No key stands twice, and none is changed.
#[derive(Debug, Clone, Default)]
pub(in crate::description) struct Entries {
    list: Vec<Entry>,
    /// There is one when there are many. Most mappings have few, so it takes no room in each.
    index: Option<Box<Index>>,
}

/// Where each key stands.
#[derive(Debug, Clone)]
struct Index(HashMap<String, usize>);

impl Entries {
    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.0.get(key).copied(),
            None => self.list.iter().position(|entry| entry.key == key),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let at = self.position(key)?;
        Some(&self.list[at].value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let at = self.position(key)?;
        Some(&mut self.list[at].value)
    }

    /// Puts a value in the place of the one with the same key, or at the end.
    pub(super) fn set(&mut self, key: &str, value: Node) {
        if let Some(known) = self.get_mut(key) {
            *known = value;
            return;
        }
        if let Some(index) = &mut self.index {
            index.0.insert(key.to_owned(), self.list.len());
        }
        self.list.push(Entry {
            key: key.to_owned(),
            value,
        });
    }

    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        let at = self.position(key)?;
        let taken = self.list.remove(at);
        self.index = indexed(&self.list);
        Some(taken.value)
    }

    /// Keeps the entries that a function says to keep.
    pub(in crate::description) fn retain(&mut self, keep: impl FnMut(&Entry) -> bool) {
        self.list.retain(keep);
        self.index = indexed(&self.list);
    }
}

fn indexed(list: &[Entry]) -> Option<Box<Index>> {
    let places = || list.iter().enumerate();
    let index = || {
        places()
            .map(|(at, entry)| (entry.key.clone(), at))
            .collect()
    };
    (list.len() >= MIN_INDEXED).then(|| Box::new(Index(index())))
}

impl From<Vec<Entry>> for Entries {
    fn from(list: Vec<Entry>) -> Self {
        Self {
            index: indexed(&list),
            list,
        }
    }
}

impl FromIterator<Entry> for Entries {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        entries.into_iter().collect::<Vec<_>>().into()
    }
}

impl IntoIterator for Entries {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl Deref for Entries {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.list
    }
}

impl DerefMut for Entries {
    fn deref_mut(&mut self) -> &mut [Entry] {
        &mut self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::node::Place;

    #[test]
    fn few_and_many_entries_are_found_by_their_keys() {
        for count in [3, MIN_INDEXED - 1, MIN_INDEXED, 100] {
            let node = |text: &str| Node::string(text, Place::default());
            let mut entries = Entries::default();
            let mut list = Vec::new();
            for number in 0..count {
                let key = format!("k{number}");
                list.push(Entry {
                    value: node(&key),
                    key,
                });
            }
            for entry in list.clone() {
                entries.set(&entry.key, entry.value);
            }
            for mut entries in [entries, list.into()] {
                assert!(entries.take("k1").is_some());
                entries.set("k0", node("other"));
                entries.set("new", node("new"));
                entries.retain(|entry| entry.key != "k2");
                let text = |key: &str| entries.get(key).and_then(Node::text);
                assert_eq!(text("k0"), Some("other"), "{count}");
                assert_eq!((text("k1"), text("k2"), text("none")), (None, None, None));
                let last = format!("k{}", count - 1);
                assert_eq!(text(&last).is_some(), count > 3);
                assert_eq!(text("new"), Some("new"));
                assert_eq!(entries.len(), count - 1);
            }
        }
    }
}
