//! How a run ended, as the number that scripts see.

use std::process::ExitCode;

/// How a run ended. The numbers are part of the interface and do not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything asked for was done.
    Done = 0,
    /// A check found what it looks for: faults of a description, a contract that is broken.
    ContractBroken = 1,
    /// The command line is wrong: an unknown option, value, API name or file.
    Usage = 2,
    /// A description has a fault and cannot be served.
    BadDescription = 3,
    /// The server cannot start, something cannot be read or written, or a webhook is not answered: a
    /// port in use, a full disk, nobody who listens.
    CannotRun = 4,
}

/// The numbers as `--help` shows them; a test holds them against [`Exit`].
pub(super) const HELP: &str = "\
Exit codes:
  0  done
  1  a check found faults, or a contract that is broken
  2  the command line is wrong
  3  a description has a fault and cannot be served
  4  the server cannot start, something cannot be read or written, or nobody answers";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_lists_every_code() {
        let all = [
            Exit::Done,
            Exit::ContractBroken,
            Exit::Usage,
            Exit::BadDescription,
            Exit::CannotRun,
        ];
        let listed: Vec<&str> = HELP
            .lines()
            .skip(1)
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        let numbers: Vec<String> = all.iter().map(|exit| (*exit as u8).to_string()).collect();
        assert_eq!(listed, numbers);
    }
}
