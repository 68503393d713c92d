//! How a server is to listen, and what it bears from a client.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZeroUsize,
    sync::Arc,
    thread,
    time::Duration,
};

use super::Access;
use crate::{
    journal::{Journal, JournalFile},
    outbound::Listener,
    reach::Reach,
};

/// How a server is to listen.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on. Default `127.0.0.1`: this machine only.
    pub host: IpAddr,
    /// The TCP port. Default 4010; 0 picks a free one, which `Server::addr` tells.
    pub port: u16,
    /// Whether browsers may call from any origin (CORS). Default yes.
    pub cors: bool,
    /// Whether `/` lists what is served, where no API has it. Default yes; without, what is called there
    /// is the API's matter like any other path.
    pub index: bool,
    /// How many threads serve, each with a runtime and a listening socket of its own. Default:
    /// as many as the machine has cores for this process.
    pub threads: NonZeroUsize,
    /// What is borne from clients.
    pub limits: Limits,
    /// Where exchanges are recorded. Default nowhere, which costs nothing.
    pub journal: Option<Arc<Journal>>,
    /// The file that every exchange is written to before its reply is sent. Default none. An exchange that it
    /// cannot take is answered with 500.
    pub journal_file: Option<Arc<JournalFile>>,
    /// Who may ask what is recorded, below `/__mynah`. Default clients on this machine. Where nobody may, the
    /// path is the APIs' own.
    pub admin: Option<Access>,
    /// Where documented callbacks may be sent. Default to this machine only.
    pub callbacks: Reach,
    /// What is told of each callback: what was sent, and what came back. Default nobody.
    pub on_callback: Option<Listener>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 4010,
            cors: true,
            index: true,
            threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            limits: Limits::default(),
            journal: None,
            journal_file: None,
            admin: Some(Access::default()),
            callbacks: Reach::default(),
            on_callback: None,
        }
    }
}

impl Config {
    /// The address and port to listen on.
    pub(crate) fn addr(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }
}

/// What a server bears from clients before it refuses or cuts them off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The longest request body, in bytes. Default 10 MiB; beyond it the answer is 413, once an
    /// HTTP/1 client has sent the rest and can read it. The same limit holds for what is left when
    /// content codings are undone.
    pub body_bytes: usize,
    /// The longest request head (request line and header fields), in bytes. Default 64 KiB, at
    /// least 8 KiB; beyond it the answer is 431.
    pub header_bytes: usize,
    /// The most header fields of one request. Default 100; beyond it the answer is 431.
    pub header_count: usize,
    /// How long a request head may take from its first byte on. Default 10 s; then the connection
    /// is closed.
    pub header_timeout: Duration,
    /// How long a request body may take. Default 30 s; then the answer is 408.
    pub body_timeout: Duration,
    /// How long a client may take no byte of a reply. Default 30 s; then the connection is closed.
    pub write_timeout: Duration,
    /// How long a connection may rest between requests, or before its first. Default 75 s; then it
    /// is closed.
    pub idle_timeout: Duration,
    /// The most connections open at once. Default 4,096; one beyond it gets 503 and is closed.
    pub max_connections: usize,
    /// How long requests in flight may take after a stop is asked for. Default 10 s.
    pub stop_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 10 << 20,
            header_bytes: 64 << 10,
            header_count: 100,
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(75),
            max_connections: 4096,
            stop_timeout: Duration::from_secs(10),
        }
    }
}
