//! A trie over path segments, so that cost does not grow with the number of paths.
//!
//! Literal segments win over templates, templates with more literal text over those with less
//! (OpenAPI 3.1.1, "Path Templating Matching"). Where a choice lacks the method, the next one that
//! fits is tried, but never the templated counterpart of a path that fits: `/a/{id}` says nothing of
//! `/a/mine` where that is documented by itself.

use std::collections::BTreeMap;

use ahash::AHashMap;
use http::Method;

use super::{
    Captured, Clash, Match, PathEntry, RoutedOperation,
    key::PathKey,
    template::{Segment, Template},
};
use crate::description::percent_decode;

/// The paths below one base path.
#[derive(Debug, Default)]
pub(super) struct Trie {
    root: Node,
    /// The path items of each path without parameters, as mostly written: where a search ends first.
    literal: AHashMap<String, Vec<usize>>,
    items: Vec<PathItem>,
}

#[derive(Debug, Default)]
struct Node {
    literals: AHashMap<String, Node>,
    /// By literal text descending, so that the most specific comes first.
    templates: BTreeMap<Template, Node>,
    /// The path items that end here, those with more of a query first: several when their paths
    /// differ in nothing else than their parameters' names.
    items: Vec<usize>,
}

#[derive(Debug)]
struct PathItem {
    key: PathKey,
    operations: Vec<(Method, usize)>,
}

impl Trie {
    /// The paths of those operations that belong here, and those that no path tells apart.
    pub(super) fn new(
        entries: &[PathEntry],
        belongs: &dyn Fn(&RoutedOperation) -> bool,
    ) -> (Self, Vec<Clash>) {
        let mut trie = Self::default();
        let mut clashes = Vec::new();
        for entry in entries {
            let here = entry.operations.iter().filter(|it| belongs(it));
            let operations: Vec<_> = here.map(|it| (it.method.clone(), it.index)).collect();
            if !operations.is_empty() || entry.operations.is_empty() {
                trie.add(&entry.key, operations, &mut clashes);
            }
        }
        (trie, clashes)
    }

    fn add(&mut self, key: &PathKey, operations: Vec<(Method, usize)>, clashes: &mut Vec<Clash>) {
        let mut node = &mut self.root;
        for segment in &key.segments {
            node = match segment {
                Segment::Literal(text) => node.literals.entry(text.clone()).or_default(),
                Segment::Template(template) => node.templates.entry(template.clone()).or_default(),
            };
        }
        let items = &self.items;
        let alike = node.items.iter().map(|&item| &items[item]);
        for other in alike.filter(|other| other.key.pairs == key.pairs) {
            for (method, first) in &other.operations {
                let second = operations.iter().find(|(other, _)| other == method);
                clashes.extend(second.map(|(_, second)| (*first, *second)));
            }
        }
        let fewer = |item: &usize| items[*item].key.pairs.len() < key.pairs.len();
        let at = node.items.iter().position(fewer);
        node.items
            .insert(at.unwrap_or(node.items.len()), items.len());
        if let Some(path) = key.literal() {
            self.literal.insert(path, node.items.clone());
        }
        self.items.push(PathItem {
            key: key.clone(),
            operations,
        });
    }

    /// Finds what a percent-encoded path leads to.
    pub(super) fn find<'r, 'p>(
        &'r self,
        method: &Method,
        path: &'p str,
        query: Option<&str>,
    ) -> Match<'r, 'p> {
        let mut walk = Walk {
            trie: self,
            method,
            query,
            captured: Vec::new(),
            passed: Vec::new(),
        };
        let literal = self.literal.get(path);
        if let Some(found) = literal.and_then(|items| walk.arrive(items)) {
            return found;
        }
        walk.passed.clear();
        walk.down(&self.root, Some(path.strip_prefix('/').unwrap_or(path)))
            .unwrap_or_else(|| walk.other_methods())
    }
}

/// A path by its first segment.
struct First<'p> {
    segment: &'p str,
    /// Whether the segment is percent-encoded somewhere.
    is_encoded: bool,
    /// What follows the slash after it, where there is one.
    rest: Option<&'p str>,
}

impl<'p> First<'p> {
    fn of(path: &'p str) -> Self {
        let mut is_encoded = false;
        // Segments are short: to prepare a faster search takes longer than this one.
        let slash = path.bytes().position(|byte| {
            is_encoded |= byte == b'%';
            byte == b'/'
        });
        let (segment, rest) = match slash {
            Some(slash) => (&path[..slash], Some(&path[slash + 1..])),
            None => (path, None),
        };
        Self {
            segment,
            is_encoded,
            rest,
        }
    }
}

/// One search: what was captured on the way down, and the paths that fit but lack the method.
struct Walk<'r, 'p, 'm> {
    trie: &'r Trie,
    method: &'m Method,
    query: Option<&'m str>,
    captured: Vec<&'p str>,
    passed: Vec<&'r PathItem>,
}

impl<'r, 'p> Walk<'r, 'p, '_> {
    /// The operations below a node, for what is left of a path; nothing is left after its last segment. A node
    /// stands at one depth, so each is visited at most once in a search.
    fn down(&mut self, node: &'r Node, path: Option<&'p str>) -> Option<Match<'r, 'p>> {
        let Some(path) = path else {
            return self.arrive(&node.items);
        };
        let First {
            segment,
            is_encoded,
            rest,
        } = First::of(path);
        let literal = match is_encoded {
            true => node.literals.get(&percent_decode(segment)),
            false => node.literals.get(segment),
        };
        if let Some(found) = literal.and_then(|child| self.down(child, rest)) {
            return Some(found);
        }
        node.templates.iter().find_map(|(template, child)| {
            let before = self.captured.len();
            let found = match template.captures(segment, &mut self.captured) {
                true => self.down(child, rest),
                false => None,
            };
            if found.is_none() {
                self.captured.truncate(before);
            }
            found
        })
    }

    fn arrive(&mut self, items: &[usize]) -> Option<Match<'r, 'p>> {
        let mut found = None;
        for item in items {
            let item = &self.trie.items[*item];
            if !item.key.admits(self.query) || self.is_counterpart(item) {
                continue;
            }
            match item.operations.iter().find(|it| it.0 == *self.method) {
                Some((_, index)) => found = Some(with(found, *index, self.named(item))),
                None => self.passed.push(item),
            }
        }
        found
    }

    /// Whether a path that fits as well is matched before this one.
    fn is_counterpart(&self, item: &PathItem) -> bool {
        let mut passed = self.passed.iter();
        passed.any(|other| other.key.is_before(&item.key))
    }

    fn other_methods(self) -> Match<'r, 'p> {
        let operations = self.passed.iter().flat_map(|item| &item.operations);
        let mut methods: Vec<&Method> = Vec::new();
        for (method, _) in operations {
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
        match self.passed.is_empty() {
            true => Match::Nothing,
            false => Match::OtherMethods(methods),
        }
    }

    fn named(&self, item: &'r PathItem) -> Captured<'r, 'p> {
        let names = item.key.names.iter().map(String::as_str);
        names.zip(self.captured.iter().copied()).collect()
    }
}

/// What was found with one operation more.
fn with<'r, 'p>(
    found: Option<Match<'r, 'p>>,
    index: usize,
    captured: Captured<'r, 'p>,
) -> Match<'r, 'p> {
    match found {
        Some(Match::Operation(first, named)) => {
            Match::Several((first, named), vec![(index, captured)])
        }
        Some(Match::Several(first, mut others)) => {
            others.push((index, captured));
            Match::Several(first, others)
        }
        _ => Match::Operation(index, captured),
    }
}

#[cfg(test)]
mod tests;
