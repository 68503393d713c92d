//! Schemas, by pairs: what holds for the same value in both descriptions.
//!
//! A pair is compared once for each way that its value goes and each context that it stands in, so that the
//! work grows with the descriptions and not with the ways through them, of which circles have no end.

mod alternatives;
mod annotations;
mod apart;
mod array;
mod assertions;
mod both;
mod bounds;
mod discriminator;
mod enumeration;
mod format;
mod kinds;
mod malformed;
mod multiple;
mod object;
mod view;

use std::{collections::HashMap, rc::Rc};

use super::{
    ChangeRule,
    compare::Found,
    tree::{Part, Tree},
};
use crate::contract::Direction;
use both::{Both, Child};
use view::{View, conjunction};

/// What is around a pair, which decides how much can be told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Context {
    /// Nothing: what narrows the schema narrows what is around it.
    Plain,
    /// One of alternatives of which a value may fit no second: what widens one may leave values of the others
    /// with two.
    Exclusive,
    /// A condition, or what must not be: which way a change there goes, nobody can tell.
    Condition,
}

/// The way from a value to one in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The property of a name.
    Property(Rc<str>),
    /// Properties of other names.
    OtherProperties,
    /// The item of an index.
    Item(usize),
    /// Items after those that have their own schema.
    OtherItems,
    /// The value itself.
    Same,
    /// The names of the properties.
    Names,
}

impl Step {
    /// The token that a pointer has for it.
    pub(super) fn token(&self) -> Option<&str> {
        match self {
            Self::Property(name) => Some(name),
            Self::OtherProperties | Self::Item(_) | Self::OtherItems => Some("*"),
            Self::Same | Self::Names => None,
        }
    }
}

/// What was found of one pair of schemas.
#[derive(Default)]
pub(super) struct Pair {
    pub(super) found: Vec<Found>,
    /// The pairs of what is in the value.
    pub(super) edges: Vec<(Step, usize)>,
}

/// More pairs than this are not compared: schemas that hold together can be put together in more ways than
/// anybody means.
const MAX_PAIRS: usize = 1 << 21;

/// Which pair: the schemas on both sides, by where they are in memory.
type Key = (Vec<usize>, Vec<usize>, Direction, Context);

/// All pairs that were compared.
pub(super) struct Schemas<'t, 'd> {
    old: &'t Tree<'d>,
    new: &'t Tree<'d>,
    pairs: Vec<Pair>,
    known: HashMap<Key, usize>,
}

/// A pair that is still to be compared.
struct Waiting<'d> {
    number: usize,
    old: Vec<Part<'d>>,
    new: Vec<Part<'d>>,
    direction: Direction,
    context: Context,
}

impl<'t, 'd> Schemas<'t, 'd> {
    pub(super) fn new(old: &'t Tree<'d>, new: &'t Tree<'d>) -> Self {
        Self {
            old,
            new,
            pairs: Vec::new(),
            known: HashMap::new(),
        }
    }

    pub(super) fn get(&self, number: usize) -> &Pair {
        &self.pairs[number]
    }

    /// The number of the pair of two schemas, compared with all that it leads to. No schema is one that
    /// takes everything.
    pub(super) fn pair(
        &mut self,
        old: Option<Part<'d>>,
        new: Option<Part<'d>>,
        direction: Direction,
    ) -> usize {
        // What stands beside a reference is said of the place, and not of what it leads to.
        let root = self.pairs.len();
        self.pairs.push(Pair::default());
        let found = annotations::beside_references(old.as_ref(), new.as_ref(), direction);
        let child = Child {
            step: Step::Same,
            old: old.into_iter().collect(),
            new: new.into_iter().collect(),
            context: Context::Plain,
        };
        let mut waiting = Vec::new();
        let to = self.number(child, direction, &mut waiting);
        self.pairs[root] = Pair {
            found,
            edges: vec![(Step::Same, to)],
        };
        while let Some(next) = waiting.pop() {
            self.compare(next, &mut waiting);
        }
        root
    }

    fn compare(&mut self, next: Waiting<'d>, waiting: &mut Vec<Waiting<'d>>) {
        let mut both = Both {
            old: View::new(self.old, &next.old),
            new: View::new(self.new, &next.new),
            old_tree: self.old,
            new_tree: self.new,
            direction: next.direction,
            context: next.context,
            found: Vec::new(),
            children: Vec::new(),
        };
        both.compare();
        let Both {
            found, children, ..
        } = both;
        let mut edges = Vec::new();
        for child in children {
            let step = child.step.clone();
            edges.push((step, self.number(child, next.direction, waiting)));
        }
        self.pairs[next.number] = Pair { found, edges };
    }

    /// The number of a pair, which waits to be compared when it is new.
    fn number(
        &mut self,
        child: Child<'d>,
        direction: Direction,
        waiting: &mut Vec<Waiting<'d>>,
    ) -> usize {
        let old = conjunction(self.old, child.old);
        let new = conjunction(self.new, child.new);
        let addresses = |parts: &[Part<'d>]| parts.iter().map(Part::address).collect();
        let key = (addresses(&old), addresses(&new), direction, child.context);
        let next = self.pairs.len();
        let number = *self.known.entry(key).or_insert(next);
        if number == next && next >= MAX_PAIRS {
            self.pairs.push(Pair {
                found: vec![too_many(&old, &new, direction)],
                edges: Vec::new(),
            });
        } else if number == next {
            self.pairs.push(Pair::default());
            waiting.push(Waiting {
                number,
                old,
                new,
                direction,
                context: child.context,
            });
        }
        number
    }

    /// Of each pair, whether it has a change or leads to one.
    pub(super) fn leading_to_changes(&self) -> Vec<bool> {
        let mut backwards: Vec<Vec<usize>> = vec![Vec::new(); self.pairs.len()];
        for (from, pair) in self.pairs.iter().enumerate() {
            pair.edges
                .iter()
                .for_each(|(_, to)| backwards[*to].push(from));
        }
        let has_changes = |pair: &Pair| !pair.found.is_empty();
        let mut leading: Vec<bool> = self.pairs.iter().map(has_changes).collect();
        let mut waiting: Vec<usize> = (0..leading.len()).filter(|at| leading[*at]).collect();
        while let Some(at) = waiting.pop() {
            for from in &backwards[at] {
                if !std::mem::replace(&mut leading[*from], true) {
                    waiting.push(*from);
                }
            }
        }
        leading
    }
}

/// That schemas were not compared.
fn too_many(old: &[Part<'_>], new: &[Part<'_>], direction: Direction) -> Found {
    let message = "the schemas here hold together in too many ways to be compared";
    let places = (old.first(), new.first());
    Found::new(ChangeRule::Undecidable, Some(direction), places, message)
}
