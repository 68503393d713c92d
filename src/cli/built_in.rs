//! The built-in APIs by the names that a command line gives.

use super::error::CliError;
use crate::{Api, vendors};

/// Loads the built-in APIs of these names, each once; all of them when none is named.
///
/// # Errors
/// A name that none has, or a description that cannot be served.
pub(super) fn load(names: &[String]) -> Result<Vec<Api>, CliError> {
    if names.is_empty() {
        return known().into_iter().map(load_one).collect();
    }
    let mut once: Vec<&str> = Vec::new();
    for name in names {
        if !once.contains(&name.as_str()) {
            once.push(name);
        }
    }
    once.into_iter().map(load_one).collect()
}

fn load_one(name: &str) -> Result<Api, CliError> {
    let name = name.to_owned();
    match vendors::load(&name) {
        Some(Ok(api)) => Ok(api),
        Some(Err(findings)) => Err(CliError::BadDescription { name, findings }),
        None => Err(CliError::UnknownApi {
            name,
            known: known(),
        }),
    }
}

fn known() -> Vec<&'static str> {
    vendors::catalogue().iter().map(|api| api.name).collect()
}
