//! Which APIs are meant, and the place that each is served at.

use std::sync::Arc;

use super::{
    args::{Described, is_path},
    check::{Checked, check},
    choices::Choices,
    console::Output,
    error::CliError,
    target::Target,
};
use crate::{Api, report::Sources, server::Mount};

/// An API that is meant, and the prefix that is wanted for it.
#[derive(Debug)]
pub(super) struct Wanted {
    /// What is to be read.
    pub(super) target: Target,
    /// Its prefix; `None` leaves it to its name.
    pub(super) prefix: Option<String>,
}

/// An API that is served.
#[derive(Debug)]
pub(super) struct Served {
    /// Where it comes from.
    pub(super) target: Target,
    /// What became of its description.
    pub(super) checked: Checked,
    /// Where it is served.
    pub(super) mount: Mount,
}

/// Which APIs are meant, each once; all built-in ones when none is named.
///
/// # Errors
/// A name that means nothing.
pub(super) fn wanted(described: &Described) -> Result<Vec<Wanted>, CliError> {
    let mut names: Vec<(&str, Option<&str>)> = Vec::new();
    let unplaced = described.names.iter().map(|name| (&**name, None));
    let placed = described
        .mounts
        .iter()
        .map(|at| (&*at.name, Some(&*at.prefix)));
    for one in unplaced.chain(placed) {
        if !names.contains(&one) {
            names.push(one);
        }
    }
    let unplaced = |target| Wanted {
        target,
        prefix: None,
    };
    if names.is_empty() {
        return Ok(Target::all_built_in().into_iter().map(unplaced).collect());
    }
    let wanted = |(name, prefix): (&str, Option<&str>)| {
        Ok(Wanted {
            target: Target::of(name)?,
            prefix: prefix.map(str::to_owned),
        })
    };
    names.into_iter().map(wanted).collect()
}

/// The API that a name means, with its findings shown.
///
/// # Errors
/// As [`wanted`] and [`compile`].
pub(super) fn one(
    name: &str,
    choices: &Choices,
    err: &mut Output<'_>,
) -> Result<Arc<Api>, CliError> {
    let wanted = Wanted {
        target: Target::of(name)?,
        prefix: Some(String::new()),
    };
    let served = compile(vec![wanted], choices, err)?;
    // One that is wanted is served, or an error said why not.
    served
        .first()
        .map(|served| served.mount.api())
        .ok_or_else(|| CliError::Faulty {
            names: vec![name.to_owned()],
        })
}

/// Reads and compiles what is meant, and gives each a place: one API at the root, several each
/// below its name. All findings of all of them are shown.
///
/// # Errors
/// One cannot be read or cannot be served, or two would have the same place.
pub(super) fn compile(
    wanted: Vec<Wanted>,
    choices: &Choices,
    err: &mut Output<'_>,
) -> Result<Vec<Served>, CliError> {
    place(sound(wanted, choices, err)?)
}

/// Reads and compiles what is meant. All findings of all of them are shown.
///
/// # Errors
/// One cannot be read or cannot be served.
pub(super) fn sound(
    wanted: Vec<Wanted>,
    choices: &Choices,
    err: &mut Output<'_>,
) -> Result<Vec<(Wanted, Checked)>, CliError> {
    let mut sources = Sources::default();
    let mut all = Vec::new();
    for one in wanted {
        let checked = check(&one.target, choices, &mut sources)?;
        all.push((one, checked));
    }
    let findings: Vec<_> = all
        .iter()
        .flat_map(|(_, checked)| checked.findings.clone())
        .collect();
    err.findings(&findings, &mut sources)?;
    let faulty = all.iter().filter(|(_, checked)| checked.api.is_none());
    let faulty: Vec<String> = faulty.map(|(_, checked)| checked.name.clone()).collect();
    if !faulty.is_empty() {
        return Err(CliError::Faulty { names: faulty });
    }
    Ok(all)
}

/// Shows what a search through the descriptions of files finds: built-in ones are searched when
/// they are built in.
///
/// # Errors
/// It cannot be written.
pub(super) fn review(served: &[Served], err: &mut Output<'_>) -> Result<(), CliError> {
    for one in served {
        if !matches!(one.target, Target::BuiltIn(_)) {
            err.review(&one.mount.api())?;
        }
    }
    Ok(())
}

fn place(all: Vec<(Wanted, Checked)>) -> Result<Vec<Served>, CliError> {
    let alone = all.len() == 1;
    let mut served: Vec<Served> = Vec::new();
    for (wanted, checked) in all {
        let Some(api) = checked.api.clone() else {
            continue;
        };
        let prefix = match wanted.prefix {
            Some(prefix) => prefix,
            None if alone => String::new(),
            None => prefix_of(api.name())?,
        };
        let same = served.iter().find(|other| other.mount.prefix() == prefix);
        if let Some(other) = same {
            let names = [other.checked.name.clone(), checked.name];
            return Err(CliError::SamePrefix { prefix, names });
        }
        let mount = Mount::new(prefix, Arc::new(api));
        served.push(Served {
            target: wanted.target,
            checked,
            mount,
        });
    }
    Ok(served)
}

/// The prefix that an API has by its name.
fn prefix_of(name: &str) -> Result<String, CliError> {
    let prefix = format!("/{name}");
    match is_path(&prefix) && !name.contains('/') {
        true => Ok(prefix),
        false => Err(CliError::NoPrefix {
            name: name.to_owned(),
        }),
    }
}
