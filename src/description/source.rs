//! The text of a document, and what it is called.

use std::{
    io::{self, Error, ErrorKind, Read},
    sync::Arc,
};

/// No document is longer than this, in bytes: some devices never end.
const MAX_BYTES: u64 = 128 << 20;

/// The text of a document and the name to show for it in messages, usually its path.
#[derive(Debug, Clone)]
pub struct Source {
    /// What messages call the document, such as `specs/libredesk.yaml`.
    pub name: Arc<str>,
    /// The document itself, YAML or JSON.
    pub text: Arc<str>,
}

impl Source {
    /// A document held in memory under a name.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }

    /// A document that is read to its end, as [`Source::from_bytes`].
    ///
    /// # Errors
    /// That of reading; more than 128 MiB; bytes that are not UTF-8.
    pub fn from_reader(name: impl Into<Arc<str>>, reader: impl Read) -> io::Result<Self> {
        let mut bytes = Vec::new();
        reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BYTES {
            let message = format!("longer than {} MiB", MAX_BYTES >> 20);
            return Err(Error::new(ErrorKind::InvalidData, message));
        }
        Self::from_bytes(name, bytes).map_err(|why| Error::new(ErrorKind::InvalidData, why))
    }

    /// A document read from somewhere. A byte order mark is no part of it.
    ///
    /// # Errors
    /// The bytes are not UTF-8; in a sentence, which.
    pub fn from_bytes(name: impl Into<Arc<str>>, bytes: Vec<u8>) -> Result<Self, String> {
        let text = String::from_utf8(bytes).map_err(|error| {
            format!("byte {} is not UTF-8", error.utf8_error().valid_up_to() + 1)
        })?;
        Ok(Self::new(
            name,
            text.strip_prefix('\u{feff}').unwrap_or(&text),
        ))
    }
}
