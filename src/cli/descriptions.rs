//! From what is named to a description: the only place that reads one at run time.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{choices::Choices, error::CliError};
use crate::{Description, Finding, Source};

/// What messages call standard input, and the name of the API that it describes.
const INPUT: &str = "stdin";

/// What was read.
#[derive(Debug)]
pub(super) struct Document {
    /// What messages call it.
    pub(super) name: String,
    /// Its text, when that is in no file.
    pub(super) source: Option<Source>,
    /// The files that were read.
    pub(super) files: Vec<PathBuf>,
    /// The description, or why it is none.
    pub(super) description: Result<Description, Finding>,
}

/// The description in a file, with all that it refers to.
///
/// # Errors
/// The file cannot be read.
pub(super) fn from_file(path: &Path, choices: &Choices) -> Result<Document, CliError> {
    let name = path.display().to_string();
    File::open(path).map_err(|source| CliError::Unreadable {
        file: name.clone(),
        source,
    })?;
    let overlays = overlays(choices)?;
    let description = Description::open_with(path, choices.access, &overlays);
    let read = description
        .as_ref()
        .map_or_else(|_| vec![path.to_owned()], |read| read.files().to_vec());
    let files = [read, choices.overlays.clone()].concat();
    Ok(Document {
        name,
        source: None,
        files,
        description,
    })
}

/// The overlays that were named.
fn overlays(choices: &Choices) -> Result<Vec<Source>, CliError> {
    let read = |path: &PathBuf| {
        let file = path.display().to_string();
        let text = fs::read_to_string(path);
        let text = text.map_err(|source| CliError::Unreadable {
            file: file.clone(),
            source,
        })?;
        Ok(Source::new(file, text))
    };
    choices.overlays.iter().map(read).collect()
}

/// The description on standard input, to its end.
///
/// # Errors
/// Standard input cannot be read.
pub(super) fn from_input(choices: &Choices) -> Result<Document, CliError> {
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    read.map_err(|source| CliError::Unreadable {
        file: INPUT.to_owned(),
        source,
    })?;
    let source = Source::new(INPUT, text);
    Ok(Document {
        name: INPUT.to_owned(),
        source: Some(source.clone()),
        files: Vec::new(),
        description: Description::load_with(source, &overlays(choices)?),
    })
}
