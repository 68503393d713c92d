//! Going through an array or object of a tape.

use super::{Cell, Tape, TapeNode};

/// What a validator goes through, as long as there are steps left.
pub struct Walked<'a, I> {
    tape: &'a Tape,
    through: I,
}

impl<'a, I> Walked<'a, I> {
    pub(super) fn of(tape: &'a Tape, through: I) -> Self {
        Self { tape, through }
    }
}

impl<I: Iterator> Iterator for Walked<'_, I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        match self.tape.steps.are_over() {
            true => None,
            false => self.through.next(),
        }
    }
}

/// The values between two cells.
pub struct Children<'a> {
    tape: &'a Tape,
    at: u32,
    end: u32,
}

impl<'a> Children<'a> {
    /// The values in an array or object that begins at a cell.
    pub(super) fn of(tape: &'a Tape, start: u32) -> Self {
        Self {
            tape,
            at: start + 1,
            end: tape.end(start),
        }
    }
}

impl<'a> Iterator for Children<'a> {
    type Item = TapeNode<'a>;

    fn next(&mut self) -> Option<TapeNode<'a>> {
        if self.at >= self.end {
            return None;
        }
        let node = TapeNode::new(self.tape, self.at);
        self.at = self.tape.end(self.at);
        Some(node)
    }
}

/// Names and values of an object, in the text's order.
pub struct Members<'a>(Children<'a>);

impl<'a> Members<'a> {
    /// The members of an object, whose names and values take turns.
    pub(super) fn of(children: Children<'a>) -> Self {
        Self(children)
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, TapeNode<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let Children { tape, at, end } = self.0;
        if at >= end {
            return None;
        }
        let Cell::String { start, length } = tape.cell(at) else {
            return None;
        };
        self.0.at = tape.end(at + 1);
        Some((tape.string(start, length), TapeNode::new(tape, at + 1)))
    }
}
