//! Waking a connection's task, but not for what it is about to see by itself.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Wake, Waker},
};

/// The waker that a connection is polled with: it wakes the connection's task.
///
/// Everything here happens on the thread of the connection: the atomics order nothing.
#[derive(Debug, Default)]
pub(super) struct Wakes {
    task: OnceLock<Waker>,
    /// Whether wakes are held back, and whether one was.
    holds_back: AtomicBool,
    held_back: AtomicBool,
}

/// What of a body is still to come, once a piece was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing: that was all.
    Nothing,
    /// Something, or nobody knows.
    Something,
}

impl Wakes {
    /// The task to wake, which is the same each time.
    pub(super) fn belong_to(&self, task: &Waker) {
        self.task.get_or_init(|| task.clone());
    }

    /// Wakes the task.
    pub(super) fn wake_task(&self) {
        if let Some(task) = self.task.get() {
            task.wake_by_ref();
        }
    }

    /// Takes a piece of a body. hyper wakes the connection whenever one is taken, to read on, which is in
    /// vain after the last: the task would run once more for nothing with each request that has a body.
    pub(super) fn take<T>(&self, take: impl FnOnce() -> (T, Left)) -> T {
        self.holds_back.store(true, Relaxed);
        let (taken, left) = take();
        self.holds_back.store(false, Relaxed);
        if self.held_back.swap(false, Relaxed) && left == Left::Something {
            self.wake_task();
        }
        taken
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        match self.holds_back.load(Relaxed) {
            true => self.held_back.store(true, Relaxed),
            false => self.wake_task(),
        }
    }
}
