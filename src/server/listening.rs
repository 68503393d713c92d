//! Sockets that listen, and what is to respond on them.

use std::{
    net::{SocketAddr, TcpListener},
    num::NonZeroUsize,
    sync::{Arc, atomic::AtomicUsize},
};

use tokio::select;

use super::{Running, StartError, listen, service::Respond, signal::Signals};

/// Sockets that listen, and what is to respond on them once it is started.
#[derive(Debug)]
pub(crate) struct Listening<R> {
    /// The address and port listened on.
    pub(crate) addr: SocketAddr,
    pub(super) listeners: Vec<TcpListener>,
    pub(super) responder: Arc<R>,
    pub(super) open: Arc<AtomicUsize>,
}

impl<R: Respond> Listening<R> {
    /// Takes the port for so many threads; what responds is told the address.
    pub(crate) fn bind(
        addr: SocketAddr,
        threads: NonZeroUsize,
        responder: impl FnOnce(SocketAddr) -> R,
    ) -> Result<Self, StartError> {
        let (addr, listeners) = listen::listen(addr, threads.get())?;
        Ok(Self {
            addr,
            listeners,
            responder: Arc::new(responder(addr)),
            open: Arc::default(),
        })
    }

    /// Serves until the process is asked to end, then lets requests in flight finish; a second
    /// signal ends it at once.
    pub(crate) fn run_until_signal(self, serving: impl FnOnce()) -> Result<(), StartError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .map_err(StartError::System)?;
        runtime.block_on(async {
            let mut signals = Signals::take_over().map_err(StartError::System)?;
            let running = Running::start(self)?;
            serving();
            signals.next().await;
            select! {
                () = running.drain() => {}
                () = signals.next() => {}
            }
            Ok(())
        })
    }
}
