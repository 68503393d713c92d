//! What is the same in two lists, by a key.

use std::{collections::HashMap, hash::Hash};

/// What the old list has of something, and what the new one has.
pub(super) struct Paired<K, T> {
    pub(super) key: K,
    pub(super) old: Option<T>,
    pub(super) new: Option<T>,
}

/// Both lists, joined by their keys: the old one's order, then what is new. Of a key that stands twice
/// in a list, the last counts.
pub(super) fn paired<K: Eq + Hash + Clone, T>(
    old: impl IntoIterator<Item = (K, T)>,
    new: impl IntoIterator<Item = (K, T)>,
) -> Vec<Paired<K, T>> {
    let mut pairs: Vec<Paired<K, T>> = Vec::new();
    let mut by_key: HashMap<K, usize> = HashMap::new();
    for (key, old) in old {
        let index = *by_key.entry(key.clone()).or_insert(pairs.len());
        match pairs.get_mut(index) {
            Some(pair) => pair.old = Some(old),
            None => pairs.push(Paired {
                key,
                old: Some(old),
                new: None,
            }),
        }
    }
    for (key, new) in new {
        let index = *by_key.entry(key.clone()).or_insert(pairs.len());
        match pairs.get_mut(index) {
            Some(pair) => pair.new = Some(new),
            None => pairs.push(Paired {
                key,
                old: None,
                new: Some(new),
            }),
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_old_ones() {
        let pairs = paired([("b", 1), ("a", 2)], [("c", 3), ("a", 4), ("b", 5)]);
        let pairs: Vec<_> = pairs
            .iter()
            .map(|pair| (pair.key, pair.old, pair.new))
            .collect();
        let want = [
            ("b", Some(1), Some(5)),
            ("a", Some(2), Some(4)),
            ("c", None, Some(3)),
        ];
        assert_eq!(pairs, want);
    }
}
