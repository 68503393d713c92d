//! Why a command failed, and with which exit code.

use std::{error::Error, fmt, io};

use super::Exit;
use crate::{description::Finding, server::StartError};

/// Why a command failed.
#[derive(Debug)]
pub(super) enum CliError {
    /// No built-in API has this name.
    UnknownApi {
        name: String,
        known: Vec<&'static str>,
    },
    /// The description of an API cannot be served.
    BadDescription {
        name: String,
        findings: Vec<Finding>,
    },
    /// The server does not start.
    Start(StartError),
    /// The output cannot be written.
    Output(io::Error),
}

impl CliError {
    /// The exit code of this error.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::UnknownApi { .. } => Exit::Usage,
            Self::BadDescription { .. } => Exit::BadDescription,
            // Whoever reads the output has seen enough, as `head` has.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::Start(_) | Self::Output(_) => Exit::CannotRun,
        }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownApi { name, known } => write!(
                f,
                "no built-in API is called `{name}`; there are: {}",
                known.join(", ")
            ),
            Self::BadDescription { name, findings } => {
                write!(f, "the description of `{name}` cannot be served")?;
                for finding in findings {
                    write!(f, "\n{finding}")?;
                }
                Ok(())
            }
            Self::Start(error) => {
                write!(f, "{error}")?;
                hint(error).map_or(Ok(()), |hint| write!(f, "; {hint}"))
            }
            Self::Output(error) => write!(f, "cannot write: {error}"),
        }
    }
}

/// What to do about it, in terms of the command line.
fn hint(error: &StartError) -> Option<&'static str> {
    match error {
        StartError::PortInUse { .. } => Some("choose another with --port"),
        StartError::CannotBind { source, .. } => match source.kind() {
            io::ErrorKind::PermissionDenied => Some("choose a port above 1023 with --port"),
            io::ErrorKind::AddrNotAvailable => {
                Some("choose an address of this machine with --host")
            }
            _ => None,
        },
        _ => None,
    }
}

impl Error for CliError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Start(error) => Some(error),
            Self::Output(error) => Some(error),
            _ => None,
        }
    }
}

impl From<StartError> for CliError {
    fn from(error: StartError) -> Self {
        Self::Start(error)
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
