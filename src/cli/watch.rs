//! Descriptions served anew when their files change. What was read before is served on until a sound
//! one is there; connections stay open, and a request keeps the API that it began with.

mod changes;
mod stamps;

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError},
    },
    time::{Duration, SystemTime},
};

use super::{
    check::{Checked, check},
    choices::Choices,
    console::Output,
    descriptions::Overlays,
    error::CliError,
    places::Served,
    target::Target,
};
use crate::{report::Sources, server::Mount};
use changes::Changes;
use stamps::Stamps;

/// How often files are looked at.
const PERIOD: Duration = Duration::from_millis(250);

/// How long files have to rest: many editors write in several steps.
const REST: Duration = Duration::from_millis(100);

/// Serves anew what changes, until the other end of the channel is gone.
pub(super) fn watch(
    served: Vec<Served>,
    choices: &Choices,
    err: &mut Output<'_>,
    ended: &Receiver<()>,
) {
    let mut all: Vec<Watched> = served.into_iter().filter_map(Watched::of).collect();
    let mut pause = PERIOD;
    while !all.is_empty() && ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        pause = PERIOD;
        for one in &mut all {
            match one.look() {
                Seen::Nothing => {}
                Seen::Unrest => pause = REST,
                // Standard error that cannot be written to is no reason to stop serving.
                Seen::Change => drop(one.read_again(choices, err)),
            }
        }
    }
}

/// What a look at the files of a description shows.
enum Seen {
    /// They are as they were when they were read.
    Nothing,
    /// They are being written.
    Unrest,
    /// They changed and are at rest.
    Change,
}

/// A description whose files are watched.
struct Watched {
    target: Target,
    name: String,
    mount: Mount,
    files: Vec<PathBuf>,
    /// How the files were when they were read.
    read: Stamps,
    /// How they were at the last look, when that was otherwise.
    seen: Option<Stamps>,
}

impl Watched {
    /// `None` when it is in no file.
    fn of(served: Served) -> Option<Self> {
        let Checked {
            name,
            files,
            read_at,
            ..
        } = served.checked;
        let watched = Self {
            target: served.target,
            name,
            mount: served.mount,
            read: Stamps::of_read(&files, read_at),
            files,
            seen: None,
        };
        (!watched.files.is_empty()).then_some(watched)
    }

    fn look(&mut self) -> Seen {
        let now = Stamps::of(&self.files);
        if now == self.read {
            self.seen = None;
            return Seen::Nothing;
        }
        match self.seen.replace(now.clone()) {
            Some(before) if before == now => Seen::Change,
            _ => Seen::Unrest,
        }
    }

    fn read_again(&mut self, choices: &Choices, err: &mut Output<'_>) -> Result<(), CliError> {
        self.seen = None;
        let before = SystemTime::now();
        let mut sources = Sources::default();
        let overlays = Overlays::read(choices);
        let checked =
            overlays.and_then(|overlays| check(&self.target, choices, &overlays, &mut sources));
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => {
                self.read = Stamps::of_read(&self.files, before);
                return Ok(self.keep(&error.to_string(), err)?);
            }
        };
        // Of a faulty description perhaps only some files were read.
        match checked.api.is_some() {
            true => self.files = checked.files,
            false => {
                let new = checked
                    .files
                    .into_iter()
                    .filter(|file| !self.files.contains(file));
                self.files.extend(new.collect::<Vec<_>>());
            }
        }
        self.read = Stamps::of_read(&self.files, before);
        err.findings(&checked.findings, &mut sources)?;
        let Some(api) = checked.api else {
            return Ok(self.keep("it has errors now", err)?);
        };
        let changes = Changes::between(&self.mount.api(), &api);
        let api = Arc::new(api);
        self.mount.replace(Arc::clone(&api));
        err.say(&format!("{} is served anew: {changes}", self.name))?;
        err.review(&api)
    }

    fn keep(&self, why: &str, err: &mut Output<'_>) -> io::Result<()> {
        err.say(&format!("{} is served as it was before: {why}", self.name))
    }
}
