//! Why a command failed, and with which exit code.

use std::{error::Error, ffi::OsString, fmt, io, path::PathBuf};

use http::StatusCode;

use super::Exit;
use crate::{
    client::ClientError,
    contract::Unsendable,
    fetch::{FetchError, FetchErrorKind},
    journal::{HarError, LineError, OpenError, Tally},
    outbound::SendError,
    proxy::BadUpstream,
    report::rules,
    server::StartError,
};

/// Why a command failed.
#[derive(Debug)]
pub(super) enum CliError {
    /// No built-in API has this name, and it does not look like a path.
    UnknownApi {
        name: String,
        known: Vec<&'static str>,
    },
    /// What an address names cannot be read.
    Unfetched { url: String, source: FetchError },
    /// A folder has no description in it, or more than one.
    Folder {
        folder: PathBuf,
        candidates: Vec<PathBuf>,
    },
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
    /// The address of a server is none to forward to.
    BadUpstream(BadUpstream),
    /// A webhook was not answered.
    Unanswered { url: String, source: SendError },
    /// The answer to a webhook is none of those that are documented.
    AnswerLeavesContract { places: usize },
    /// A provider cannot be reached.
    Unreached { url: String, source: ClientError },
    /// No operation of a provider was seen to work; how many were not tried, and why the first was not.
    NothingServed { untried: usize, why: Option<String> },
    /// A provider, or its description, leaves the contract; the problems have been shown.
    ProviderLeavesContract,
    /// A file or folder cannot be read.
    Unreadable { file: String, source: io::Error },
    /// Descriptions cannot be served; their findings have been shown.
    Faulty { names: Vec<String> },
    /// No API is served at a path.
    NoApiAt { path: String, prefixes: Vec<String> },
    /// No finding has this code.
    UnknownCode { code: String },
    /// Two APIs would be served at the same place.
    SamePrefix { prefix: String, names: [String; 2] },
    /// The name of an API is no path.
    NoPrefix { name: String },
    /// Two APIs would have the same variable of a command's environment.
    SameVariable {
        variable: String,
        names: [String; 2],
    },
    /// A variable is to have the URL of an API that is not served.
    UnknownInVariable {
        variable: String,
        name: String,
        known: Vec<String>,
    },
    /// Nobody is there to review.
    NoTerminal,
    /// Several reports are wanted on standard output.
    SeveralReports,
    /// A file is no journal to append to.
    NoJournal { file: String, source: OpenError },
    /// A line of a journal is no record.
    BadRecord {
        file: String,
        line: usize,
        source: LineError,
    },
    /// A file is no HTTP Archive.
    BadArchive { file: String, source: HarError },
    /// Nothing in an archive was sent to where the API is.
    OtherPlaces { known: Vec<String> },
    /// Journals have exchanges of other APIs only.
    OtherApis { api: String, known: Vec<String> },
    /// A journal has its secrets in it, and no description says what they are.
    UntoldSecrets { file: String, api: Option<String> },
    /// Less of what is documented was exercised than is asked for.
    TooLittleCovered { tally: Tally, wanted: f64 },
    /// Descriptions have faults, so that nobody can tell what changed; their findings have been shown.
    Incomparable { names: Vec<String> },
    /// Nothing in journals is a call of the description.
    NoTraffic { name: String, exchanges: usize },
    /// A revision of a repository has no such file, or there is none.
    NoRevision { name: String, why: String },
    /// A command cannot be started.
    NotStarted {
        command: OsString,
        source: io::Error,
    },
    /// The server does not start.
    Start(StartError),
    /// A file cannot be written.
    Unwritable { file: PathBuf, source: io::Error },
    /// The output cannot be written.
    Output(io::Error),
    /// All of these.
    Several(Vec<CliError>),
}

impl CliError {
    /// One error that stands for all; `None` when there are none.
    pub(super) fn all(errors: Vec<Self>) -> Option<Self> {
        let mut each = Vec::new();
        for error in errors {
            match error {
                Self::Several(errors) => each.extend(errors),
                one => each.push(one),
            }
        }
        match each.len() {
            0 | 1 => each.pop(),
            _ => Some(Self::Several(each)),
        }
    }

    /// The errors that this one stands for.
    pub(super) fn each(&self) -> &[Self] {
        match self {
            Self::Several(errors) => errors,
            one => std::slice::from_ref(one),
        }
    }

