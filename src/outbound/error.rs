//! Why a request was not sent or not answered.

use std::{error::Error, fmt, io, net::IpAddr, time::Duration};

use crate::reach::Reach;

/// Why a request was not sent, or not answered.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendError {
    /// There is no request to send; why not.
    NoRequest(String),
    /// As many as may be at once are on their way already.
    TooMany(usize),
    /// The host leads to an address where nothing may be sent.
    NotAllowed {
        /// The host, as the address names it.
        host: String,
        /// Where it leads.
        address: IpAddr,
        /// Where requests may go.
        reach: Reach,
    },
    /// The host has no address.
    Unresolved(io::Error),
    /// Nobody accepts a connection.
    Unreachable(io::Error),
    /// No whole answer came in time.
    TimedOut(Duration),
    /// The connection broke, or what came is no HTTP.
    Broken(hyper::Error),
    /// The answer is longer than is read.
    TooLong(usize),
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRequest(why) => write!(f, "not sent: {why}"),
            Self::TooMany(most) => write!(f, "not sent: {most} requests are on their way already"),
            Self::NotAllowed {
                host,
                address,
                reach,
            } => write!(f, "not sent: `{host}` is {address}, and {reach}"),
            Self::Unresolved(source) => write!(f, "not sent: the host has no address: {source}"),
            Self::Unreachable(source) => write!(f, "not sent: nobody accepts it: {source}"),
            Self::TimedOut(limit) => {
                write!(f, "no answer within {} seconds", limit.as_secs_f64())
            }
            Self::Broken(source) => write!(f, "no answer: {source}"),
            Self::TooLong(limit) => write!(f, "an answer of more than {limit} bytes is not read"),
        }
    }
}

impl Error for SendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unresolved(source) | Self::Unreachable(source) => Some(source),
            Self::Broken(source) => Some(source),
            _ => None,
        }
    }
}
