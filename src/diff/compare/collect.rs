//! From what was found in each part to changes with the operations that each touches.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    rc::Rc,
    sync::Arc,
};

use super::{Comparison, Found, Reached, Section};
use crate::{
    contract::Direction,
    description::{Location, join},
    diff::{Change, ChangeRule, Traffic, schema::Schemas, tree::Tree},
};

/// What makes a change the same one, wherever it is found.
type Key = (
    ChangeRule,
    Option<Direction>,
    Option<Rc<str>>,
    Option<Rc<str>>,
    String,
);

/// The changes of all sections; with traffic, those that it touches.
pub(super) fn collect(comparison: Comparison<'_, '_>, traffic: Option<&Traffic>) -> Vec<Change> {
    let Comparison {
        old,
        new,
        schemas,
        sections,
    } = comparison;
    let leading = schemas.leading_to_changes();
    let mut collected = Collected {
        old,
        new,
        changes: Vec::new(),
        known: HashMap::new(),
    };
    for section in &sections {
        let used = match (traffic, &section.reached) {
            (None, _) | (Some(_), Reached::Always) => None,
            (Some(_), Reached::Never) => continue,
            (Some(traffic), Reached::Operation(pointer)) => match traffic.used(pointer) {
                Some(used) => Some(used),
                None => continue,
            },
            (Some(traffic), Reached::Callback(pointer)) => match traffic.used(pointer) {
                Some(_) => None,
                None => continue,
            },
        };
        for found in &section.found {
            if used.is_none_or(|used| used.touches(section, found)) {
                collected.add(section, "", found);
            }
        }
        let Some(root) = section.schemas else {
            continue;
        };
        let touched = used.map(|used| used.touched(section, &schemas, root));
        below(&schemas, root, &leading, |number, pointer| {
            for found in &schemas.get(number).found {
                if touched
                    .as_ref()
                    .is_none_or(|touched| touched.has(number, found))
                {
                    collected.add(section, pointer, found);
                }
            }
        });
    }
    collected.sorted()
}

/// Calls `visit` with each pair of schemas that a root leads to, by the shortest way, as far as there are
/// changes.
fn below(
    schemas: &Schemas<'_, '_>,
    root: usize,
    leading: &[bool],
    mut visit: impl FnMut(usize, &str),
) {
    let mut seen = HashSet::from([root]);
    let mut queue = VecDeque::from([(root, String::new())]);
    while let Some((number, pointer)) = queue.pop_front() {
        if !leading[number] {
            continue;
        }
        visit(number, &pointer);
        for (step, to) in &schemas.get(number).edges {
            if leading[*to] && seen.insert(*to) {
                let pointer = step
                    .token()
                    .map_or_else(|| pointer.clone(), |token| join(&pointer, token));
                queue.push_back((*to, pointer));
            }
        }
    }
}

struct Collected<'t, 'd> {
    old: &'t Tree<'d>,
    new: &'t Tree<'d>,
    changes: Vec<Change>,
    known: HashMap<Key, usize>,
}

impl Collected<'_, '_> {
    fn add(&mut self, section: &Section, pointer: &str, found: &Found) {
        let key = (
            found.rule,
            section.direction,
            found.old.clone(),
            found.new.clone(),
            found.message.clone(),
        );
        let operation = section.operation.iter().cloned();
        let places = section.operation.iter().cloned();
        let places = places.map(|operation| (operation, Arc::clone(&section.subject)));
        if let Some(index) = self.known.get(&key) {
            let change = &mut self.changes[*index];
            change.verdicts = change.verdicts.worst(found.verdicts);
            change.places.extend(places);
            // The sections of an operation follow each other.
            if change.operations.last() != section.operation.as_ref() {
                change.operations.extend(operation);
            }
            return;
        }
        let pointer = match &found.member {
            Some(member) => join(pointer, member),
            None => pointer.to_owned(),
        };
        let locate = |tree: &Tree<'_>, pointer: &Option<Rc<str>>| -> Option<Location> {
            Some(tree.description.locate(pointer.as_deref()?))
        };
        self.known.insert(key, self.changes.len());
        self.changes.push(Change {
            rule: found.rule,
            direction: section.direction,
            operations: operation.collect(),
            subject: (*section.subject).clone(),
            places: places.collect(),
            pointer,
            old: locate(self.old, &found.old),
            new: locate(self.new, &found.new),
            verdicts: found.verdicts,
            message: found.message.clone(),
        });
    }

    /// In the order of the operations; in each the gravest first.
    fn sorted(self) -> Vec<Change> {
        let mut order: HashMap<Option<Arc<str>>, usize> = HashMap::new();
        for change in &self.changes {
            let next = order.len();
            order
                .entry(change.operations.first().cloned())
                .or_insert(next);
        }
        let mut changes = self.changes;
        changes.sort_by_cached_key(|change| {
            let place = order[&change.operations.first().cloned()];
            let verdicts = change.verdicts;
            (
                place,
                std::cmp::Reverse((verdicts.client, verdicts.provider)),
            )
        });
        changes
    }
}
