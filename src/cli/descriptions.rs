//! From what is named to a description: the only place that reads one at run time.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::error::CliError;
use crate::{Description, Finding, Source};

/// What messages call standard input, and the name of the API that it describes.
const INPUT: &str = "stdin";

/// A text that was read, and the description in it when it is one.
#[derive(Debug)]
pub(super) struct Document {
    /// The text, under the name that places in it have.
    pub(super) source: Source,
    /// The files that were read.
    pub(super) files: Vec<PathBuf>,
    /// The description, or why it is none.
    pub(super) description: Result<Description, Vec<Finding>>,
}

/// The description in a file.
///
/// # Errors
/// The file cannot be read.
pub(super) fn from_file(path: &Path) -> Result<Document, CliError> {
    let name = path.display().to_string();
    let text = fs::read(path).and_then(text);
    let text = text.map_err(|source| CliError::Unreadable {
        file: name.clone(),
        source,
    })?;
    Ok(document(Source::new(name, text), vec![path.to_owned()]))
}

/// The description on standard input, to its end.
///
/// # Errors
/// Standard input cannot be read.
pub(super) fn from_input() -> Result<Document, CliError> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    let text = read.and_then(|_| text(bytes));
    let text = text.map_err(|source| CliError::Unreadable {
        file: INPUT.to_owned(),
        source,
    })?;
    Ok(document(Source::new(INPUT, text), Vec::new()))
}

fn document(source: Source, files: Vec<PathBuf>) -> Document {
    let description = Description::load(source.clone()).map_err(|finding| vec![finding]);
    Document {
        source,
        files,
        description,
    }
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    let not_text = |_| io::Error::new(io::ErrorKind::InvalidData, "this is not text in UTF-8");
    String::from_utf8(bytes).map_err(not_text)
}
