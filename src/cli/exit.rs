//! How a run ended, as the number that scripts see.
//!
//! `mynah run` hands on the exit code of the command that it starts, which may be any number. Its own
//! are therefore where other programs have few, and those that say that the command did not run are
//! the ones that `env`, `timeout` and shells use for it. A command may have these all the same: what
//! happened is said on standard error in any case.

use std::process::ExitCode;

/// How a run ended. The numbers are part of the interface and do not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was done.
    Done,
    /// A check found what it looks for: faults of a description, a contract that is broken.
    ContractBroken,
    /// The command line is wrong: an unknown option, value, API name or file.
    Usage,
    /// A description has a fault and cannot be served.
    BadDescription,
    /// The server cannot start, something cannot be read or written, or a webhook is not answered: a
    /// port in use, a full disk, nobody who listens.
    CannotRun,
    /// `run`: the command succeeded, and what it sent leaves the contract or falls short of it.
    RunFailed,
    /// `run`: the command was not started, or nobody can tell how it did: the command line is wrong, a
    /// description has a fault, a report cannot be written.
    NotRun,
    /// `run`: the command is no program that can be started.
    NotStartable,
    /// `run`: there is no such command.
    NotFound,
    /// `run`: the command failed with this exit code, or a signal ended it: 128 and its number.
    Command(u8),
}

/// The numbers as `--help` shows them; a test holds them against [`Exit`].
pub(super) const HELP: &str = "\
Exit codes:
  0  done
  1  a check found faults, or a contract that is broken
  2  the command line is wrong
  3  a description has a fault and cannot be served
  4  the server cannot start, something cannot be read or written, or nobody answers";

/// The same for `run`.
pub(super) const HELP_OF_RUN: &str = "\
Exit codes:
  0    the command succeeded, and the run passes
  122  the command succeeded, and the run fails: the contract is broken, or too little was asked
  125  Mynah itself failed: wrong options, a faulty description, a report that cannot be written
  126  the command cannot be started
  127  there is no such command
  Any other is that of the command, which failed; 128 and a number is a signal that ended it.";

impl Exit {
    /// The number.
    ///
    /// ```
    /// use mynah::cli::Exit;
    /// assert_eq!(Exit::Command(3).code(), 3);
    /// ```
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::ContractBroken => 1,
            Self::Usage => 2,
            Self::BadDescription => 3,
            Self::CannotRun => 4,
            Self::RunFailed => 122,
            Self::NotRun => 125,
            Self::NotStartable => 126,
            Self::NotFound => 127,
            Self::Command(code) => code,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(help: &str) -> Vec<u8> {
        let lines = help.lines().skip(1);
        lines
            .filter_map(|line| line.split_whitespace().next()?.parse().ok())
            .collect()
    }

    #[test]
    fn help_lists_every_code() {
        let all = [
            Exit::Done,
            Exit::ContractBroken,
            Exit::Usage,
            Exit::BadDescription,
            Exit::CannotRun,
        ];
        assert_eq!(listed(HELP), all.map(Exit::code));
        let of_run = [
            Exit::Done,
            Exit::RunFailed,
            Exit::NotRun,
            Exit::NotStartable,
            Exit::NotFound,
        ];
        assert_eq!(listed(HELP_OF_RUN), of_run.map(Exit::code));
    }
}
