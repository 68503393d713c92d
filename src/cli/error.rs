//! Why a command failed, and with which exit code.

use std::{error::Error, fmt, io};

use super::Exit;
use crate::{contract::Unsendable, description::Finding, outbound::SendError, server::StartError};

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
    /// The file of a description cannot be read.
    Unreadable { file: String, source: io::Error },
    /// The description has no webhook of this name.
    UnknownWebhook {
        name: String,
        spec: String,
        known: Vec<String>,
    },
    /// Nothing of a webhook can be sent.
    UnsentWebhook { name: String },
    /// A webhook cannot be sent, or not to this address.
    Unsendable(Unsendable),
    /// A webhook was not answered.
    Unanswered { url: String, source: SendError },
    /// The answer to a webhook is none of those that are documented.
    AnswerLeavesContract { places: usize },
    /// The server does not start.
    Start(StartError),
    /// The output cannot be written.
    Output(io::Error),
}

impl CliError {
    /// The exit code of this error.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::UnknownApi { .. }
            | Self::Unreadable { .. }
            | Self::UnknownWebhook { .. }
            | Self::Unsendable(Unsendable::NoAddress(_) | Unsendable::Tls(_)) => Exit::Usage,
            Self::AnswerLeavesContract { .. } => Exit::ContractBroken,
            Self::BadDescription { .. } | Self::UnsentWebhook { .. } | Self::Unsendable(_) => {
                Exit::BadDescription
            }
            // Whoever reads the output has seen enough, as `head` has.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::Start(_) | Self::Output(_) | Self::Unanswered { .. } => Exit::CannotRun,
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
            Self::Unreadable { file, source } => {
                write!(
                    f,
                    "`{file}` is no built-in API, and cannot be read as a file: {source}"
                )
            }
            Self::UnknownWebhook { name, spec, known } if known.is_empty() => {
                write!(f, "`{spec}` has no webhook `{name}`, nor any other")
            }
            Self::UnknownWebhook { name, spec, known } => write!(
                f,
                "`{spec}` has no webhook `{name}`; there are: {}",
                known.join(", ")
            ),
            Self::UnsentWebhook { name } => write!(
                f,
                "nothing of the webhook `{name}` can be sent; the description has to document a request that can"
            ),
            Self::Unsendable(error) => write!(f, "{error}"),
            Self::Unanswered { url, source } => write!(f, "{url}: {source}"),
            Self::AnswerLeavesContract { places: 1 } => {
                write!(f, "the answer leaves the contract in 1 place")
            }
            Self::AnswerLeavesContract { places } => {
                write!(f, "the answer leaves the contract in {places} places")
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
            Self::Unanswered { source, .. } => Some(source),
            Self::Output(source) | Self::Unreadable { source, .. } => Some(source),
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
