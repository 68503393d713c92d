//! Signals that ask to end, handed on to the command once.
//!
//! A terminal sends them to every process of its foreground group. A command that is in the same group
//! as Mynah has them from there; one that is in a group of its own has them from Mynah only. So:
//!
//! - in the foreground of a terminal the command stays in Mynah's group, so that it may read from the
//!   terminal and be stopped with it (Ctrl-Z), and what the terminal sends is not sent again;
//! - anywhere else (CI, `timeout`, a background job) it gets a group of its own, and each signal goes
//!   to all of that group, so that nothing that it started is left behind.

use std::io;

#[cfg(unix)]
use rustix::{
    process::{Pid, Signal as Number, getpgrp, kill_process, kill_process_group},
    termios::tcgetpgrp,
};
use tokio::process::Command;

/// A signal that asks to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// SIGINT: Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
    /// SIGHUP: the terminal is gone.
    HangUp,
}

/// The group of processes that the command is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// That of Mynah, in the foreground of a terminal.
    Shared,
    /// One of its own.
    Own,
}

#[cfg(unix)]
impl Group {
    /// The group that suits the place where Mynah runs.
    pub(super) fn for_command() -> Self {
        let own = getpgrp();
        let is_ours = |group: rustix::io::Result<Pid>| group == Ok(own);
        let foreground = is_ours(tcgetpgrp(io::stdin()))
            || is_ours(tcgetpgrp(io::stdout()))
            || is_ours(tcgetpgrp(io::stderr()));
        match foreground {
            true => Self::Shared,
            false => Self::Own,
        }
    }

    /// Lets a command start in it.
    pub(super) fn enter(self, command: &mut Command) {
        if self == Self::Own {
            command.process_group(0);
        }
    }

    /// Hands a signal on to a command, unless it has it already. It may have ended meanwhile.
    pub(super) fn hand_on(self, signal: Signal, command: Option<u32>) {
        let id = command.and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        let number = match signal {
            Signal::Interrupt => Number::INT,
            Signal::Terminate => Number::TERM,
            Signal::HangUp => Number::HUP,
        };
        let Some(id) = id else {
            return;
        };
        let _ = match (self, signal) {
            (Self::Own, _) => kill_process_group(id, number),
            // No key of a terminal sends this one.
            (Self::Shared, Signal::Terminate) => kill_process(id, number),
            (Self::Shared, Signal::Interrupt | Signal::HangUp) => Ok(()),
        };
    }
}

#[cfg(not(unix))]
impl Group {
    /// There is one only.
    pub(super) fn for_command() -> Self {
        Self::Shared
    }

    /// Nothing to enter.
    pub(super) fn enter(self, _command: &mut Command) {}

    /// The console sends Ctrl-C to all of its processes.
    pub(super) fn hand_on(self, _signal: Signal, _command: Option<u32>) {}
}

/// The signals that ask to end.
#[cfg(unix)]
pub(super) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Takes the signals over from the system, whose answer to them is to end the process.
    pub(super) fn take_over() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next of them.
    pub(super) async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
            _ = self.hang_up.recv() => Signal::HangUp,
        }
    }
}

/// Ctrl-C, the one signal that every system has.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Nothing to take over: each wait does it.
    pub(super) fn take_over() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for the next Ctrl-C.
    pub(super) async fn next(&mut self) -> Signal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Interrupt
    }
}
