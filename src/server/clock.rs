//! Time as a thread tells it: in ticks, a few a second, which cost nothing to read.

use std::{
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

use super::{Limits, phase::Phase};

/// The clock of a thread: it ticks a few times a second, and reading it costs nothing.
#[derive(Debug, Default)]
pub(super) struct Clock {
    ticks: AtomicU32,
}

impl Clock {
    /// Goes on by one tick.
    pub(super) fn tick(&self) {
        self.ticks.fetch_add(1, Relaxed);
    }

    /// The tick it is.
    pub(super) fn now(&self) -> u32 {
        self.ticks.load(Relaxed)
    }
}

/// How long each phase may last, in ticks.
#[derive(Debug)]
pub(super) struct Allowed {
    /// How long a tick is.
    pub(super) tick: Duration,
    head: u32,
    idle: u32,
    writing: u32,
}

impl Allowed {
    /// The time-outs of a server in ticks: of half a second, or shorter where a time-out is.
    pub(super) fn by(limits: &Limits) -> Self {
        let shortest = limits
            .header_timeout
            .min(limits.idle_timeout)
            .min(limits.body_timeout)
            .min(limits.write_timeout);
        let tick = (shortest / 4).clamp(Duration::from_millis(10), Duration::from_millis(500));
        let ticks = |time: Duration| {
            let ticks = time.as_millis().div_ceil(tick.as_millis());
            u32::try_from(ticks).unwrap_or(u32::MAX)
        };
        Self {
            tick,
            head: ticks(limits.header_timeout),
            idle: ticks(limits.idle_timeout),
            writing: ticks(limits.write_timeout),
        }
    }

    /// How long a phase may last; `None` when it is not for the clock to end.
    pub(super) fn ticks(&self, phase: Phase) -> Option<u32> {
        match phase {
            Phase::Idle => Some(self.idle),
            Phase::Head => Some(self.head),
            Phase::Writing => Some(self.writing),
            // The body has a time-out of its own, and answering waits for nobody.
            Phase::Busy => None,
        }
    }
}
