//! Why a request was not answered.

use std::{error::Error, fmt, io, time::Duration};

/// Why a request was not answered.
#[derive(Debug)]
#[non_exhaustive]
pub enum ClientError {
    /// The host has no address.
    Unresolved(io::Error),
    /// Nobody accepts a connection.
    Unreachable(io::Error),
    /// TLS fails: the certificate is not trusted, or the other side speaks none.
    Tls(io::Error),
    /// The connection was closed before the whole reply was there, or broke.
    Closed(hyper::Error),
    /// What came is no HTTP.
    NoHttp(hyper::Error),
    /// No whole reply came in time.
    TimedOut(Duration),
    /// The reply has more bytes than are read.
    TooLong(usize),
}

impl ClientError {
    /// What became of a connection that hyper gave up.
    pub(super) fn of(error: hyper::Error) -> Self {
        match error.is_parse() {
            true => Self::NoHttp(error),
            false => Self::Closed(error),
        }
    }

    /// Whether no connection could be had at all, so that the next request will fare no better.
    pub fn is_of_connecting(&self) -> bool {
        matches!(
            self,
            Self::Unresolved(_) | Self::Unreachable(_) | Self::Tls(_)
        )
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unresolved(source) => write!(f, "the host has no address: {source}"),
            Self::Unreachable(source) => write!(f, "nobody accepts a connection: {source}"),
            Self::Tls(source) => write!(f, "TLS fails: {source}"),
            Self::Closed(source) => {
                write!(
                    f,
                    "the connection was closed without a whole reply: {source}"
                )
            }
            Self::NoHttp(source) => write!(f, "what came is no HTTP: {source}"),
            Self::TimedOut(limit) => {
                write!(f, "no whole reply within {} seconds", limit.as_secs_f64())
            }
            Self::TooLong(limit) => write!(f, "a reply of more than {limit} bytes is not read"),
        }
    }
}

impl Error for ClientError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unresolved(source) | Self::Unreachable(source) | Self::Tls(source) => {
                Some(source)
            }
            Self::Closed(source) | Self::NoHttp(source) => Some(source),
            Self::TimedOut(_) | Self::TooLong(_) => None,
        }
    }
}