    /// The exit code of this error; of several the first that is to be mended.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::UnknownApi { .. }
            | Self::UnknownWebhook { .. }
            | Self::Unsendable(Unsendable::NoAddress(_) | Unsendable::Tls(_))
            | Self::BadUpstream(_)
            | Self::Folder { .. }
            | Self::NoApiAt { .. }
            | Self::UnknownCode { .. }
            | Self::SamePrefix { .. }
            | Self::SameVariable { .. }
            | Self::SeveralReports
            | Self::NoTerminal
            | Self::NoJournal {
                source: OpenError::NoJournal,
                ..
            }
            | Self::BadRecord { .. }
            | Self::BadArchive { .. }
            | Self::OtherPlaces { .. }
            | Self::OtherApis { .. }
            | Self::UntoldSecrets { .. }
            | Self::NoTraffic { .. }
            | Self::NoRevision { .. }
            | Self::UnknownInVariable { .. }
            | Self::NoPrefix { .. } => Exit::Usage,
            Self::Unreadable { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                Exit::Usage
            }
            Self::Unfetched { source, .. } => exit_of_fetching(&source.kind),
            Self::AnswerLeavesContract { .. }
            | Self::NothingServed { .. }
            | Self::TooLittleCovered { .. }
            | Self::ProviderLeavesContract => Exit::ContractBroken,
            Self::Faulty { .. }
            | Self::Incomparable { .. }
            | Self::UnsentWebhook { .. }
            | Self::Unsendable(_) => Exit::BadDescription,
            // Whoever reads the output has seen enough, as `head` has.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::Start(_)
            | Self::NoJournal { .. }
            | Self::Output(_)
            | Self::Unwritable { .. }
            | Self::NotStarted { .. }
            | Self::Unreadable { .. }
            | Self::Unanswered { .. }
            | Self::Unreached { .. } => Exit::CannotRun,
            Self::Several(errors) => {
                let exits = errors.iter().map(Self::exit);
                exits.min_by_key(|exit| exit.code()).unwrap_or(Exit::Done)
            }
        }
    }
}

