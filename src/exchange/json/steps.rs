//! How far a value is walked. Where a schema leads to itself on several ways, a validator goes over a
//! small value so often that it would never end; so a tape counts, and ends it.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A value may be looked at so often, however small it is, to decide whether it is valid.
const TO_DECIDE: u64 = 2_000_000;

/// Schemas look several times at one value, but not a thousand times.
const TO_DECIDE_A_CELL: u64 = 300;

/// Enough for ten thousand faults.
const TO_EXPLAIN: u64 = 12_000_000;

/// One copy of the whole, and as much again: of a large value with more faults than that nobody reads all.
const TO_EXPLAIN_A_CELL: u64 = 2 * COPY_OF_CELL;

/// What to copy a cell takes, where the copy is kept: each fault keeps one.
const COPY_OF_CELL: u64 = 50;

/// A fault is as large as so many cells, beside its copy.
const CELLS_OF_FAULT: u64 = 20;

/// What a validator walks a tape for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// To say whether a value is valid. It keeps nothing.
    Decide,
    /// To say what is wrong with it. Each fault keeps a copy of what is wrong.
    Explain,
}

impl Walk {
    /// How many steps may be taken in a value of so many cells.
    pub(super) fn most(self, cells: usize) -> u64 {
        let (least, a_cell) = match self {
            Self::Decide => (TO_DECIDE, TO_DECIDE_A_CELL),
            Self::Explain => (TO_EXPLAIN, TO_EXPLAIN_A_CELL),
        };
        a_cell.saturating_mul(cells as u64).saturating_add(least)
    }
}

/// The steps that were taken on a tape, and how many may be.
#[derive(Debug)]
pub(super) struct Steps {
    taken: AtomicU64,
    most: AtomicU64,
    /// What to copy a cell takes.
    copy_of_cell: AtomicU64,
}

impl Default for Steps {
    /// Those of a tape that nobody has begun to walk.
    fn default() -> Self {
        Self {
            taken: AtomicU64::new(0),
            most: AtomicU64::new(u64::MAX),
            copy_of_cell: AtomicU64::new(1),
        }
    }
}

impl Steps {
    /// Gives a tape of so many cells the steps that a walk may take.
    pub(super) fn begin(&self, walk: Walk, cells: usize) {
        let copy_of_cell = match walk {
            Walk::Decide => 1,
            Walk::Explain => COPY_OF_CELL,
        };
        self.taken.store(0, Relaxed);
        self.most.store(walk.most(cells), Relaxed);
        self.copy_of_cell.store(copy_of_cell, Relaxed);
    }

    /// Takes steps. One thread at a time walks a tape; where several do, some are not counted.
    pub(super) fn take(&self, count: u64) {
        let taken = self.taken.load(Relaxed);
        self.taken.store(taken.saturating_add(count), Relaxed);
    }

    /// How many were taken since the walk began.
    pub(super) fn taken(&self) -> u64 {
        self.taken.load(Relaxed)
    }

    /// Takes the steps of a copy of so many cells.
    pub(super) fn take_copy(&self, cells: u64) {
        let cells = cells.saturating_add(CELLS_OF_FAULT);
        self.take(cells.saturating_mul(self.copy_of_cell.load(Relaxed)));
    }

    /// Whether more were taken than may be.
    pub(super) fn are_over(&self) -> bool {
        self.taken() > self.most.load(Relaxed)
    }
}

impl Clone for Steps {
    /// Nobody has begun to walk the copy.
    fn clone(&self) -> Self {
        Self::default()
    }
}
