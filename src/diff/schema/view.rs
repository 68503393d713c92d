//! A schema as a value meets it: with all that it refers to and all parts of `allOf`.

use std::{collections::HashSet, rc::Rc};

use serde_json::Value;

use crate::{
    description::is_annotation,
    diff::tree::{Part, Tree},
};

/// Whether a schema is no more than what it refers to.
pub(super) fn is_bare_reference(part: &Part<'_>) -> bool {
    part.text("$ref").is_some()
        && part
            .object()
            .into_iter()
            .flatten()
            .all(|(keyword, _)| keyword == "$ref" || is_annotation(keyword))
}

/// Schemas that hold together, each past references that say no more, once, in a fixed order.
pub(super) fn conjunction<'d>(tree: &Tree<'d>, parts: Vec<Part<'d>>) -> Vec<Part<'d>> {
    let mut parts: Vec<Part<'d>> = parts.into_iter().map(|part| plain(tree, part)).collect();
    if parts.len() > 1 {
        parts.sort_by_key(Part::address);
        parts.dedup_by_key(|part| part.address());
    }
    parts
}

/// A schema past references that say no more.
pub(super) fn plain<'d>(tree: &Tree<'d>, part: Part<'d>) -> Part<'d> {
    let mut seen = HashSet::new();
    let mut at = part;
    while is_bare_reference(&at) && seen.insert(at.address()) {
        match tree.target(&at) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// Schemas that hold together, taken apart: the objects that say something.
pub(super) struct View<'d> {
    /// The schemas themselves; none where every value is taken.
    pub(super) whole: Vec<Part<'d>>,
    /// All objects that hold: themselves, what they refer to, the parts of `allOf`.
    pub(super) parts: Vec<Part<'d>>,
    /// A schema that no value fits.
    pub(super) never: Option<Part<'d>>,
}

impl<'d> View<'d> {
    pub(super) fn new(tree: &Tree<'d>, whole: &[Part<'d>]) -> Self {
        let mut view = Self {
            whole: whole.to_vec(),
            parts: Vec::new(),
            never: None,
        };
        let mut seen = HashSet::new();
        let mut waiting: Vec<Part<'d>> = whole.iter().rev().cloned().collect();
        while let Some(part) = waiting.pop() {
            if *part.value == Value::Bool(false) {
                view.never.get_or_insert(part);
                continue;
            }
            if part.object().is_none() || !seen.insert(part.address()) {
                continue;
            }
            let all = part.get("allOf").map(|all| all.items());
            waiting.extend(all.into_iter().flatten().rev());
            waiting.extend(tree.target(&part));
            view.parts.push(part);
        }
        view
    }

    /// Where a keyword stands first; else the schema itself.
    pub(super) fn place(&self, keyword: &str) -> Option<Rc<str>> {
        let first = self.all(keyword).next();
        let found = first.or_else(|| self.whole.first().cloned());
        found.map(|part| part.pointer)
    }

    /// Each value of a keyword.
    pub(super) fn all<'v>(&'v self, keyword: &'v str) -> impl Iterator<Item = Part<'d>> + 'v {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    /// Each text of a keyword.
    pub(super) fn texts(&self, keyword: &str) -> Vec<&'d str> {
        let mut texts: Vec<&str> = self
            .parts
            .iter()
            .filter_map(|part| part.text(keyword))
            .collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// Whether a keyword is `true` anywhere.
    pub(super) fn flag(&self, keyword: &str) -> bool {
        self.parts.iter().any(|part| part.flag(keyword))
    }

    /// Whether a keyword is there.
    pub(super) fn has(&self, keyword: &str) -> bool {
        self.all(keyword).next().is_some()
    }
}
