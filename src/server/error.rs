//! Why a server does not start.

use std::{error::Error, fmt, io, net::SocketAddr};

/// Why a server does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// Another process listens on the port already.
    PortInUse {
        /// The address and port asked for.
        addr: SocketAddr,
    },
    /// The address cannot be listened on: not one of this machine, or a port that needs privileges.
    CannotBind {
        /// The address and port asked for.
        addr: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// Nothing to serve was given.
    NoApis,
    /// Two APIs were given the same place.
    PrefixTaken {
        /// The prefix of both, such as `/libredesk`.
        prefix: String,
    },
    /// A prefix that is neither empty nor `/` and a path without a `/` at its end.
    BadPrefix {
        /// The prefix as given.
        prefix: String,
    },
    /// The system gave no thread, timer or event queue.
    System(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse { addr } => {
                write!(f, "port {} on {} is in use", addr.port(), addr.ip())
            }
            Self::CannotBind { addr, source } => write!(f, "cannot listen on {addr}: {source}"),
            Self::NoApis => f.write_str("no API to serve"),
            Self::PrefixTaken { prefix } => write!(f, "two APIs are mounted at `{prefix}/`"),
            Self::BadPrefix { prefix } => write!(
                f,
                "`{prefix}` is no place to mount an API: write it as `/name`, or empty for the root"
            ),
            Self::System(source) => write!(f, "the system cannot run the server: {source}"),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::CannotBind { source, .. } | Self::System(source) => Some(source),
            _ => None,
        }
    }
}