/// Whether the address was wrong, as a file's name may be, or the network did not do.
fn exit_of_fetching(kind: &FetchErrorKind) -> Exit {
    match kind {
        FetchErrorKind::NotBuilt
        | FetchErrorKind::NotAUrl(_)
        | FetchErrorKind::Scheme(_)
        | FetchErrorKind::User
        | FetchErrorKind::NotAllowed { .. }
        | FetchErrorKind::Status(StatusCode::NOT_FOUND | StatusCode::GONE) => Exit::Usage,
        _ => Exit::CannotRun,
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownApi { name, known } => write!(
                f,
                "no built-in API is called `{name}`; there are: {}. A file is named with its ending, or \
                 as ./{name}",
                known.join(", ")
            ),
            Self::Unfetched { url, source } => write!(f, "cannot read `{url}`: {source}"),
            Self::Folder { folder, candidates } => folder_without_one(f, folder, candidates),
            Self::Unreadable { file, source } => write!(f, "cannot read `{file}`: {source}"),
            Self::Faulty { names } => write!(
                f,
                "cannot serve {}: change what the errors name, or leave their operations out with --lenient",
                names.join(", ")
            ),
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
            Self::BadUpstream(error) => write!(f, "{error}"),
            Self::Unanswered { url, source } => write!(f, "{url}: {source}"),
            Self::Unreached { url, source } => write!(f, "cannot reach {url}: {source}"),
            Self::NothingServed { untried: 0, .. } => {
                write!(
                    f,
                    "no operation was seen to work, so nothing is known of the provider"
                )
            }
            Self::NothingServed { untried, why } => {
                let why = why.as_deref().unwrap_or("none is wanted");
                write!(
                    f,
                    "no operation was seen to work, so nothing is known of the provider; {untried} were not \
                     tried: {why}"
                )
            }
            Self::ProviderLeavesContract => write!(f, "the provider leaves its description"),
            Self::AnswerLeavesContract { places: 1 } => {
                write!(f, "the answer leaves the contract in 1 place")
            }
            Self::AnswerLeavesContract { places } => {
                write!(f, "the answer leaves the contract in {places} places")
            }
            Self::NoApiAt { path, prefixes } => write!(
                f,
                "no API is served at {path}: each has its prefix, {}; one by itself is named with --spec",
                prefixes.join(", ")
            ),
            Self::UnknownCode { code } => {
                let mut known: Vec<&str> = rules().iter().map(|rule| &*rule.code).collect();
                known.sort_unstable();
                known.dedup();
                write!(
                    f,
                    "no code is called `{code}`; there are: {}",
                    known.join(", ")
                )
            }
            Self::SamePrefix {
                prefix,
                names: [one, other],
            } => write!(
                f,
                "{one} and {other} would both be served at {prefix}/; give one another place with \
                 --mount /PREFIX={other}"
            ),
            Self::SameVariable {
                variable,
                names: [one, other],
            } => write!(
                f,
                "`{one}` and `{other}` would both be told by {variable}; give one of the files another name"
            ),
            Self::UnknownInVariable {
                variable,
                name,
                known,
            } => write!(
                f,
                "--env {variable}: no API `{name}` is served; there are: {}",
                known.join(", ")
            ),
            Self::NoTerminal => f.write_str(
                "a review needs a terminal to ask; `mynah snapshot --accept` accepts without one",
            ),
            Self::SeveralReports => f.write_str(
                "one report at most can be written to standard output; give the others files: --report \
                 FORMAT=FILE",
            ),
            Self::NotStarted { command, source } => {
                write!(f, "cannot start `{}`: {source}", command.display())
            }
            Self::NoPrefix { name } => write!(
                f,
                "`{name}` cannot stand in a path as it is; give the API a place with --mount \
                 /PREFIX=FILE"
            ),
            Self::NoJournal { file, source } => match source {
                OpenError::NoJournal => write!(
                    f,
                    "`{file}` has something else in it than a journal, and is left alone: name another file"
                ),
                other => write!(f, "cannot write to the journal `{file}`: {other}"),
            },
            Self::BadRecord { file, line, source } => write!(f, "`{file}`, line {line}: {source}"),
            Self::BadArchive { file, source } => write!(f, "`{file}` is {source}"),
            Self::OtherPlaces { known } => write!(
                f,
                "nothing that was recorded was sent to a server of the description; say with --url which \
                 is meant. There are: {}",
                known.join(", ")
            ),
            Self::OtherApis { api, known } => write!(
                f,
                "nothing that was recorded is for `{api}`; there are: {}",
                known.join(", ")
            ),
            Self::UntoldSecrets { file, api } => {
                write!(f, "`{file}` has its secrets in it: ")?;
                if let Some(api) = api {
                    write!(f, "say with --spec which description `{api}` is, ")?;
                } else {
                    write!(f, "name the descriptions with --spec, ")?;
                }
                f.write_str("so that they can be left out, or leave them in with --secrets")
            }
            Self::TooLittleCovered { tally, wanted } => write!(
                f,
                "{} of {} documented things were exercised, which is {:.1}%, and {wanted}% are asked for",
                tally.exercised,
                tally.documented,
                tally.ratio() * 100.0
            ),
            Self::Incomparable { names } => write!(
                f,
                "nobody can tell what changed: correct {} where the errors say",
                names.join(" and ")
            ),
            Self::NoTraffic { name, exchanges } => write!(
                f,
                "none of the {exchanges} exchanges that were recorded calls an operation of `{name}`: take a journal \
                 of a server of that description"
            ),
            Self::NoRevision { name, why } => write!(
                f,
                "there is no file `{name}`, nor can git show it: {why}. A file of a revision is named from the folder \
                 of the repository on, as main:specs/api.yaml"
            ),
            Self::Start(error) => {
                write!(f, "{error}")?;
                hint(error).map_or(Ok(()), |hint| write!(f, "; {hint}"))
            }
            Self::Unwritable { file, source } => {
                write!(f, "cannot write `{}`: {source}", file.display())
            }
            Self::Output(error) => write!(f, "cannot write: {error}"),
            Self::Several(errors) => {
                for (index, error) in errors.iter().enumerate() {
                    write!(f, "{}{error}", if index > 0 { "; " } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

fn folder_without_one(
    f: &mut fmt::Formatter<'_>,
    folder: &std::path::Path,
    candidates: &[PathBuf],
) -> fmt::Result {
    let folder = folder.display();
    if candidates.is_empty() {
        return write!(
            f,
            "no file in `{folder}` is an OpenAPI description: none has `openapi` or `swagger` at its top"
        );
    }
    write!(
        f,
        "`{folder}` has several descriptions; name the ones to take:"
    )?;
    candidates
        .iter()
        .try_for_each(|path| write!(f, "\n  {}", path.display()))
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
            Self::Unfetched { source, .. } => Some(source),
            Self::Output(error)
            | Self::Unreadable { source: error, .. }
            | Self::Unwritable { source: error, .. }
            | Self::NotStarted { source: error, .. } => Some(error),
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
