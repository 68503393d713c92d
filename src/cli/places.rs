//! Which APIs are meant, and the place that each is served at.

use std::sync::Arc;

use super::{
    args::{MountAt, is_path},
    check::{Checked, check},
    choices::Choices,
    console::Output,
    descriptions::Overlays,
    error::CliError,
    target::Target,
};
use crate::{Api, report::Sources, server::Mount};

/// An API that is meant, and the prefix that is wanted for it.
#[derive(Debug)]
struct Wanted {
    /// What is to be read.
    target: Target,
    /// Its prefix; `None` leaves it to its name.
    prefix: Option<String>,
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

/// Reads and compiles the APIs that are named, each once, or all built-in ones when none is. Each gets
/// a place: one at the root, several each below its name. All findings of all of them are shown.
///
/// # Errors
/// As [`apis`], or two APIs would have the same place.
pub(super) fn load(
    names: &[String],
    mounts: &[MountAt],
    choices: &Choices,
    err: &mut Output<'_>,
) -> Result<Vec<Served>, CliError> {
    place(sound(names, mounts, choices, err)?)
}

/// The same without a place: for servers that each have one API.
///
/// # Errors
/// A name that means nothing, something that cannot be read, descriptions that cannot be served: all
/// there are.
pub(super) fn apis(
    names: &[String],
    choices: &Choices,
    err: &mut Output<'_>,
) -> Result<Vec<Api>, CliError> {
    let sound = sound(names, &[], choices, err)?.into_iter();
    Ok(sound.filter_map(|(_, checked)| checked.api).collect())
}

/// The API that a name means, with its findings shown.
///
/// # Errors
/// As [`apis`].
pub(super) fn one(
    name: &str,
    choices: &Choices,
    err: &mut Output<'_>,
) -> Result<Arc<Api>, CliError> {
    let names = [name.to_owned()];
    // One that is wanted is there, or an error said why not.
    let api = apis(&names, choices, err)?.pop().map(Arc::new);
    api.ok_or_else(|| CliError::Faulty {
        names: names.to_vec(),
    })
}

fn sound(
    names: &[String],
    mounts: &[MountAt],
    choices: &Choices,
    err: &mut Output<'_>,
) -> Result<Vec<(Wanted, Checked)>, CliError> {
    let mut errors = Vec::new();
    let wanted = wanted(names, mounts, &mut errors);
    let checked = compile(wanted, choices, &mut errors, err)?;
    CliError::all(errors).map_or(Ok(checked), Err)
}

/// What names mean, each once. Those that mean nothing are errors.
fn wanted(names: &[String], mounts: &[MountAt], errors: &mut Vec<CliError>) -> Vec<Wanted> {
    let unplaced = names.iter().map(|name| (&**name, None));
    let placed = mounts.iter().map(|at| (&*at.name, Some(&*at.prefix)));
    let mut wanted = Vec::new();
    let mut seen = Vec::new();
    for one in unplaced.chain(placed) {
        if seen.contains(&one) {
            continue;
        }
        seen.push(one);
        match Target::of(one.0) {
            Ok(target) => wanted.push(Wanted {
                target,
                prefix: one.1.map(str::to_owned),
            }),
            Err(error) => errors.push(error),
        }
    }
    if seen.is_empty() {
        let built_in = Target::all_built_in().into_iter();
        wanted.extend(built_in.map(|target| Wanted {
            target,
            prefix: None,
        }));
    }
    wanted
}

/// Reads and compiles what is meant, and shows its findings. What cannot be read or served is an error.
fn compile(
    wanted: Vec<Wanted>,
    choices: &Choices,
    errors: &mut Vec<CliError>,
    err: &mut Output<'_>,
) -> Result<Vec<(Wanted, Checked)>, CliError> {
    let mut sources = Sources::default();
    let overlays = Overlays::read(choices).unwrap_or_else(|error| {
        errors.push(error);
        Overlays::default()
    });
    let lacks_overlays = overlays.sources.len() < choices.overlays.len();
    let mut all = Vec::new();
    for one in wanted {
        match check(&one.target, choices, &overlays, &mut sources) {
            Ok(checked) => all.push((one, checked)),
            Err(error) => errors.push(error),
        }
    }
    if lacks_overlays {
        // What would be found without them is not what was asked about.
        all.clear();
    }
    let findings: Vec<_> = all
        .iter()
        .flat_map(|(_, checked)| checked.findings.clone())
        .collect();
    err.findings(&findings, &mut sources)?;
    let faulty = all.iter().filter(|(_, checked)| checked.api.is_none());
    let names: Vec<String> = faulty.map(|(_, checked)| checked.name.clone()).collect();
    if !names.is_empty() {
        errors.push(CliError::Faulty { names });
    }
    Ok(all)
}

/// Shows what a search through descriptions finds. Built-in ones were searched when they were built
/// in, and are searched again where they have been changed.
///
/// # Errors
/// It cannot be written.
pub(super) fn review(
    served: &[Served],
    choices: &Choices,
    err: &mut Output<'_>,
) -> Result<(), CliError> {
    for one in served {
        if !matches!(one.target, Target::BuiltIn(_)) || !choices.overlays.is_empty() {
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
