//! From what is named to an API, or to the findings that keep it from being one.

use std::path::PathBuf;

use super::{descriptions, error::CliError, target::Target};
use crate::{
    Api, Finding, Source,
    contract::Manner,
    report::Sources,
    vendors::{self, BuiltIn},
};

/// How descriptions are compiled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choices {
    /// How an API that is not built in refuses and replies where its description says nothing.
    pub(super) manner: fn() -> Manner,
    /// Whether to go on without the operations that have faults.
    pub(super) lenient: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            manner: Manner::default,
            lenient: false,
        }
    }
}

/// What became of a description.
#[derive(Debug)]
pub(super) struct Checked {
    /// What messages call it.
    pub(super) name: String,
    /// The files that it was read from; none for what is built in and for standard input.
    #[expect(dead_code, reason = "read when descriptions are watched")]
    pub(super) files: Vec<PathBuf>,
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
    choices: Choices,
    sources: &mut Sources,
) -> Result<Checked, CliError> {
    let document = match target {
        Target::BuiltIn(built_in) => return Ok(check_built_in(built_in, sources)),
        Target::File(path) => descriptions::from_file(path)?,
        Target::Input => descriptions::from_input()?,
    };
    let name = document.source.name.to_string();
    sources.add(document.source);
    let compiled = document
        .description
        .and_then(|description| Api::compile_with(description, (choices.manner)(), &[]));
    Ok(checked(name, document.files, compiled))
}

fn check_built_in(built_in: &BuiltIn, sources: &mut Sources) -> Checked {
    sources.add(Source::new(built_in.file, built_in.text));
    // What is in the catalogue is there to be loaded.
    let compiled = vendors::load(built_in.name).unwrap_or(Err(Vec::new()));
    checked(built_in.name.to_owned(), Vec::new(), compiled)
}

fn checked(name: String, files: Vec<PathBuf>, compiled: Result<Api, Vec<Finding>>) -> Checked {
    match compiled {
        Ok(api) => Checked {
            name,
            files,
            findings: api.warnings().to_vec(),
            api: Some(api),
        },
        Err(findings) => Checked {
            name,
            files,
            findings,
            api: None,
        },
    }
}
