//! One exchange as the journal keeps it.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use crate::exchange::{Exchange, Violation};

/// What one exchange is taken to need beyond its bodies and header fields, in bytes.
pub(super) const OVERHEAD: usize = 1024;

/// An exchange with what is known of it beside the API: when, how long, in which session.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its number: from 1 on, in the order in which the replies were made. The journal gives it.
    pub number: u64,
    /// When the request was there, whole.
    pub at: SystemTime,
    /// How long it took until the reply was there.
    pub took: Duration,
    /// The name of the API that it was for; none where no API is served at the path.
    pub api: Option<Arc<str>>,
    /// The session of the client, by which parallel tests on one server keep apart.
    pub session: Option<Arc<str>>,
    /// The exchange.
    pub exchange: Exchange,
}

impl Record {
    /// A record of an exchange that ended now.
    pub fn new(api: Option<Arc<str>>, at: SystemTime, exchange: Exchange) -> Self {
        Self {
            number: 0,
            at,
            // A clock that was set back meanwhile makes nothing take less than no time.
            took: at.elapsed().unwrap_or_default(),
            api,
            session: None,
            exchange,
        }
    }

    /// Whether the exchange kept to the contract, on both sides.
    pub fn keeps_contract(&self) -> bool {
        self.violations().next().is_none()
    }

    /// Every violation of the exchange: those of the request, then those of the reply.
    pub fn violations(&self) -> impl Iterator<Item = &Violation> {
        let exchange = &self.exchange;
        exchange.violations.iter().chain(&exchange.reply_violations)
    }
}
