//! The folder of accepted snapshots, and what is to be reviewed in it.

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::{Change, Kind, Pending, ReplyName, Snapshots, Stored};

/// The ending of what is accepted, and of what is to be reviewed.
const ACCEPTED: &str = "snap";
const PENDING: &str = "snap.new";

/// The ending of what stands beside a file that is to be removed, and what it says. It is none of insta's, whose
/// tools would write an empty file.
const GONE: &str = "snap.gone";
const GONE_TEXT: &str =
    "This reply is documented no more. `mynah review` removes its file, or keeps it.\n";

/// A folder of snapshots.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at a path, which may have nothing there yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What differs from what was accepted of an API, whose snapshots are in a folder below. Of operations
    /// with faults nothing does.
    ///
    /// # Errors
    /// A file or folder that cannot be read, with its path.
    pub fn changes(&self, below: &str, snapshots: &Snapshots) -> Result<Vec<Change>, Failure> {
        let mut gone: BTreeSet<String> = self.names(below, ACCEPTED)?.into_iter().collect();
        let mut changes = Vec::new();
        for snapshot in &snapshots.all {
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
                    meant: Vec::new(),
                    snapshot: Some(snapshot.clone()),
                });
            }
        }
        let faulty: HashSet<&str> = snapshots.faulty.iter().map(|label| &**label).collect();
        for name in gone {
            let before = Stored::read(&self.read(&name, ACCEPTED)?);
            let reply = before.description.as_deref().and_then(ReplyName::of);
            if reply.is_some_and(|reply| faulty.contains(reply.operation)) {
                continue;
            }
            changes.push(Change {
                kind: Kind::Gone,
                before,
                after: Stored::default(),
                meant: Vec::new(),
                snapshot: None,
                name,
            });
        }
        Ok(changes)
    }

    /// Writes what is new, and what changed or is gone beside what was accepted, to be reviewed. What waited
    /// before and is no change any more is removed.
    ///
    /// # Errors
    /// A file that cannot be written, with its path.
    pub fn propose(&self, below: &str, changes: &[Change]) -> Result<(), Failure> {
        let mut stale = self.waiting(below)?;
        for change in changes {
            let (ending, text) = match &change.snapshot {
                Some(snapshot) if change.kind == Kind::New => (ACCEPTED, snapshot.accepted()),
                Some(snapshot) => (PENDING, snapshot.pending()),
                None => (GONE, GONE_TEXT.to_owned()),
            };
            stale.remove(&(change.name.clone(), ending));
            self.write(&change.name, ending, &text)?;
        }
        self.remove_all(&stale)
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
        self.remove_all(&self.waiting(below)?)
    }

    /// What waits to be reviewed, by name.
    ///
    /// # Errors
    /// A file or folder that cannot be read, with its path.
    pub fn pending(&self) -> Result<Vec<Pending>, Failure> {
        let mut waiting = self.waiting("")?;
        for below in self.folders()? {
            waiting.extend(self.waiting(&below)?);
        }
        let mut all = Vec::new();
        for (name, ending) in waiting {
            let accepted = match self.read(&name, ACCEPTED) {
                Err(failure) if failure.source.kind() == ErrorKind::NotFound => None,
                read => Some(read?),
            };
            let before = accepted.as_deref().map(Stored::read);
            let (kind, text) = match (ending, &before) {
                // It was removed by other means.
                (GONE, None) => continue,
                (GONE, Some(_)) => (Kind::Gone, String::new()),
                (_, None) => (Kind::New, self.read(&name, ending)?),
                (_, Some(_)) => (Kind::Changed, self.read(&name, ending)?),
            };
            all.push(Pending {
                kind,
                before: before.unwrap_or_default(),
                after: Stored::read(&text),
                text,
                name,
            });
        }
        Ok(all)
    }

    /// Puts what waited in the place of what was accepted.
    ///
    /// # Errors
    /// A file that cannot be written or removed, with its path.
    pub fn keep(&self, pending: &Pending) -> Result<(), Failure> {
        match pending.kind {
            Kind::Gone => self.remove(&pending.name, ACCEPTED)?,
            Kind::New | Kind::Changed => {
                self.write(&pending.name, ACCEPTED, &lineless(&pending.text))?;
            }
        }
        self.drop(pending)
    }

    /// Drops what waited.
    ///
    /// # Errors
    /// A file that cannot be removed, with its path.
    pub fn drop(&self, pending: &Pending) -> Result<(), Failure> {
        let ending = match pending.kind {
            Kind::Gone => GONE,
            Kind::New | Kind::Changed => PENDING,
        };
        self.remove(&pending.name, ending)
    }

    /// The files in a folder below that wait to be reviewed, by name and ending.
    fn waiting(&self, below: &str) -> Result<BTreeSet<(String, &'static str)>, Failure> {
        let mut waiting = BTreeSet::new();
        for ending in [PENDING, GONE] {
            let names = self.names(below, ending)?.into_iter();
            waiting.extend(names.map(|name| (name, ending)));
        }
        Ok(waiting)
    }

    fn remove_all(&self, files: &BTreeSet<(String, &'static str)>) -> Result<(), Failure> {
        let mut files = files.iter();
        files.try_for_each(|(name, ending)| self.remove(name, ending))
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

/// The text of a file without the line of the description, which is for those who review.
fn lineless(pending: &str) -> String {
    let (mut text, mut fences) = (String::new(), 0);
    for line in pending.split_inclusive('\n') {
        fences += usize::from(line.trim_end() == "---");
        if fences != 1 || !line.starts_with("assertion_line:") {
            text.push_str(line);
        }
    }
    text
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
