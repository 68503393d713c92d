//! A server that serves on threads of its own.

use std::{net::SocketAddr, sync::mpsc, thread, thread::JoinHandle};

use tokio::sync::watch;

use super::{
    StartError,
    listening::Listening,
    service::Respond,
    worker::{Stop, Worker, runtime},
};

/// How much stack a thread has, in bytes: values are held against schemas that lead deep into each other.
/// What is not used takes no memory.
const STACK: usize = 16 << 20;

/// A server that serves on threads of its own, and stops when this handle is dropped.
///
/// Belongs to no runtime: it may be made, used and dropped inside one or outside any.
#[derive(Debug)]
#[must_use = "the server stops when its handle is dropped"]
pub struct Running {
    addr: SocketAddr,
    stop: watch::Sender<Stop>,
    threads: Vec<JoinHandle<()>>,
}

impl Running {
    /// Starts the threads of a server, and waits until all of them serve.
    pub(crate) fn start<R: Respond>(server: Listening<R>) -> Result<Self, StartError> {
        let (stop, asked) = watch::channel(Stop::No);
        let mut running = Self {
            addr: server.addr,
            stop,
            threads: Vec::new(),
        };
        let (ready, outcomes) = mpsc::channel();
        for (index, listener) in server.listeners.into_iter().enumerate() {
            let worker = Worker::new(server.responder.clone(), server.open.clone(), asked.clone());
            let ready = ready.clone();
            let thread = thread::Builder::new()
                .name(format!("mynah-{index}"))
                .stack_size(STACK)
                .spawn(move || match runtime(listener) {
                    Ok((runtime, listener)) => {
                        // Nobody left to hear it means that another thread failed to start.
                        let _ = ready.send(Ok(()));
                        runtime.block_on(worker.serve(listener));
                    }
                    Err(source) => {
                        let _ = ready.send(Err(source));
                    }
                })
                .map_err(StartError::System)?;
            running.threads.push(thread);
        }
        let outcomes = outcomes.iter().take(running.threads.len());
        outcomes
            .collect::<Result<(), _>>()
            .map_err(StartError::System)?;
        Ok(running)
    }

    /// The address and port that are served, the picked one when the port asked for was 0.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Accepts nothing more, lets requests in flight finish for as long as the limits allow, and
    /// waits until all threads have ended.
    pub fn stop(mut self) {
        self.end(Stop::Gracefully);
    }

    /// Asks for a graceful stop and waits for it without blocking the thread.
    pub(super) async fn drain(&self) {
        self.stop.send_replace(Stop::Gracefully);
        // Each thread holds a receiver until it ends.
        self.stop.closed().await;
    }

    fn end(&mut self, how: Stop) {
        self.stop.send_replace(how);
        for thread in self.threads.drain(..) {
            // A panic of a thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

/// Drops all connections and waits until all threads have ended.
impl Drop for Running {
    fn drop(&mut self) {
        self.end(Stop::AtOnce);
    }
}
