//! From what is named to an API, or to the findings that keep it from being one.

use std::{path::PathBuf, time::SystemTime};

use super::{
    choices::Choices,
    descriptions::{self, Document},
    error::CliError,
    target::Target,
};
use crate::{
    Api, Finding, Source,
    report::Sources,
    vendors::{self, BuiltIn},
};

/// What became of a description.
#[derive(Debug)]
pub(super) struct Checked {
    /// What messages call it.
    pub(super) name: String,
    /// The files that it was read from; none for what is built in and for standard input.
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
    sources: &mut Sources,
) -> Result<Checked, CliError> {
    let read_at = SystemTime::now();
    let (name, files, compiled) = match target {
        Target::BuiltIn(built_in) => {
            sources.add(Source::new(built_in.file, built_in.text));
            (
                built_in.name.to_owned(),
                Vec::new(),
                compile_built_in(built_in),
            )
        }
        Target::File(path) => compile(descriptions::from_file(path, choices)?, choices, sources),
        Target::Input => compile(descriptions::from_input(choices)?, choices, sources),
    };
    let (findings, api) = match compiled {
        Ok(api) => (
            api.warnings().to_vec(),
            Some(api.with_settings(choices.settings)),
        ),
        Err(findings) => (findings, None),
    };
    Ok(Checked {
        name,
        files,
        read_at,
        findings,
        api,
    })
}

fn compile_built_in(built_in: &BuiltIn) -> Result<Api, Vec<Finding>> {
    // What is in the catalogue is there to be loaded.
    vendors::load(built_in.name).unwrap_or(Err(Vec::new()))
}

fn compile(
    document: Document,
    choices: &Choices,
    sources: &mut Sources,
) -> (String, Vec<PathBuf>, Result<Api, Vec<Finding>>) {
    let manner = (choices.manner)();
    document
        .source
        .into_iter()
        .for_each(|source| sources.add(source));
    let compiled = match document.description {
        Err(finding) => Err(vec![finding]),
        Ok(description) => {
            description
                .sources()
                .iter()
                .cloned()
                .for_each(|source| sources.add(source));
            match choices.lenient {
                true => Ok(Api::compile_leniently(description, manner)),
                false => Api::compile_with(description, manner, &[]),
            }
        }
    };
    (document.name, document.files, compiled)
}
