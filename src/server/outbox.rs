//! What the connections of a thread have to send, kept back for a moment so that it goes out together.

use std::{
    convert::Infallible,
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    task::{Poll, Waker},
};

use super::sending::Sending;

/// So many connections are sent to together at most.
const MOST_TOGETHER: usize = 8;

/// Of so many that are open, one is waited for: the more wait for each other, the later come the slowest replies.
const ONE_OF: usize = 4;

/// The connections of one thread that have something to send.
///
/// To send takes the system longer than to answer takes Mynah. It displaces the program from the processor's caches and
/// wakes the client, so that several sends in a row cost less each. Nothing waits for long: at most until the other
/// connections that had something to read are through, or until a [large](super::stream::Stream) request comes.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    waiting: Mutex<Vec<Arc<Sending>>>,
    task: OnceLock<Waker>,
}

impl Outbox {
    /// So many connections are sent to together. With few, each at once.
    fn together(self: &Arc<Self>) -> usize {
        // Each connection that is open holds the outbox; two more do not matter.
        (Arc::strong_count(self) / ONE_OF).clamp(1, MOST_TOGETHER)
    }

    /// Takes in a connection that has something to send.
    pub(super) fn put(self: &Arc<Self>, sending: Arc<Sending>) {
        let waiting = {
            let mut waiting = lock(&self.waiting);
            waiting.push(sending);
            waiting.len()
        };
        if waiting >= self.together() {
            self.send();
        } else if let Some(task) = self.task.get() {
            // Its turn comes after that of all that are ready now.
            task.wake_by_ref();
        }
    }

    /// Sends what waits.
    pub(super) fn send(&self) {
        for sending in lock(&self.waiting).drain(..) {
            sending.send();
        }
    }

    /// Sends whatever is put in, for good: a task of its own.
    pub(super) async fn run(self: Arc<Self>) -> Infallible {
        poll_fn(|cx| {
            self.task.get_or_init(|| cx.waker().clone());
            self.send();
            Poll::Pending
        })
        .await
    }
}

/// Everything here happens on one thread: nobody else holds the lock, let alone panicked with it.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
