//! From what is named to a description: the only place that reads one at run time.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{choices::Choices, error::CliError, target::Target};
use crate::{
    Description, Finding, Source,
    description::{Access, Severity},
    fetch::Fetcher,
    reach::Reach,
};

/// What messages call standard input, and the name of the API that it describes.
const INPUT: &str = "stdin";

/// What was read.
#[derive(Debug)]
pub(super) struct Document {
    /// What messages call it.
    pub(super) name: String,
    /// Its text, when that is in no file.
    pub(super) source: Option<Source>,
    /// The files that were read, and are read again when they change.
    pub(super) files: Vec<PathBuf>,
    /// The description, or why it is none.
    pub(super) description: Result<Description, Finding>,
}

/// Changes that are laid over descriptions.
#[derive(Debug, Default)]
pub(super) struct Overlays {
    /// Their texts, in their order.
    pub(super) sources: Vec<Source>,
    /// The files among them.
    files: Vec<PathBuf>,
}

impl Overlays {
    /// Reads the overlays that were named.
    ///
    /// # Errors
    /// Each that cannot be read.
    pub(super) fn read(choices: &Choices) -> Result<Self, CliError> {
        let (mut overlays, mut errors) = (Self::default(), Vec::new());
        let fetcher = fetcher(choices);
        for name in &choices.overlays {
            let read = match Target::is_url(name) {
                true => from_url(name, &fetcher),
                false => from_path(Path::new(name)),
            };
            match read {
                Ok(source) => overlays.sources.push(source),
                Err(error) => errors.push(error),
            }
            if !Target::is_url(name) {
                overlays.files.push(name.into());
            }
        }
        CliError::all(errors).map_or(Ok(overlays), Err)
    }
}

/// The description that a target means, with all that it refers to.
///
/// # Errors
/// It cannot be read. A description with faults is no error here.
pub(super) fn read(
    target: &Target,
    choices: &Choices,
    overlays: &Overlays,
) -> Result<Document, CliError> {
    let fetcher = Arc::new(fetcher(choices));
    let access = access(choices, &fetcher);
    let (name, source, files) = match target {
        Target::File(path) => return from_file(path, access, overlays),
        Target::BuiltIn(built_in) => (built_in.name, built_in.source(), &*overlays.files),
        Target::Url(url) => (&**url, from_url(url, &fetcher)?, &*overlays.files),
        // It can be read only once.
        Target::Input => (INPUT, from_input()?, &[][..]),
    };
    Ok(Document {
        name: name.to_owned(),
        source: Some(source.clone()),
        files: files.to_vec(),
        description: Description::load_from(source, access, &overlays.sources),
    })
}

/// The findings of a description without which nobody can tell what it says.
pub(super) fn errors(description: &Description) -> Vec<Finding> {
    let findings = description.findings().iter();
    let findings = findings.chain(description.overlay_findings());
    let errors = findings.filter(|finding| finding.severity == Severity::Error);
    errors.cloned().collect()
}

/// What references may lead to.
pub(super) fn access(choices: &Choices, fetcher: &Arc<Fetcher>) -> Access {
    let reach = choices.remote.unwrap_or(Reach::Off);
    Access {
        outside: choices.outside,
        fetch: (reach != Reach::Off).then(|| Arc::clone(fetcher).into()),
    }
}

/// What reads over HTTP for one description.
pub(super) fn fetcher(choices: &Choices) -> Fetcher {
    Fetcher::new(choices.remote.unwrap_or(Reach::Public))
}

fn from_file(path: &Path, access: Access, overlays: &Overlays) -> Result<Document, CliError> {
    File::open(path).map_err(|source| unreadable(path.display(), source))?;
    let description = Description::open_with(path, access, &overlays.sources);
    let files = description
        .as_ref()
        .map_or_else(|_| vec![path.to_owned()], |read| read.files().to_vec());
    Ok(Document {
        name: path.display().to_string(),
        source: None,
        files: [files, overlays.files.clone()].concat(),
        description,
    })
}

fn from_url(url: &str, fetcher: &Fetcher) -> Result<Source, CliError> {
    fetcher.get(url).map_err(|source| CliError::Unfetched {
        url: url.to_owned(),
        source,
    })
}

fn from_path(path: &Path) -> Result<Source, CliError> {
    let name = path.display();
    let read = File::open(path).and_then(|file| Source::from_reader(name.to_string(), file));
    read.map_err(|source| unreadable(&name, source))
}

/// What is on standard input, to its end.
fn from_input() -> Result<Source, CliError> {
    let read = Source::from_reader(INPUT, io::stdin().lock());
    read.map_err(|source| unreadable(INPUT, source))
}

fn unreadable(name: impl ToString, source: io::Error) -> CliError {
    CliError::Unreadable {
        file: name.to_string(),
        source,
    }
}
