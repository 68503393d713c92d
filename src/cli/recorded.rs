//! Recorded exchanges, read from files.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use super::{console::Output, error::CliError};
use crate::journal::{HarEntry, Record, Secrets, from_har};

/// The records of a journal, each with whether its secrets are in it. What follows the last line break was
/// being written when the process ended: its reply was never sent.
///
/// # Errors
/// The file cannot be read, or a line of it is no record.
pub(super) fn journal(
    path: &Path,
    err: &mut Output<'_>,
) -> Result<Vec<(Record, Secrets)>, CliError> {
    let file = path.display().to_string();
    let unreadable = |source| CliError::Unreadable {
        file: file.clone(),
        source,
    };
    let mut text = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut records = Vec::new();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        text.read_until(b'\n', &mut line).map_err(unreadable)?;
        let Some(whole) = line.strip_suffix(b"\n") else {
            break;
        };
        let (mut record, secrets) =
            Record::from_json(whole).map_err(|source| CliError::BadRecord {
                file: file.clone(),
                line: number,
                source,
            })?;
        record.number = number as u64;
        records.push((record, secrets));
    }
    if !line.is_empty() {
        err.say(&format!(
            "`{file}` ends within a line, which is passed over: its reply was never sent"
        ))?;
    }
    Ok(records)
}

/// The exchanges of an archive. Those that had no reply are said and passed over.
///
/// # Errors
/// The file cannot be read, or is no archive.
pub(super) fn archive(path: &Path, err: &mut Output<'_>) -> Result<Vec<HarEntry>, CliError> {
    let file = path.display().to_string();
    let text = std::fs::read(path).map_err(|source| CliError::Unreadable {
        file: file.clone(),
        source,
    })?;
    let entries = from_har(&text).map_err(|source| CliError::BadArchive {
        file: file.clone(),
        source,
    })?;
    let mut exchanges = Vec::new();
    for (number, entry) in (1..).zip(entries) {
        match entry {
            Ok(entry) => exchanges.push(entry),
            Err(error) => err.say(&format!("`{file}`, entry {number} is passed over: {error}"))?,
        }
    }
    Ok(exchanges)
}
