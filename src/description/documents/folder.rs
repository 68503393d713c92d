//! The folder of a description, which its references do not leave by themselves.

use std::path::{Path, PathBuf};

/// A folder, in both of its names.
pub(super) struct Folder {
    /// As the user gave it.
    given: PathBuf,
    /// As the system knows it, without links.
    known: PathBuf,
}

impl Folder {
    /// The folder of a file, by the file's two names.
    pub(super) fn of(given: &Path, known: &Path) -> Self {
        let parent = |path: &Path| path.parent().map(Path::to_path_buf).unwrap_or_default();
        Self {
            given: parent(given),
            known: parent(known),
        }
    }

    /// Whether a file, as the system knows it, is in the folder or below it.
    pub(super) fn holds(&self, known: &Path) -> bool {
        known.starts_with(&self.known)
    }

    /// A path in the folder as the user would write it.
    pub(super) fn shown(&self, path: &Path) -> Option<PathBuf> {
        Some(self.given.join(path.strip_prefix(&self.known).ok()?))
    }
}
