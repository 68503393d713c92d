//! The servers that a command is run against.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex},
};

use super::{
    super::{args::Running, choices::Choices, console::Output, error::CliError, places, serve},
    callbacks,
};
use crate::{
    Api,
    journal::{Coverage, Journal, Record},
    report::Case,
    server::{self, Config, Mount, Server},
};

/// The most exchanges that are kept of each API: more than tests make. Beyond it, nobody can tell,
/// and the run fails.
const MAX_EXCHANGES: usize = 100_000;

/// The most bytes of them together.
const MAX_BYTES: usize = 512 << 20;

/// A server for each API, so that each is at the root of an address of its own: clients that put a
/// path after their base URL in the place of its path reach it all the same.
pub(super) struct Fakes {
    all: Vec<Fake>,
}

/// One server.
pub(super) struct Fake {
    /// Its API.
    pub(super) api: Arc<Api>,
    /// Where it is reached, without a `/` at the end.
    pub(super) url: String,
    journal: Arc<Journal>,
    callbacks: Arc<Mutex<Vec<Case>>>,
    server: server::Running,
}

/// What a server saw.
pub(super) struct Seen {
    /// The API.
    pub(super) api: Arc<Api>,
    /// Where it was reached.
    pub(super) url: String,
    /// The exchanges.
    pub(super) records: Vec<Arc<Record>>,
    /// How many were before them and are not kept.
    pub(super) dropped: u64,
    /// What of the API was exercised.
    pub(super) coverage: Arc<Journal>,
    /// How callbacks were answered, one for each of its callbacks that was.
    pub(super) callbacks: Vec<Case>,
}

impl Fakes {
    /// Serves what is named, each on a free port.
    ///
    /// # Errors
    /// A name that means nothing, a description with faults, no port to be had.
    pub(super) fn start(running: &Running, err: &mut Output<'_>) -> Result<Self, CliError> {
        let choices = Choices {
            settings: serve::settings(running.strict),
            ..running.compiling.choices()
        };
        let apis = places::apis(&running.names, &choices, err)?.into_iter();
        let start = |api| Fake::start(Arc::new(api), running);
        Ok(Self {
            all: apis.map(start).collect::<Result<_, _>>()?,
        })
    }

    /// All of them, in the order in which they were named.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Fake> {
        self.all.iter()
    }

    /// Lets requests in flight finish, and tells what was seen.
    pub(super) fn stop(self) -> Vec<Seen> {
        self.all.into_iter().map(Fake::stop).collect()
    }
}

impl Fake {
    fn start(api: Arc<Api>, running: &Running) -> Result<Self, CliError> {
        let coverage = Coverage::of(&[Arc::clone(&api)]);
        let journal = Arc::new(Journal::bounded(MAX_EXCHANGES, MAX_BYTES).counting(coverage));
        let answered = Arc::new(Mutex::default());
        let config = Config {
            port: 0,
            // Nothing that is called goes unjudged.
            index: false,
            threads: NonZeroUsize::MIN,
            journal: Some(Arc::clone(&journal)),
            callbacks: running.callbacks,
            on_callback: Some(callbacks::listener(&answered)),
            ..Config::default()
        };
        let server = Server::bind(config, vec![Mount::new("", Arc::clone(&api))])?.start()?;
        Ok(Self {
            api,
            url: format!("http://{}", server.addr()),
            journal,
            callbacks: answered,
            server,
        })
    }

    fn stop(self) -> Seen {
        self.server.stop();
        Seen {
            records: self.journal.records(),
            dropped: self.journal.dropped(),
            callbacks: callbacks::taken(&self.callbacks),
            coverage: self.journal,
            api: self.api,
            url: self.url,
        }
    }
}
