//! What became of a callback.

use std::{fmt, sync::Arc};

use super::SendError;
use crate::{Reply, Violation, exchange::Callback};

/// What became of a callback.
#[derive(Debug)]
pub struct Delivery {
    /// What was to be sent.
    pub callback: Callback,
    /// What came back, or why nothing did.
    pub outcome: Result<Answered, SendError>,
}

/// What a receiver answered.
#[derive(Debug)]
pub struct Answered {
    /// The answer.
    pub reply: Reply,
    /// Every way in which it leaves what is documented for the callback.
    pub violations: Vec<Violation>,
}

/// In one line: what was sent where, and what came of it.
impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "callback {}", self.callback.name)?;
        if let Ok(request) = &self.callback.request {
            write!(f, ": {} {}", request.method, request.url)?;
        }
        match &self.outcome {
            Ok(answered) => {
                write!(f, ": {}", answered.reply.status)?;
                let mut separator = ", which leaves the contract: ";
                for violation in &answered.violations {
                    write!(f, "{separator}{violation}")?;
                    separator = "; ";
                }
                Ok(())
            }
            Err(error) => write!(f, ": {error}"),
        }
    }
}

/// What is told of each delivery, from any thread of a server.
#[derive(Clone)]
pub struct Listener(Arc<dyn Fn(&Delivery) + Send + Sync>);

impl Listener {
    /// A function that is told of each delivery. It is called on a thread that serves, so it
    /// should not take long.
    pub fn new(listen: impl Fn(&Delivery) + Send + Sync + 'static) -> Self {
        Self(Arc::new(listen))
    }

    pub(super) fn tell(&self, delivery: &Delivery) {
        (self.0)(delivery);
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}
