//! JSON values in one flat tape, so that reading a body takes two allocations and no tree.
//!
//! A [`Tape`] holds one or more values one after the other; [`TapeNode`] is a cursor on one of them
//! and is what the validators walk ([`jsonschema::json::Json`]).

mod build;
mod decimal;
mod equal;
mod exact;
mod fault;
mod number;
mod read;
mod repeated;
mod scan;
mod steps;
mod through;
mod without;

pub use decimal::Decimal;
pub use exact::{exact_number, is_number};
pub use read::TapeNode;
use steps::Steps;
pub use steps::Walk;

/// One value, or the start of one.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// A number that no double holds; its text is a slice of [`Tape::text`].
    Decimal {
        start: u32,
        length: u32,
    },
    /// A slice of [`Tape::text`].
    String {
        start: u32,
        length: u32,
    },
    /// `count` values follow; `end` is the cell after the last of them.
    Array {
        count: u32,
        end: u32,
    },
    /// `count` pairs of a string cell and a value follow.
    Object {
        count: u32,
        end: u32,
    },
}

impl Cell {
    /// The least integer of 64 bits. Those just below round to it, and would pass for it.
    const LEAST: f64 = i64::MIN as f64;

    /// A number that is no integer of 64 bits.
    fn float(value: f64) -> Self {
        Self::Float(if value == Self::LEAST {
            value.next_down()
        } else {
            value
        })
    }
}

/// JSON values laid out flat: cells in document order, and text that holds all strings.
#[derive(Debug, Clone, Default)]
pub struct Tape {
    cells: Vec<Cell>,
    /// Where all strings stand, and what else stood in the text that was read.
    text: String,
    /// Whether a name may stand twice in an object.
    may_repeat: bool,
    steps: Steps,
}

impl Tape {
    /// The first value; `null` when nothing was read.
    pub fn root(&self) -> TapeNode<'_> {
        self.node(0)
    }

    /// The value that begins at a cell, as given by [`Tape::push`].
    pub fn node(&self, cell: u32) -> TapeNode<'_> {
        TapeNode::new(self, cell)
    }

    fn cell(&self, at: u32) -> Cell {
        self.cells.get(at as usize).copied().unwrap_or(Cell::Null)
    }

    /// The cell after the value that begins at `at`.
    fn end(&self, at: u32) -> u32 {
        match self.cell(at) {
            Cell::Array { end, .. } | Cell::Object { end, .. } => end,
            _ => at + 1,
        }
    }

    fn string(&self, start: u32, length: u32) -> &str {
        &self.text[start as usize..(start + length) as usize]
    }
}

impl jsonschema::json::Json for Tape {
    type Node<'a> = TapeNode<'a>;
    type PreparedKey = Box<str>;
    // A lookup walks all members: one pass that looks for several names at once is always better.
    const KEYS_PER_LOOKUP: usize = 1 << 16;
    type StringBuffer = Tape;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(
        buffer: &mut Tape,
        string: &str,
        f: impl FnOnce(TapeNode<'_>) -> T,
    ) -> T {
        buffer.clear();
        buffer.push_str(string);
        f(buffer.root())
    }
}
