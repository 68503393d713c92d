//! Why the real server gave no reply.

use std::{error::Error, fmt, time::Duration};

use http::StatusCode;

use crate::Reply;

/// Why the real server gave no reply, or none that can be passed on.
#[derive(Debug)]
#[non_exhaustive]
pub enum UpstreamError {
    /// Nobody accepts a connection, or it broke before there was a reply.
    Unreachable(hyper_util::client::legacy::Error),
    /// No head of a reply came in time.
    TimedOut(Duration),
    /// The reply broke off.
    BrokenOff(Box<dyn Error + Send + Sync>),
    /// The reply is longer than what is kept, and has to be judged before it may pass.
    TooLong(usize),
}

impl UpstreamError {
    /// What a client is told (RFC 9110 sections 15.6.3 and 15.6.5).
    pub(super) fn reply(&self) -> Reply {
        let status = match self {
            Self::TimedOut(_) => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::BAD_GATEWAY,
        };
        Reply::problem(status, &self.to_string(), &())
    }
}

impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(error) => {
                // The library's own text says only what it was doing.
                let cause = innermost(error);
                write!(f, "the server behind this proxy gave no reply: {cause}")
            }
            Self::TimedOut(limit) => write!(
                f,
                "the server behind this proxy gave no reply within {} seconds",
                limit.as_secs_f64()
            ),
            Self::BrokenOff(source) => {
                write!(
                    f,
                    "the reply of the server behind this proxy broke off: {source}"
                )
            }
            Self::TooLong(limit) => write!(
                f,
                "the reply of the server behind this proxy is longer than {limit} bytes, so that it cannot \
                 be held against the contract before it passes"
            ),
        }
    }
}

impl Error for UpstreamError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreachable(source) => Some(source),
            Self::BrokenOff(source) => Some(&**source),
            Self::TimedOut(_) | Self::TooLong(_) => None,
        }
    }
}

fn innermost<'e>(error: &'e (dyn Error + 'static)) -> &'e (dyn Error + 'static) {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}
