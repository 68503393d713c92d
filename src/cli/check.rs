//! From what is named to an API, or to the findings that keep it from being one.

use std::{path::PathBuf, time::SystemTime};

use super::{
    choices::Choices,
    descriptions::{self, Overlays},
    error::CliError,
    target::Target,
};
use crate::{Api, Description, Finding, report::Sources};

/// What became of a description.
#[derive(Debug)]
pub(super) struct Checked {
    /// What messages call it.
    pub(super) name: String,
    /// The files that it was read from, overlays among them; none for standard input.
    pub(super) files: Vec<PathBuf>,
    /// When it began to be read.
    pub(super) read_at: SystemTime,
    /// All findings, in the order of their places.
    pub(super) findings: Vec<Finding>,
    /// The API, when no finding is an error.
    pub(super) api: Option<Api>,
}

/// Reads and compiles what is named. Its text goes to `sources`, to be shown with the findings.
///
/// # Errors
/// It cannot be read. A description with faults is no error here: the findings say what is wrong.
pub(super) fn check(
    target: &Target,
    choices: &Choices,
    overlays: &Overlays,
    sources: &mut Sources,
) -> Result<Checked, CliError> {
    let read_at = SystemTime::now();
    let document = descriptions::read(target, choices, overlays)?;
    let described = document
        .description
        .as_ref()
        .map_or(&[][..], Description::sources);
    let texts = document.source.iter().chain(&overlays.sources);
    let texts = texts.chain(described);
    texts.for_each(|source| sources.add(source.clone()));
    let compiled = document.description.map_err(|finding| vec![finding]);
    let compiled = compiled.and_then(|description| compile(description, target, choices));
    let (findings, api) = match compiled {
        Ok(api) => (
            api.warnings().to_vec(),
            Some(api.with_settings(choices.settings)),
        ),
        Err(findings) => (findings, None),
    };
    Ok(Checked {
        name: document.name,
        files: document.files,
        read_at,
        findings,
        api,
    })
}

fn compile(
    description: Description,
    target: &Target,
    choices: &Choices,
) -> Result<Api, Vec<Finding>> {
    let (manner, models) = match target {
        Target::BuiltIn(built_in) => (built_in.manner(), built_in.models),
        _ => ((choices.manner)(), &[][..]),
    };
    match choices.lenient {
        true => Ok(Api::compile_leniently(description, manner, models)),
        false => Api::compile_with(description, manner, models),
    }
}
