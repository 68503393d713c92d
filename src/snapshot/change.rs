//! What differs from what was accepted: as it is found, and as it waits to be reviewed.

use std::{fmt, sync::Arc};

use super::{Snapshot, Stored};
use crate::diff;

/// A difference between what is documented and what was accepted.
#[derive(Debug, Clone)]
pub struct Change {
    /// The path of the file below the folder, without an ending.
    pub name: String,
    /// In which way it differs.
    pub kind: Kind,
    /// What was accepted.
    pub before: Stored,
    /// What is documented.
    pub after: Stored,
    /// What changed in the description that touches it, the gravest first, where that is known.
    pub meant: Vec<Arc<diff::Change>>,
    /// What is documented, whole; `None` of what is gone.
    pub(super) snapshot: Option<Snapshot>,
}

impl Change {
    /// The file that says which reply it is about.
    pub fn stored(&self) -> &Stored {
        match self.kind {
            Kind::Gone => &self.before,
            Kind::New | Kind::Changed => &self.after,
        }
    }
}

/// In which way a reply differs from what was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing was accepted of it.
    New,
    /// Another was accepted.
    Changed,
    /// It is not documented any more.
    Gone,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Gone => "gone",
        })
    }
}

/// A change that waits to be accepted or rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The path of the file below the folder, without an ending.
    pub name: String,
    /// In which way it differs.
    pub kind: Kind,
    /// What was accepted; nothing where that is new.
    pub before: Stored,
    /// What is to be accepted; nothing where the file is to be removed.
    pub after: Stored,
    /// The text of the file.
    pub(super) text: String,
}

impl Pending {
    /// The file that says which reply it is about.
    pub fn stored(&self) -> &Stored {
        match self.kind {
            Kind::Gone => &self.before,
            Kind::New | Kind::Changed => &self.after,
        }
    }
}
