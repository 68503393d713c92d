//! Walking a tape.

use std::{borrow::Cow, ops::Range};

use jsonschema::{
    JsonType,
    json::{Json, NodeIdentity},
};
use serde_json::{Map, Value};

use super::{
    Cell, Tape, exact,
    number::{TapeNumber, rounded},
    steps::Walk,
    through::{Children, Members, Walked},
};

/// Text weighs as much as a cell for each so many bytes.
const BYTES_A_CELL: u64 = 16;

/// How much of a text is looked at in one step.
const BYTES_A_STEP: u64 = 64;

/// How many names are compared in one step.
const MEMBERS_A_STEP: u32 = 16;

/// A cursor on one value of a [`Tape`].
#[derive(Debug, Clone, Copy)]
pub struct TapeNode<'a> {
    tape: &'a Tape,
    at: u32,
}

impl<'a> TapeNode<'a> {
    pub(super) fn new(tape: &'a Tape, at: u32) -> Self {
        Self { tape, at }
    }

    /// The value as a tree. A number that no double holds is rounded.
    pub fn value(self) -> Value {
        self.tree(&|text| Value::from(rounded(text)))
    }

    /// The same without loss: see [`exact_number`](super::exact_number).
    pub fn exact_value(self) -> Value {
        self.tree(&exact::held)
    }

    fn tree(self, decimal: &dyn Fn(&str) -> Value) -> Value {
        match self.cell() {
            Cell::Null => Value::Null,
            Cell::Bool(value) => Value::Bool(value),
            Cell::Unsigned(number) => Value::from(number),
            Cell::Signed(number) => Value::from(number),
            Cell::Float(number) => Value::from(number),
            Cell::Decimal { start, length } => decimal(self.tape.string(start, length)),
            Cell::String { start, length } => Value::from(self.tape.string(start, length)),
            Cell::Array { .. } => self.children().map(|item| item.tree(decimal)).collect(),
            Cell::Object { .. } => Value::Object(
                self.members()
                    .map(|(name, member)| (name.to_owned(), member.tree(decimal)))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// Whether any number in it is one that no double holds.
    pub(super) fn has_decimal(self) -> bool {
        let cells = self.cells();
        let cells = &self.tape.cells[cells.start as usize..cells.end as usize];
        cells
            .iter()
            .any(|cell| matches!(cell, Cell::Decimal { .. }))
    }

    /// The items, when it is an array; else nothing.
    pub fn items(self) -> impl Iterator<Item = TapeNode<'a>> {
        let is_array = matches!(self.cell(), Cell::Array { .. });
        is_array.then(|| self.children()).into_iter().flatten()
    }

    /// Names and values, in the text's order, when it is an object; else nothing. A name may stand twice.
    pub fn members(self) -> impl Iterator<Item = (&'a str, TapeNode<'a>)> {
        let is_object = matches!(self.cell(), Cell::Object { .. });
        is_object
            .then(|| Members::of(self.children()))
            .into_iter()
            .flatten()
    }

    /// The cells that it takes. The first tells it from all other values of its tape, and what it holds
    /// lies within.
    pub fn cells(self) -> Range<u32> {
        self.at..self.tape.end(self.at)
    }

    /// Gives validators the steps that they may take on the tape.
    pub fn begin(self, walk: Walk) {
        self.tape.steps.begin(walk, self.tape.cells.len());
    }

    /// Whether validators have walked the tape further than they may. Since then everything in it looks like
    /// `null` to them, so that they come to an end, and what they find is not to be trusted.
    pub fn is_walked_out(self) -> bool {
        self.tape.steps.are_over()
    }

    /// How many steps may be taken to decide whether a value is valid.
    pub fn most_steps(self) -> u64 {
        Walk::Decide.most(self.cells().len())
    }

    /// How many steps validators have taken on the tape since the walk began.
    pub fn walked(self) -> u64 {
        self.tape.steps.taken()
    }

    /// How much there is to copy, in cells.
    fn weight(self) -> u64 {
        let cells = self.cells();
        let cells = &self.tape.cells[cells.start as usize..cells.end as usize];
        let text = |cell: &Cell| match cell {
            Cell::String { length, .. } | Cell::Decimal { length, .. } => {
                u64::from(*length) / BYTES_A_CELL
            }
            _ => 0,
        };
        cells.iter().map(|cell| 1 + text(cell)).sum()
    }

    /// Takes steps, if there are any left.
    fn walks(self, steps: u64) -> bool {
        self.tape.steps.take(steps);
        !self.is_walked_out()
    }

    pub(super) fn cell(self) -> Cell {
        self.tape.cell(self.at)
    }

    pub(super) fn children(self) -> Children<'a> {
        Children::of(self.tape, self.at)
    }

    /// The text of a number that no double holds.
    pub fn decimal(self) -> Option<&'a str> {
        match self.cell() {
            Cell::Decimal { start, length } => Some(self.tape.string(start, length)),
            _ => None,
        }
    }

