//! What a connection is doing, and since when: what time-outs are decided by. And how it is to go on.
//!
//! A timer for each request would cost more than a tenth of the request. Instead each connection
//! notes its phase, and its thread looks at all connections a few times a second.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering::Relaxed},
    },
    task::Waker,
};

use super::{
    clock::{Allowed, Clock},
    phase::Phase,
    wakes::{Left, Wakes},
};

/// What one connection is doing and since when, and how it is to go on.
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
    order: AtomicU8,
    wakes: Arc<Wakes>,
    /// Who is at the other end.
    peer: IpAddr,
}

/// How a connection is to go on; a later one overrides an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Order {
    /// Serve.
    Serve,
    /// End after the requests in flight.
    Finish,
    /// End now.
    Cut,
}

impl Progress {
    /// A connection just accepted.
    pub(super) fn new(clock: Arc<Clock>, peer: IpAddr) -> Self {
        Self {
            since: AtomicU32::new(clock.now()),
            clock,
            phase: AtomicU8::new(Phase::Idle as u8),
            in_flight: AtomicU32::new(0),
            multiplexed: AtomicBool::new(false),
            order: AtomicU8::new(Order::Serve as u8),
            wakes: Arc::default(),
            peer,
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

    /// The client does not take what was on its way to it. The connection's task is woken, to wait until it does.
    pub(super) fn held_up(&self) {
        if matches!(self.phase(), Phase::Idle | Phase::Head) {
            self.enter(Phase::Writing);
        }
        self.wakes.wake_task();
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
        let elapsed = self.clock.now().wrapping_sub(self.since.load(Relaxed));
        match allowed.ticks(self.phase()) {
            Some(ticks) if elapsed > ticks => self.give(Order::Cut),
            Some(_) => {}
            // What a request waits for has time-outs of its own, which want to be looked at.
            None => self.wakes.wake_task(),
        }
    }

    /// Orders the connection to end after the requests in flight.
    pub(super) fn finish(&self) {
        self.give(Order::Finish);
    }

    fn give(&self, order: Order) {
        self.order.fetch_max(order as u8, Relaxed);
        self.wakes.wake_task();
    }

    /// Takes a piece of a body: see [`Wakes::take`]. Over HTTP/2 it is another task that reads, which has to
    /// be woken.
    pub(super) fn take<T>(&self, take: impl FnOnce() -> (T, Left)) -> T {
        match self.multiplexed.load(Relaxed) {
            true => take().0,
            false => self.wakes.take(take),
        }
    }

    /// The waker that the connection is to be polled with.
    pub(super) fn waker(&self) -> Waker {
        Arc::clone(&self.wakes).into()
    }

    /// How the connection is to go on. `task` is woken when that changes; it is the waker of the
    /// connection's task, the same each time.
    pub(super) fn order(&self, task: &Waker) -> Order {
        self.wakes.belong_to(task);
        match self.order.load(Relaxed) {
            0 => Order::Serve,
            1 => Order::Finish,
            _ => Order::Cut,
        }
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
pub(crate) struct InFlight(Arc<Progress>);

impl InFlight {
    /// The connection that it came on.
    pub(super) fn progress(&self) -> &Progress {
        &self.0
    }

    /// Who sent the request.
    pub(super) fn peer(&self) -> IpAddr {
        self.0.peer
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        if self.0.in_flight.fetch_sub(1, Relaxed) == 1 {
            self.0.enter(Phase::Writing);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{task::Wake, time::Duration};

    use http::Version;

    use super::*;
    use crate::server::Limits;

    /// A connection, its clock, and time-outs of 4 (head), 8 (idle) and 6 (writing) ticks.
    fn connection() -> (Arc<Progress>, Arc<Clock>, Allowed) {
        let clock = Arc::<Clock>::default();
        let limits = Limits {
            header_timeout: Duration::from_millis(40),
            idle_timeout: Duration::from_millis(80),
            write_timeout: Duration::from_millis(60),
            ..Limits::default()
        };
        let progress = Arc::new(Progress::new(
            Arc::clone(&clock),
            std::net::Ipv4Addr::LOCALHOST.into(),
        ));
        (progress, clock, Allowed::by(&limits))
    }

    /// After how many ticks the connection is cut, up to 20.
    fn cut_after(progress: &Progress, clock: &Clock, allowed: &Allowed) -> Option<u32> {
        (1..20).find(|_| {
            clock.tick();
            progress.expire(allowed);
            progress.order(Waker::noop()) == Order::Cut
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

        let (progress, clock, allowed) = connection();
        drop(progress.request(Version::HTTP_11));
        progress.flushed(); // into the outbox
        progress.held_up();
        assert_eq!(cut_after(&progress, &clock, &allowed), Some(7), "held up");
    }

    /// How often a task was woken.
    #[derive(Default)]
    struct Woken(AtomicU32);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Relaxed);
        }
    }

    #[test]
    fn to_take_the_last_of_a_body_wakes_nobody() {
        for (version, wakes, left, want) in [
            (Version::HTTP_11, true, Left::Nothing, 0),
            (Version::HTTP_11, true, Left::Something, 1),
            (Version::HTTP_11, false, Left::Something, 0),
            (Version::HTTP_2, true, Left::Nothing, 1),
        ] {
            let (progress, ..) = connection();
            let woken = Arc::<Woken>::default();
            progress.order(&Arc::clone(&woken).into());
            let _in_flight = progress.request(version);
            let waker = progress.waker();
            progress.take(|| {
                if wakes {
                    waker.wake_by_ref();
                }
                ((), left)
            });
            let count = woken.0.load(Relaxed);
            assert_eq!(count, want, "{version:?} {wakes} {left:?}");
            waker.wake_by_ref();
            assert_eq!(woken.0.load(Relaxed), count + 1, "{version:?} {left:?}");
        }
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
