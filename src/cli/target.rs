//! What a name on the command line means.

use std::path::{Path, PathBuf};

use super::{error::CliError, folder};
use crate::vendors::{self, BuiltIn};

/// What is to be read.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// A description that comes with Mynah.
    BuiltIn(&'static BuiltIn),
    /// A file.
    File(PathBuf),
    /// An address.
    Url(String),
    /// Standard input.
    Input,
}

impl Target {
    /// What a name means: a built-in API when one has it, else a path when it looks like one or
    /// stands for one, a folder for the one description in it.
    ///
    /// # Errors
    /// Neither a built-in API nor a path or an address, or a folder without exactly one description.
    pub(super) fn of(name: &str) -> Result<Self, CliError> {
        if let Some(built_in) = vendors::catalogue().iter().find(|api| api.name == name) {
            return Ok(Self::BuiltIn(built_in));
        }
        let path = Path::new(name);
        if name == "-" {
            Ok(Self::Input)
        } else if Self::is_url(name) {
            Ok(Self::Url(name.to_owned()))
        } else if path.is_dir() {
            folder::description(path).map(Self::File)
        } else if name.contains(['/', '\\', '.']) || path.exists() {
            Ok(Self::File(path.to_owned()))
        } else {
            Err(CliError::UnknownApi {
                name: name.to_owned(),
                known: known(),
            })
        }
    }

    /// Whether a name is an address, of whatever kind: it has a scheme (RFC 3986 section 3.1).
    pub(super) fn is_url(name: &str) -> bool {
        name.split_once("://").is_some_and(|(scheme, _)| {
            // One letter is a drive.
            scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric())
        })
    }

    /// All that is built in.
    pub(super) fn all_built_in() -> Vec<Self> {
        vendors::catalogue().iter().map(Self::BuiltIn).collect()
    }
}

fn known() -> Vec<&'static str> {
    vendors::catalogue().iter().map(|api| api.name).collect()
}
