//! The end of a file of lines.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
};

use super::OpenError;
use crate::journal::line::BEGINNING;

/// How much of a file is read at once.
const PIECE: u64 = 64 << 10;

/// Sees that a file is empty or a journal, and cuts off what is no whole line. What is no file but takes lines
/// all the same, such as a pipe, has no end to look at.
pub(super) fn check(file: &mut File) -> Result<(), OpenError> {
    let about = file.metadata()?;
    if !about.is_file() || about.len() == 0 {
        return Ok(());
    }
    let mut beginning = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    (&*file)
        .take(BEGINNING.len() as u64)
        .read_to_end(&mut beginning)?;
    // A file may hold nothing but the beginning of its first line.
    if !BEGINNING.starts_with(&beginning) {
        return Err(OpenError::NoJournal);
    }
    let whole = whole_lines(file, about.len())?;
    if whole < about.len() {
        file.set_len(whole)?;
    }
    Ok(())
}

/// Takes back the part of a line that could be written. Where that fails too, it becomes a line of its own, so
/// that it spoils no other.
pub(super) fn cut_back(file: &mut File) {
    let cut = |file: &mut File| {
        let length = file.metadata()?.len();
        let whole = whole_lines(file, length)?;
        file.set_len(whole)
    };
    if cut(file).is_err() {
        // Nothing more can be done: whoever reads the file is told of the line.
        let _ = file.write_all(b"\n");
    }
}

/// How many bytes of a file are whole lines.
fn whole_lines(file: &mut File, length: u64) -> io::Result<u64> {
    let mut end = length;
    while end > 0 {
        let start = end.saturating_sub(PIECE);
        let mut piece = Vec::new();
        file.seek(SeekFrom::Start(start))?;
        (&*file).take(end - start).read_to_end(&mut piece)?;
        if let Some(at) = piece.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}
