//! What changed in a description since a revision, for those who review what it documents.

use super::{
    choices::Choices,
    descriptions::{self, Overlays},
    error::CliError,
    revision::Revision,
    target::Target,
};
use crate::{Description, diff::diff, report::Sources, snapshot::Meaning};

/// What changed, and why nobody can tell where nobody can.
#[derive(Debug, Default)]
pub(super) struct Since {
    /// What changed.
    pub(super) meaning: Meaning,
    /// What is to be said of it, in a line.
    pub(super) remark: Option<String>,
}

impl Since {
    /// What changed in a file since a revision of git. Of what is in no work tree nothing is known, and nothing said.
    pub(super) fn revision(
        revision: &str,
        target: &Target,
        new: &Description,
        choices: &Choices,
        sources: &mut Sources,
    ) -> Self {
        let Target::File(file) = target else {
            return Self::default();
        };
        let Some(old) = Revision::of_file(revision, file) else {
            return Self::default();
        };
        match compared(&old, new, choices, sources) {
            Ok(meaning) if meaning.is_empty() => Self {
                meaning,
                remark: Some(format!(
                    "nothing changed in {} since {revision}; --since names an older revision",
                    file.display()
                )),
            },
            Ok(meaning) => Self {
                meaning,
                remark: None,
            },
            Err(why) => Self {
                meaning: Meaning::default(),
                remark: Some(format!("nobody can tell what the change means: {why}")),
            },
        }
    }
}

/// What changed; or why nobody can tell.
fn compared(
    old: &Revision,
    new: &Description,
    choices: &Choices,
    sources: &mut Sources,
) -> Result<Meaning, String> {
    let read = || -> Result<_, CliError> { old.read(choices, &Overlays::read(choices)?) };
    let document = read().map_err(|error| match error {
        CliError::NoRevision { name, why } => format!("git cannot show {name}: {why}"),
        error => error.to_string(),
    })?;
    let faulty = |name: &str| format!("{name} has faults");
    let old = document.description.map_err(|_| faulty(&document.name))?;
    for (name, description) in [(&*document.name, &old), ("the description", new)] {
        if !descriptions::errors(description).is_empty() {
            return Err(faulty(name));
        }
    }
    old.sources()
        .iter()
        .for_each(|text| sources.add(text.clone()));
    Ok(Meaning::of(diff(&old, new)))
}
