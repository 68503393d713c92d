//! The folder of accepted snapshots, and what is to be reviewed in it.

use std::{
    collections::BTreeSet,
    fmt, fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::{Snapshot, Stored};

/// The ending of what is accepted, and of what is to be reviewed.
const ACCEPTED: &str = "snap";
const PENDING: &str = "snap.new";

/// A folder of snapshots.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

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
    /// What is documented, whole; `None` of what is gone.
    snapshot: Option<Snapshot>,
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
    /// What was accepted; nothing where that is new.
    pub before: Stored,
    /// What is to be accepted.
    pub after: Stored,
    text: String,
}

impl Folder {
    /// The folder at a path, which may have nothing there yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What differs from what was accepted of an API, whose snapshots are in a folder below.
    ///
    /// # Errors
    /// A file or folder that cannot be read, with its path.
    pub fn changes(&self, below: &str, snapshots: &[Snapshot]) -> Result<Vec<Change>, Failure> {
        let mut gone: BTreeSet<String> = self.names(below, ACCEPTED)?.into_iter().collect();
        let mut changes = Vec::new();
        for snapshot in snapshots {
            let is_known = gone.remove(&snapshot.name);
            let before = match is_known {
                true => Stored::read(&self.read(&snapshot.name, ACCEPTED)?),
                false => Stored::default(),
            };
            let kind = match is_known {
                true => Kind::Changed,
                false => Kind::New,
            };
            if !is_known || before.contents != snapshot.contents {
                changes.push(Change {
                    name: snapshot.name.clone(),
                    kind,
                    before,
                    after: Stored::read(&snapshot.accepted()),
                    snapshot: Some(snapshot.clone()),
                });
            }
        }
        for name in gone {
            changes.push(Change {
                kind: Kind::Gone,
                before: Stored::read(&self.read(&name, ACCEPTED)?),
                after: Stored::default(),
                snapshot: None,
                name,
            });
        }
        Ok(changes)
    }

    /// Writes what is new, and what changed beside what was accepted, to be reviewed. What waited before and
    /// is no change any more is removed.
    ///
    /// # Errors
    /// A file that cannot be written, with its path.
    pub fn propose(&self, below: &str, changes: &[Change]) -> Result<(), Failure> {
        let mut stale: BTreeSet<String> = self.names(below, PENDING)?.into_iter().collect();
        for change in changes {
            match (&change.snapshot, change.kind) {
                (Some(snapshot), Kind::Changed) => {
                    stale.remove(&change.name);
                    self.write(&change.name, PENDING, &snapshot.pending())?;
                }
                (Some(snapshot), _) => self.write(&change.name, ACCEPTED, &snapshot.accepted())?,
                (None, _) => {}
            }
        }
        stale.iter().try_for_each(|name| self.remove(name, PENDING))
    }

    /// Accepts changes without a review.
    ///
    /// # Errors
    /// A file that cannot be written or removed, with its path.
    pub fn accept(&self, below: &str, changes: &[Change]) -> Result<(), Failure> {
        for change in changes {
            match &change.snapshot {
                Some(snapshot) => self.write(&change.name, ACCEPTED, &snapshot.accepted())?,
                None => self.remove(&change.name, ACCEPTED)?,
            }
        }
        let pending = self.names(below, PENDING)?;
        pending
            .iter()
            .try_for_each(|name| self.remove(name, PENDING))
    }

    /// What waits to be reviewed, by name.
    ///
    /// # Errors
    /// A file or folder that cannot be read, with its path.
    pub fn pending(&self) -> Result<Vec<Pending>, Failure> {
        let mut names = self.names("", PENDING)?;
        for below in self.folders()? {
            names.extend(self.names(&below, PENDING)?);
        }
        names.sort();
        let accepted = |name: &str| match self.read(name, ACCEPTED) {
            Err(failure) if failure.source.kind() == ErrorKind::NotFound => Ok(String::new()),
            read => read,
        };
        let pending = |name: String| {
            let text = self.read(&name, PENDING)?;
            Ok(Pending {
                before: Stored::read(&accepted(&name)?),
                after: Stored::read(&text),
                text,
                name,
            })
        };
        names.into_iter().map(pending).collect()
    }

