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
    /// Standard input.
    Input,
}

impl Target {
    /// What a name means: a built-in API when one has it, else a path when it looks like one or
    /// stands for one, a folder for the one description in it.
    ///
    /// # Errors
    /// Neither a built-in API nor a path, an address, or a folder without exactly one description.
    pub(super) fn of(name: &str) -> Result<Self, CliError> {
        if let Some(built_in) = vendors::catalogue().iter().find(|api| api.name == name) {
            return Ok(Self::BuiltIn(built_in));
        }
        let path = Path::new(name);
        if name == "-" {
            Ok(Self::Input)
        } else if name.starts_with("http://") || name.starts_with("https://") {
            Err(CliError::Remote {
                url: name.to_owned(),
            })
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

    /// All that is built in.
    pub(super) fn all_built_in() -> Vec<Self> {
        vendors::catalogue().iter().map(Self::BuiltIn).collect()
    }
}

fn known() -> Vec<&'static str> {
    vendors::catalogue().iter().map(|api| api.name).collect()
}
