//! Text that is not what it is taken for.

use std::fmt;

/// Why text is not JSON, or not XML, and where. Line and column count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The line.
    pub line: usize,
    /// The column: of JSON in bytes, 0 when the text ends before anything could be read; of XML in characters.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            message,
        } = self;
        write!(f, "{message} at line {line} column {column}")
    }
}

impl std::error::Error for SyntaxError {}
