//! The command: started, told of signals, waited for.
//!
//! Input, output and terminal are handed on as they are. A signal that asks Mynah to end is handed on
//! too, and Mynah goes on until the command has ended, since there is a verdict to give.

mod signals;

use std::{
    ffi::OsString,
    io,
    process::{ExitStatus, Stdio},
    time::{Duration, Instant},
};

use tokio::{
    process::{Child, Command},
    runtime::Builder,
    select,
};

use super::{super::error::CliError, variables::Variable};
use crate::server::StartError;
use signals::{Group, Signal, Signals};

/// What comes twice within this time is one wish: `timeout` signals a process and then its whole group.
const SAME: Duration = Duration::from_millis(100);

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// With exit code 0.
    Well,
    /// With another one.
    Badly(u8),
    /// By a signal, of this number.
    BySignal(u8),
}

/// Runs a command to its end.
///
/// # Errors
/// It cannot be started.
pub(super) fn run(command: &[OsString], variables: &[Variable]) -> Result<Ended, CliError> {
    let system = |source| CliError::Start(StartError::System(source));
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(system)?;
    runtime.block_on(async {
        // Before the command is there, so that none is lost.
        let mut signals = Signals::take_over().map_err(system)?;
        let group = Group::for_command();
        let mut child =
            start(command, variables, group).map_err(|source| CliError::NotStarted {
                command: command.first().cloned().unwrap_or_default(),
                source,
            })?;
        let mut last = None;
        loop {
            let signal = select! {
                ended = child.wait() => return ended.map(Ended::from).map_err(system),
                signal = signals.next() => signal,
            };
            let now = Instant::now();
            let is_again = |(before, at): (Signal, Instant)| before == signal && now - at < SAME;
            if !last.is_some_and(is_again) {
                group.hand_on(signal, child.id());
            }
            last = Some((signal, now));
        }
    })
}

fn start(command: &[OsString], variables: &[Variable], group: Group) -> io::Result<Child> {
    let (program, arguments) = command
        .split_first()
        .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .envs(variables.iter().map(|it| (&it.name, &it.value)))
        .stdin(Stdio::inherit())
        .stdout(Stdio::inherit())
        .stderr(Stdio::inherit());
    group.enter(&mut command);
    command.spawn()
}

impl From<ExitStatus> for Ended {
    fn from(status: ExitStatus) -> Self {
        #[cfg(unix)]
        if let Some(number) = std::os::unix::process::ExitStatusExt::signal(&status) {
            return Self::BySignal(u8::try_from(number).unwrap_or(u8::MAX));
        }
        match status.code() {
            Some(0) => Self::Well,
            // Some systems have longer ones.
            Some(code) => Self::Badly(u8::try_from(code).unwrap_or(1)),
            None => Self::Badly(1),
        }
    }
}
