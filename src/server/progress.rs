//! What a connection is doing, and since when: what time-outs are decided by.
//!
//! A timer for each request would cost more than a tenth of the request. Instead each connection
//! notes its phase, and its thread looks at all connections a few times a second.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering::Relaxed},
    },
    task::Waker,
    time::Duration,
};

use super::Limits;

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

    fn now(&self) -> u32 {
        self.ticks.load(Relaxed)
    }
}

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// Nothing: before the first request or between two.
    Idle,
    /// A request head has begun and is not complete.
    Head,
    /// A request is being read or answered.
    Busy,
    /// A reply is on its way.
    Writing,
}

/// What one connection is doing, and since when.
///
/// Everything here happens on the thread of the connection: the atomics order nothing, they only
/// let the connection's task be one that could be sent.
#[derive(Debug)]
pub(super) struct Progress {
    clock: Arc<Clock>,
    phase: AtomicU8,
    /// The tick when the phase began or last got on.
    since: AtomicU32,
    /// Requests whose reply is not made yet; more than one with HTTP/2 only.
    in_flight: AtomicU32,
    /// Whether the connection is HTTP/2, where bytes need not belong to a request.
    multiplexed: AtomicBool,
    expired: AtomicBool,
    waker: OnceLock<Waker>,
}

impl Progress {
    /// A connection just accepted.
    pub(super) fn new(clock: Arc<Clock>) -> Self {
        Self {
            since: AtomicU32::new(clock.now()),
            clock,
            phase: AtomicU8::new(Phase::Idle as u8),
            in_flight: AtomicU32::new(0),
            multiplexed: AtomicBool::new(false),
            expired: AtomicBool::new(false),
            waker: OnceLock::new(),
        }
    }

    /// Bytes came in.
    pub(super) fn received(&self) {
        // A peer that sends only HTTP/2 pings and window updates is still idle.
        if self.phase() == Phase::Idle && !self.multiplexed.load(Relaxed) {
            self.enter(Phase::Head);
        }
    }

    /// The client took bytes of a reply.
    pub(super) fn sent(&self) {
        if self.phase() == Phase::Writing {
            self.enter(Phase::Writing);
        }
    }

    /// Everything written so far is on its way.
    pub(super) fn flushed(&self) {
        if self.phase() == Phase::Writing {
            self.enter(Phase::Idle);
        }
    }

    /// A request head is complete. The request is in flight until the guard is dropped.
    pub(super) fn request(self: &Arc<Self>, version: http::Version) -> InFlight {
        if version == http::Version::HTTP_2 {
            self.multiplexed.store(true, Relaxed);
        }
        self.in_flight.fetch_add(1, Relaxed);
        self.enter(Phase::Busy);
        InFlight(Arc::clone(self))
    }

    /// Cuts the connection when its phase has lasted too long.
    pub(super) fn expire(&self, allowed: &Allowed) {
        let Some(ticks) = allowed.ticks(self.phase()) else {
            return;
        };
        if self.clock.now().wrapping_sub(self.since.load(Relaxed)) > ticks {
            self.expired.store(true, Relaxed);
            if let Some(waker) = self.waker.get() {
                waker.wake_by_ref();
            }
        }
    }

    /// Whether the connection is to be cut. `waker` is woken when that comes true; it is the one of
    /// the connection's task, the same each time.
    pub(super) fn is_expired(&self, waker: &Waker) -> bool {
        self.waker.get_or_init(|| waker.clone());
        self.expired.load(Relaxed)
    }

    fn phase(&self) -> Phase {
        match self.phase.load(Relaxed) {
            0 => Phase::Idle,
            1 => Phase::Head,
            2 => Phase::Busy,
            _ => Phase::Writing,
        }
    }

    fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Relaxed);
        self.since.store(self.clock.now(), Relaxed);
    }
}

/// A request in flight; dropped when its reply is made, or when the client gave it up.
#[derive(Debug)]
pub(super) struct InFlight(Arc<Progress>);

impl Drop for InFlight {
    fn drop(&mut self) {
        if self.0.in_flight.fetch_sub(1, Relaxed) == 1 {
            self.0.enter(Phase::Writing);
        }
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

    fn ticks(&self, phase: Phase) -> Option<u32> {
        match phase {
            Phase::Idle => Some(self.idle),
            Phase::Head => Some(self.head),
            Phase::Writing => Some(self.writing),
            // The body has a time-out of its own, and answering waits for nobody.
            Phase::Busy => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Version;

    use super::*;

    /// A connection, its clock, and time-outs of 4 (head), 8 (idle) and 6 (writing) ticks.
    fn connection() -> (Arc<Progress>, Arc<Clock>, Allowed) {
        let clock = Arc::<Clock>::default();
        let limits = Limits {
            header_timeout: Duration::from_millis(40),
            idle_timeout: Duration::from_millis(80),
            write_timeout: Duration::from_millis(60),
            ..Limits::default()
        };
        let progress = Arc::new(Progress::new(Arc::clone(&clock)));
        (progress, clock, Allowed::by(&limits))
    }

    /// After how many ticks the connection is cut, up to 20.
    fn cut_after(progress: &Progress, clock: &Clock, allowed: &Allowed) -> Option<u32> {
        (1..20).find(|_| {
            clock.tick();
            progress.expire(allowed);
            progress.is_expired(Waker::noop())
        })
    }

    #[test]
    fn each_phase_has_its_time() {
        let (progress, clock, allowed) = connection();
        assert_eq!(cut_after(&progress, &clock, &allowed), Some(9), "idle");

        let (progress, clock, allowed) = connection();
        progress.received();
        clock.tick();
        progress.received(); // one byte now and then does not help
        assert_eq!(cut_after(&progress, &clock, &allowed), Some(4), "head");

        let (progress, clock, allowed) = connection();
        let request = progress.request(Version::HTTP_11);
        assert_eq!(cut_after(&progress, &clock, &allowed), None, "busy");
        drop(request);
        clock.tick();
        progress.sent();
        assert_eq!(cut_after(&progress, &clock, &allowed), Some(7), "writing");

        let (progress, clock, allowed) = connection();
        drop(progress.request(Version::HTTP_11));
        progress.flushed();
        assert_eq!(
            cut_after(&progress, &clock, &allowed),
            Some(9),
            "idle again"
        );
    }

    #[test]
    fn http2_frames_between_requests_are_idleness() {
        let (progress, clock, allowed) = connection();
        drop(progress.request(Version::HTTP_2));
        progress.flushed();
        clock.tick();
        progress.received();
        assert_eq!(cut_after(&progress, &clock, &allowed), Some(8));
    }

    #[test]
    fn a_connection_is_busy_until_its_last_request_is_answered() {
        let (progress, _, _) = connection();
        let (one, two) = (
            progress.request(Version::HTTP_2),
            progress.request(Version::HTTP_2),
        );
        drop(one);
        assert_eq!(progress.phase(), Phase::Busy);
        drop(two);
        assert_eq!(progress.phase(), Phase::Writing);
    }
}
