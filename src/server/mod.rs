//! APIs served over HTTP. With `outbound`, which sends, the only module that knows sockets, hyper and
//! tokio.
//!
//! A request, in order: `worker` accepts its connection, `service` has its body read whole by
//! `body`, and `Site::respond` in `site` answers it: CORS, the index page, then the API that it is
//! for. Everything from there to the reply is synchronous; the callbacks of an exchange are handed to
//! `outbound`, and nobody waits for them.

mod accepted;
mod addressing;
mod admin;
mod body;
mod clock;
mod config;
mod cors;
mod error;
mod index;
mod listen;
mod listening;
mod mount;
mod outbox;
mod phase;
mod problem;
mod progress;
mod protocol;
mod recorder;
mod refused;
mod response;
mod running;
mod sending;
mod service;
mod session;
mod signal;
mod site;
mod stream;
mod wakes;
mod worker;

pub use admin::Access;
pub use config::{Config, Limits};
pub use error::StartError;
pub use mount::Mount;
pub use running::Running;
pub(crate) use session::{is_admin, is_session_name};

use std::net::SocketAddr;

pub(crate) use listening::Listening;
use mount::Mounts;
pub(crate) use progress::InFlight;
pub(crate) use service::Respond;
use site::Site;

/// A server that listens and does not serve yet: the system holds connections back for it.
///
/// ```
/// use std::sync::Arc;
/// use mynah::{Api, Description, Source, server::{Config, Mount, Server}};
///
/// let text = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n";
/// let description = Description::load(Source::new("pets.yaml", text)).unwrap();
/// let api = Arc::new(Api::compile(description).unwrap());
///
/// let config = Config { port: 0, ..Config::default() };
/// let server = Server::bind(config, vec![Mount::new("", api)])?.start()?;
/// assert_ne!(server.addr().port(), 0);
/// # Ok::<_, mynah::server::StartError>(())
/// ```
#[derive(Debug)]
#[must_use = "a server that is bound does not serve until it is started"]
pub struct Server(Listening<Site>);

impl Server {
    /// Takes the port and mounts the APIs.
    ///
    /// # Errors
    /// The port is in use or cannot be had, or the mounts are none or contradict each other.
    pub fn bind(config: Config, mounts: Vec<Mount>) -> Result<Self, StartError> {
        let mounts = Mounts::new(mounts)?;
        let (addr, threads) = (config.addr(), config.threads);
        let site = |addr| Site::new(config, mounts, addr);
        Listening::bind(addr, threads, site).map(Self)
    }

    /// The address and port listened on, the picked one when the port asked for was 0.
    pub fn addr(&self) -> SocketAddr {
        self.0.addr
    }

    /// Serves on threads of its own until the handle is dropped.
    ///
    /// # Errors
    /// [`StartError::System`]: no threads or event queues to be had.
    pub fn start(self) -> Result<Running, StartError> {
        Running::start(self.0)
    }

    /// Serves until `shutdown` is ready, then lets requests in flight finish.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<(), StartError> {
        let running = self.start()?;
        shutdown.await;
        running.drain().await;
        Ok(())
    }

    /// Serves until the process is asked to end (SIGINT, SIGTERM), then lets requests in flight
    /// finish; a second signal ends it at once. Blocks the thread, and calls `serving` once every
    /// thread serves and a signal would be heeded.
    ///
    /// # Errors
    /// As [`Server::start`], and when the signals cannot be taken over.
    pub fn run_until_signal(self, serving: impl FnOnce()) -> Result<(), StartError> {
        self.0.run_until_signal(serving)
    }
}