    pub(super) fn text(self) -> Option<&'a str> {
        match self.cell() {
            Cell::String { start, length } => Some(self.tape.string(start, length)),
            _ => None,
        }
    }
}

impl<'a> jsonschema::json::Node<'a, Tape> for TapeNode<'a> {
    type Object = Object<'a>;
    type Array = Array<'a>;
    type Number = TapeNumber<'a>;

    fn as_object(&self) -> Option<Object<'a>> {
        match self.cell() {
            Cell::Object { count, .. } if self.walks(u64::from(count) + 1) => {
                Some(Object { node: *self, count })
            }
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Array<'a>> {
        match self.cell() {
            Cell::Array { count, .. } if self.walks(u64::from(count) + 1) => {
                Some(Array { node: *self, count })
            }
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        let text = self.text()?;
        self.walks(1 + text.len() as u64 / BYTES_A_STEP)
            .then_some(Cow::Borrowed(text))
    }

    fn as_number(&self) -> Option<TapeNumber<'a>> {
        match self.cell() {
            _ if !self.walks(1) => None,
            Cell::Unsigned(number) => Some(TapeNumber::Unsigned(number)),
            Cell::Signed(number) => Some(TapeNumber::Signed(number)),
            Cell::Float(number) => Some(TapeNumber::Float(number)),
            Cell::Decimal { .. } => self.decimal().map(TapeNumber::Decimal),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.cell() {
            Cell::Bool(value) => Some(value),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self.cell(), Cell::Null)
    }

    fn json_type(&self) -> JsonType {
        match self.cell() {
            _ if !self.walks(1) => JsonType::Null,
            Cell::Null => JsonType::Null,
            Cell::Bool(_) => JsonType::Boolean,
            Cell::Unsigned(_) | Cell::Signed(_) | Cell::Float(_) | Cell::Decimal { .. } => {
                JsonType::Number
            }
            Cell::String { .. } => JsonType::String,
            Cell::Array { .. } => JsonType::Array,
            Cell::Object { .. } => JsonType::Object,
        }
    }

    // A `const` or an `enum` of such numbers is a keyword of its own.
    fn equals_value(&self, expected: &Value) -> bool {
        self.walks(1) && self.equals(expected)
    }

    fn to_value(&self) -> Cow<'a, Value> {
        // Looked at first: to weigh it takes time, too.
        if !self.is_walked_out() {
            self.tape.steps.take_copy(self.weight());
        }
        match self.is_walked_out() {
            true => Cow::Owned(Value::Null),
            false => Cow::Owned(self.value()),
        }
    }

    fn identity(&self) -> Option<NodeIdentity> {
        let address = self.tape.cells.as_ptr() as usize;
        Some(NodeIdentity::tagged(address, self.at))
    }
}

pub struct Object<'a> {
    node: TapeNode<'a>,
    count: u32,
}

impl<'a> jsonschema::json::Object<'a, Tape> for Object<'a> {
    type Node = TapeNode<'a>;
    type MemberName = &'a str;
    type MembersIter = Walked<'a, Members<'a>>;

    fn len(&self) -> usize {
        self.count as usize
    }

    fn get(&self, key: &<Tape as Json>::PreparedKey) -> Option<TapeNode<'a>> {
        self.node
            .tape
            .steps
            .take(u64::from(self.count / MEMBERS_A_STEP) + 1);
        // Members cannot be walked backwards, and the last of equal names counts.
        let equal = Members::of(self.node.children()).filter(|(name, _)| *name == &**key);
        equal.last().map(|(_, member)| member)
    }

    fn members(&self) -> Walked<'a, Members<'a>> {
        Walked::of(self.node.tape, Members::of(self.node.children()))
    }
}

pub struct Array<'a> {
    node: TapeNode<'a>,
    count: u32,
}

impl<'a> jsonschema::json::Array<'a, Tape> for Array<'a> {
    type Node = TapeNode<'a>;
    type ElementsIter = Walked<'a, Children<'a>>;

    fn len(&self) -> usize {
        self.count as usize
    }

    fn elements(&self) -> Walked<'a, Children<'a>> {
        Walked::of(self.node.tape, self.node.children())
    }
}
