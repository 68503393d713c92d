//! How a proxy forwards.

use std::{fmt, sync::Arc, time::Duration};

use super::Upstream;
use crate::journal::Record;

/// How a proxy forwards.
#[derive(Debug, Clone)]
pub struct ProxyConfig {
    /// Where to.
    pub upstream: Upstream,
    /// What is done about what leaves the contract. Default: it is told, and let through.
    pub manner: Manner,
    /// The most bytes of one body that are kept to be judged. Default 10 MiB. A longer one passes all
    /// the same when watched, and not when the contract is enforced.
    pub kept_bytes: usize,
    /// How long the head of a reply may take. Default 60 s; then the answer is 504.
    pub reply_timeout: Duration,
    /// Who is told of each exchange. Default nobody.
    pub witness: Option<Witness>,
}

/// What is done about what leaves the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Manner {
    /// It is told, and let through as it is, byte by byte.
    #[default]
    Watch,
    /// It is not let through: a request is refused as the fake refuses it, and a reply becomes a 502.
    Enforce,
}

impl ProxyConfig {
    /// A proxy to a server, with all else as is the default.
    pub fn to(upstream: Upstream) -> Self {
        Self {
            upstream,
            manner: Manner::default(),
            kept_bytes: 10 << 20,
            reply_timeout: Duration::from_secs(60),
            witness: None,
        }
    }
}

/// Who is told of each exchange, from any thread of a proxy, before the reply's last byte goes on.
#[derive(Clone)]
pub struct Witness(Arc<dyn Fn(&Record) + Send + Sync>);

impl Witness {
    /// A function that is told. It is called on a thread that forwards, so it should not take long.
    pub fn new(tell: impl Fn(&Record) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(super) fn tell(&self, record: &Record) {
        (self.0)(record);
    }
}

impl fmt::Debug for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Witness")
    }
}
