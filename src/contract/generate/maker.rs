//! One value: which ways there are to make it, and which is taken.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{
    Wish,
    branch::first_way,
    conjunction::address,
    number,
    place::Place,
    plan::Plan,
    plausible,
    string::{Checkers, string},
    way::{FROM_FAR, Way},
};
use crate::{contract::direction::Direction, description::Description};

/// How often a schema may be inside itself; deeper, its optional parts are left out.
const MAX_REPEATS: usize = 1;

/// How many values one candidate may have, and all candidates together.
const MAX_NODES: usize = 10_000;
const MAX_WORK: usize = 200_000;

/// How deep a value may be. Many readers of JSON take no more than 128 levels.
const MAX_DEPTH: usize = 100;

/// What is not needed and has parts of its own needs so much room.
const ROOM_OF_PARTS: usize = 4;

/// Makes candidates, and remembers which of its ways failed.
pub(super) struct Maker<'d> {
    pub description: &'d Description,
    pub direction: Direction,
    pub wish: &'d Wish<'d>,
    /// Only what is needed is made.
    pub is_lean: bool,
    /// What must not be there, and what must, by pointers into the value.
    pub banned: HashSet<String>,
    pub forced: HashSet<String>,
    /// Whether a path parameter's value was used up by the root.
    pub repeats_parameters: bool,
    /// How many ways of a place failed, by its pointer and its schemas.
    pub(super) failed: HashMap<Key, usize>,
    /// How each place of the last candidate was made.
    pub(super) made: HashMap<String, Made>,
    checkers: Checkers,
    nodes: usize,
    work: usize,
}

/// A place and the schemas that are asked for there.
pub(super) type Key = (String, Vec<usize>);

/// How a place was made.
pub(super) struct Made {
    pub key: Key,
    /// Which of its ways it was.
    pub way: usize,
    /// The branches taken, each by the address of its keyword.
    pub choices: Vec<(usize, usize)>,
}

impl<'d> Maker<'d> {
    pub(super) fn new(
        description: &'d Description,
        direction: Direction,
        wish: &'d Wish<'d>,
    ) -> Self {
        Self {
            description,
            direction,
            wish,
            is_lean: false,
            banned: HashSet::new(),
            forced: HashSet::new(),
            repeats_parameters: false,
            failed: HashMap::new(),
            made: HashMap::new(),
            checkers: Checkers::new(),
            nodes: 0,
            work: 0,
        }
    }

    /// Makes what is needed only, and nothing inside itself.
    pub(super) fn lean(mut self) -> Self {
        self.is_lean = true;
        self
    }

    /// Begins a new candidate.
    pub(super) fn begin(&mut self) {
        self.nodes = 0;
        self.repeats_parameters = false;
        self.made.clear();
    }

    /// How many more values the candidate may have.
    pub(super) fn nodes_left(&self) -> usize {
        MAX_NODES.saturating_sub(self.nodes)
    }

    /// The value of some schemas together; `None` when no way is left, or no room.
    pub(super) fn make(&mut self, asked: &[&'d Value], place: &Place<'_>) -> Option<Value> {
        self.nodes += 1;
        self.work += 1;
        if self.nodes > MAX_NODES || self.work > MAX_WORK {
            return None;
        }
        let addresses = asked.iter().map(|schema| address(*schema)).collect();
        let key: Key = (place.pointer.clone(), addresses);
        let failed = self.failed.get(&key).copied().unwrap_or(0);
        let mut way = 0;
        for round in 0..2 {
            let description = self.description;
            let found = first_way(description, asked, &mut |plan| {
                for next in self.ways(plan, place, round) {
                    way += 1;
                    self.work += 1;
                    if way <= failed || self.work > MAX_WORK {
                        continue;
                    }
                    if let Some(value) = self.by(&next, plan, place) {
                        return Some((value, plan.choices.clone()));
                    }
                }
                None
            });
            if let Some((value, choices)) = found {
                let made = Made { key, way, choices };
                self.made.insert(place.pointer.clone(), made);
                return Some(value);
            }
        }
        None
    }

    fn by(&mut self, way: &Way<'d>, plan: &Plan<'d>, place: &Place<'_>) -> Option<Value> {
        let spin = self.wish.seed.spin();
        match way {
            Way::Given(value) => Some(value.clone()),
            Way::Documented(value) => Some(self.repeating((*value).clone(), place)),
            Way::Object(extent) => {
                self.may_have_parts(plan, place).then_some(())?;
                self.object(plan, place, *extent)
            }
            Way::Of("array", variant) => {
                self.may_have_parts(plan, place).then_some(())?;
                self.array(plan, place, *variant)
            }
            Way::Of("null", _) => Some(Value::Null),
            Way::Of("boolean", 0) => Some(plausible::boolean(place, spin).into()),
            Way::Of("boolean", 1) => Some((!plausible::boolean(place, spin)).into()),
            Way::Of("string", variant) => {
                string(&plan.all, place, spin, *variant, &mut self.checkers).map(Value::from)
            }
            Way::Of(name @ ("integer" | "number"), variant) => {
                let is_integer = *name == "integer";
                let choices = number::choices(&plan.all, is_integer);
                let first = plausible::Pick::of(place, spin).number as u64 % choices;
                let variant = *variant as u64;
                if let Some(far) = variant.checked_sub(FROM_FAR) {
                    return number::far(&plan.all, is_integer, usize::try_from(far).ok()?);
                }
                let number = |variant| number::number(&plan.all, is_integer, variant);
                number(first + variant).or_else(|| number((first + variant) % choices))
            }
            Way::Of(..) => None,
        }
    }

    /// Whether there is room for something with parts, that is not too deep inside itself.
    fn may_have_parts(&mut self, plan: &Plan<'d>, place: &Place<'_>) -> bool {
        if place.depth() >= MAX_DEPTH {
            // Where it is needed, all other ways lead as deep.
            self.work = if place.needed { MAX_WORK } else { self.work };
            return false;
        }
        let most = if self.is_lean { 0 } else { MAX_REPEATS };
        let mut roots = plan.all.roots.iter();
        (place.needed || place.room >= ROOM_OF_PARTS)
            && roots.all(|root| place.repeats(*root) <= most)
    }
}