    /// Puts what waited in the place of what was accepted.
    ///
    /// # Errors
    /// A file that cannot be written, with its path.
    pub fn keep(&self, pending: &Pending) -> Result<(), Failure> {
        // The line is for those who review.
        let lines = pending.text.split_inclusive('\n');
        let (mut text, mut fences) = (String::new(), 0);
        for line in lines {
            fences += usize::from(line.trim_end() == "---");
            if fences != 1 || !line.starts_with("assertion_line:") {
                text.push_str(line);
            }
        }
        self.write(&pending.name, ACCEPTED, &text)?;
        self.remove(&pending.name, PENDING)
    }

    /// Drops what waited.
    ///
    /// # Errors
    /// A file that cannot be removed, with its path.
    pub fn drop(&self, pending: &Pending) -> Result<(), Failure> {
        self.remove(&pending.name, PENDING)
    }

    /// The names of the files with an ending in a folder below.
    fn names(&self, below: &str, ending: &str) -> Result<Vec<String>, Failure> {
        let ending = format!(".{ending}");
        let names = self
            .entries(below)?
            .into_iter()
            .filter_map(|(name, is_folder)| {
                let name = name.strip_suffix(&ending).filter(|_| !is_folder)?;
                Some(match below {
                    "" => name.to_owned(),
                    below => format!("{below}/{name}"),
                })
            });
        Ok(names.collect())
    }

    /// The folders directly in it.
    fn folders(&self) -> Result<Vec<String>, Failure> {
        let entries = self.entries("")?.into_iter();
        Ok(entries
            .filter_map(|(name, is_folder)| is_folder.then_some(name))
            .collect())
    }

    /// What is in a folder below, and which of it are folders; nothing where there is no such folder.
    fn entries(&self, below: &str) -> Result<Vec<(String, bool)>, Failure> {
        let path = self.0.join(below);
        let read = || -> io::Result<Vec<(String, bool)>> {
            let mut entries = Vec::new();
            for entry in fs::read_dir(&path)? {
                let entry = entry?;
                let is_folder = entry.file_type()?.is_dir();
                let name = entry.file_name().into_string();
                entries.extend(name.ok().map(|name| (name, is_folder)));
            }
            Ok(entries)
        };
        match read() {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            read => read.map_err(|source| Failure::new(&path, source)),
        }
    }

    fn file(&self, name: &str, ending: &str) -> PathBuf {
        self.0.join(format!("{name}.{ending}"))
    }

    fn read(&self, name: &str, ending: &str) -> Result<String, Failure> {
        let path = self.file(name, ending);
        fs::read_to_string(&path).map_err(|source| Failure::new(&path, source))
    }

    fn write(&self, name: &str, ending: &str, text: &str) -> Result<(), Failure> {
        let path = self.file(name, ending);
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(&self.0))?;
            fs::write(&path, text)
        };
        write().map_err(|source| Failure {
            is_writing: true,
            ..Failure::new(&path, source)
        })
    }

    fn remove(&self, name: &str, ending: &str) -> Result<(), Failure> {
        let path = self.file(name, ending);
        match fs::remove_file(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => removed.map_err(|source| Failure {
                is_writing: true,
                ..Failure::new(&path, source)
            }),
        }
    }
}

/// A file or folder that could not be read or written.
#[derive(Debug)]
pub struct Failure {
    /// Which.
    pub path: PathBuf,
    /// Whether it was to be written.
    pub is_writing: bool,
    /// Why.
    pub source: io::Error,
}

impl Failure {
    fn new(path: &Path, source: io::Error) -> Self {
        Self {
            path: path.to_owned(),
            is_writing: false,
            source,
        }
    }
}
