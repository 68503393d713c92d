//! A file with a line for each exchange, written before the reply is sent.

mod end;

use std::{
    error::Error,
    fmt,
    fs::OpenOptions,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{Record, Secrets, Shown};
use crate::Api;

/// A file to which each exchange is appended as one line, by one call of the system, before its reply is
/// sent: whatever becomes of the process, no exchange whose reply was seen is missing.
///
/// The bytes are with the system then, and not yet on the disk: a failure of the machine itself may lose
/// them.
pub struct JournalFile {
    path: PathBuf,
    secrets: Secrets,
    told: Listener,
    end: Mutex<End>,
}

/// What is told of a file.
type Listener = Box<dyn Fn(&Trouble) + Send + Sync>;

/// The end of the file, which threads write to in turn.
struct End {
    file: std::fs::File,
    /// Whether the last line could not be written.
    is_failing: bool,
}

/// What is told of a file that cannot be written.
#[derive(Debug)]
pub enum Trouble {
    /// A line could not be written; of those that follow nothing is told until one can be.
    Failed(io::Error),
    /// Lines can be written again.
    Over,
}

/// Why a file is not taken for a journal.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// It cannot be opened, read or written.
    Io(io::Error),
    /// It has something else in it.
    NoJournal,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::NoJournal => f.write_str("it has something else in it than a journal"),
        }
    }
}

impl Error for OpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::NoJournal => None,
        }
    }
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A line that could not be written, so that its exchange may not take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unwritten;

impl JournalFile {
    /// Opens a file to append to, and makes it where there is none. What stands after its last whole line is
    /// the beginning of one whose reply was never sent, and is cut off.
    ///
    /// # Errors
    /// The file cannot be opened, or has something else in it than a journal.
    pub fn open(path: &Path, secrets: Secrets) -> Result<Self, OpenError> {
        let mut options = OpenOptions::new();
        let mut file = options.append(true).read(true).create(true).open(path)?;
        end::check(&mut file)?;
        Ok(Self {
            path: path.to_owned(),
            secrets,
            told: Box::new(|_| {}),
            end: Mutex::new(End {
                file,
                is_failing: false,
            }),
        })
    }

    /// The same file with somebody who is told when it cannot be written, and when it can be again.
    #[must_use]
    pub fn telling(self, told: impl Fn(&Trouble) + Send + Sync + 'static) -> Self {
        Self {
            told: Box::new(told),
            ..self
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends a record; `apis` are those by whose descriptions its secrets are known.
    ///
    /// # Errors
    /// It could not be written, and no part of it is in the file.
    pub fn append(&self, record: &Record, apis: &[Arc<Api>]) -> Result<(), Unwritten> {
        let shown = match self.secrets {
            Secrets::Redacted => Shown::without_secrets(record, apis),
            Secrets::Kept => Shown::whole(record),
        };
        let mut line = shown.to_json();
        line.push(b'\n');
        // A thread that panicked with it left nothing half done: a line is one call.
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let written = end.append(&line);
        let was_failing = std::mem::replace(&mut end.is_failing, written.is_err());
        drop(end);
        match (written, was_failing) {
            (Ok(()), false) => Ok(()),
            (Ok(()), true) => {
                (self.told)(&Trouble::Over);
                Ok(())
            }
            (Err(error), false) => {
                (self.told)(&Trouble::Failed(error));
                Err(Unwritten)
            }
            (Err(_), true) => Err(Unwritten),
        }
    }
}

impl End {
    /// Writes a line by one call where the system takes it whole, and else takes back what it took.
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let taken = loop {
            match self.file.write(line) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                taken => break taken?,
            }
        };
        if taken == line.len() {
            return Ok(());
        }
        let rest = self.file.write_all(&line[taken..]);
        rest.inspect_err(|_| end::cut_back(&mut self.file))
    }
}

impl fmt::Debug for JournalFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JournalFile")
            .field("path", &self.path)
            .field("secrets", &self.secrets)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
