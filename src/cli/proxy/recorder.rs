//! What `mynah proxy --record` writes.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{Api, cli::error::CliError, journal::Record, recording::Recording};

/// A recording and the file that it is written to.
pub(super) struct Recorder {
    file: PathBuf,
    recording: Mutex<Recording>,
}

impl Recorder {
    /// An empty recording. That the file cannot be written is said now, and not at the end.
    pub(super) fn create(file: &Path, api: &Arc<Api>) -> Result<Self, CliError> {
        let recorder = Self {
            file: file.to_owned(),
            recording: Recording::new(Arc::clone(api)).into(),
        };
        recorder.write()?;
        Ok(recorder)
    }

    pub(super) fn add(&self, record: &Record) {
        // What is no example is printed already where it leaves the contract.
        let _ = self.recording().add(&record.exchange);
    }

    /// Writes the file, and says what is in it.
    pub(super) fn write(&self) -> Result<String, CliError> {
        let recording = self.recording();
        let written = fs::write(&self.file, recording.to_string());
        written.map_err(|source| CliError::Unwritable {
            file: self.file.clone(),
            source,
        })?;
        let file = self.file.display();
        Ok(match recording.len() {
            1 => format!("1 exchange is recorded in {file}"),
            count => format!("{count} exchanges are recorded in {file}"),
        })
    }

    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.recording
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
