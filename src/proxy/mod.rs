//! A reverse proxy that holds what passes through it against a contract: requests on the way to a
//! real server, and its replies on the way back.
//!
//! A request, in order: `forwarder` takes it, `fields` drops what is for one connection only, and
//! `upstream` sends it. Bodies are streamed, and `tee` keeps a bounded copy of each. `passing` has both
//! halves of an exchange and judges it once the last byte is there, before that byte goes on.
//! Instead, `enforce` waits for whole bodies and lets nothing through that leaves the contract.

mod body;
mod config;
mod enforce;
mod error;
mod fields;
mod forwarder;
mod passing;
mod tee;
mod upstream;

pub use config::{Manner, ProxyConfig, Witness};
pub use error::UpstreamError;
pub use upstream::{BadUpstream, Upstream};

use std::net::SocketAddr;

use forwarder::Forwarder;

use crate::server::{Config, Listening, Mount, Running, StartError};

/// A proxy that listens and does not forward yet.
///
/// ```no_run
/// use std::sync::Arc;
/// use mynah::{Api, Description, Source, proxy::{Proxy, ProxyConfig, Upstream}, server::{Config, Mount}};
///
/// let text = std::fs::read_to_string("pets.yaml")?;
/// let description = Description::load(Source::new("pets.yaml", text)).unwrap();
/// let api = Arc::new(Api::compile(description).unwrap());
///
/// let upstream = Upstream::new("http://127.0.0.1:8080")?;
/// let proxy = Proxy::bind(Config::default(), ProxyConfig::to(upstream), Mount::new("", api))?;
/// let running = proxy.start()?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "a proxy that is bound does not forward until it is started"]
pub struct Proxy(Listening<Forwarder>);

impl Proxy {
    /// Takes the port. Of the server's configuration, callbacks are not used: the real server sends its
    /// own. An exchange that the journal's file cannot have passes all the same.
    ///
    /// # Errors
    /// The port is in use or cannot be had.
    pub fn bind(server: Config, proxy: ProxyConfig, contract: Mount) -> Result<Self, StartError> {
        let (addr, threads) = (server.addr(), server.threads);
        let forwarder = |_| Forwarder::new(server, proxy, contract);
        Listening::bind(addr, threads, forwarder).map(Self)
    }

    /// The address and port listened on, the picked one when the port asked for was 0.
    pub fn addr(&self) -> SocketAddr {
        self.0.addr
    }

    /// Forwards on threads of its own until the handle is dropped.
    ///
    /// # Errors
    /// [`StartError::System`]: no threads or event queues to be had.
    pub fn start(self) -> Result<Running, StartError> {
        Running::start(self.0)
    }

    /// Forwards until the process is asked to end (SIGINT, SIGTERM), then lets requests in flight finish.
    ///
    /// # Errors
    /// As [`Proxy::start`], and when the signals cannot be taken over.
    pub fn run_until_signal(self, serving: impl FnOnce()) -> Result<(), StartError> {
        self.0.run_until_signal(serving)
    }
}
