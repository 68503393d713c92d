//! `mynah diff`: what changed between two descriptions, and what it means.

use std::{sync::Arc, thread, time::SystemTime};

use super::{
    Exit,
    args::Diffing,
    choices::Choices,
    console::{Console, Output},
    descriptions::{self, Document, Overlays},
    error::CliError,
    recorded, reports,
    revision::Revision,
    target::Target,
};
use crate::{
    Api, Description, Finding,
    contract::Manner,
    diff::{Change, Traffic, diff, diff_used},
    report::{self, Run, Sources, Suite},
};

/// Tells what changed; the exit code says whether something is graver than it may be.
pub(super) fn compare(diffing: &Diffing, console: &mut Console<'_>) -> Result<Exit, CliError> {
    reports::prepare(&diffing.reporting)?;
    let at = SystemTime::now();
    let mut sources = Sources::default();
    let (old, new) = both(diffing, &mut sources, &mut console.err)?;
    let changes = match diffing.traffic.is_empty() {
        true => diff(&old, &new),
        false => used(diffing, old, &new, &mut console.err)?,
    };
    let side = diffing.side.side();
    let name = format!("{} → {}", diffing.old, diffing.new);
    let run = Run {
        at,
        suites: vec![Suite::of_changes(name, &changes, side)],
    };
    let out = &mut console.out;
    let format = diffing.format.format(out.colours);
    let text = report::render(&run, &mut sources, format);
    out.to.write_all(text.as_bytes())?;
    out.to.flush()?;
    reports::write_reports(&run, &mut sources, &diffing.reporting, out)?;
    let fails = |change: &Change| diffing.fail_on.fails(change.verdicts.of(side));
    match changes.iter().any(fails) {
        true => Ok(Exit::ContractBroken),
        false => Ok(Exit::Done),
    }
}

/// Reads both descriptions, at the same time where they are large.
fn both(
    diffing: &Diffing,
    sources: &mut Sources,
    err: &mut Output<'_>,
) -> Result<(Description, Description), CliError> {
    let choices = diffing.reading.choices();
    let overlays = Overlays::read(&choices)?;
    let read = |name: &str| one(name, &choices, &overlays);
    let (old, new) = thread::scope(|scope| {
        let old = scope.spawn(|| read(&diffing.old));
        let new = read(&diffing.new);
        let old = old
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (old, new)
    });
    let documents = match (old, new) {
        (Ok(old), Ok(new)) => [old, new],
        (old, new) => {
            let errors = [old.err(), new.err()].into_iter().flatten().collect();
            return Err(CliError::Several(errors));
        }
    };
    let mut faulty = Vec::new();
    let mut findings: Vec<Finding> = Vec::new();
    let mut descriptions = Vec::new();
    overlays
        .sources
        .iter()
        .for_each(|source| sources.add(source.clone()));
    for document in documents {
        let name = document.name;
        document
            .source
            .into_iter()
            .for_each(|source| sources.add(source));
        match document.description {
            Ok(description) => {
                description
                    .sources()
                    .iter()
                    .for_each(|source| sources.add(source.clone()));
                let errors = descriptions::errors(&description);
                if !errors.is_empty() {
                    faulty.push(name);
                }
                findings.extend(errors);
                descriptions.push(description);
            }
            Err(finding) => {
                faulty.push(name);
                findings.push(finding);
            }
        }
    }
    // What is not known cannot be compared.
    err.findings(&findings, sources)?;
    let new = descriptions.pop();
    match (descriptions.pop(), new) {
        (Some(old), Some(new)) if faulty.is_empty() => Ok((old, new)),
        _ => Err(CliError::Incomparable { names: faulty }),
    }
}

/// One description, also of a revision where there is no such file.
fn one(name: &str, choices: &Choices, overlays: &Overlays) -> Result<Document, CliError> {
    match Revision::of(name) {
        Some(revision) => revision.read(choices, overlays),
        None => descriptions::read(&Target::of(name)?, choices, overlays),
    }
}

/// The changes that touch what journals have.
fn used(
    diffing: &Diffing,
    old: Description,
    new: &Description,
    err: &mut Output<'_>,
) -> Result<Vec<Change>, CliError> {
    let mut records = Vec::new();
    for path in &diffing.traffic {
        records.extend(recorded::journal(path, err)?);
    }
    let api = Arc::new(Api::compile_leniently(old, Manner::default(), &[]));
    let traffic = Traffic::of(&api, records.iter().map(|(record, _)| record));
    if traffic.is_empty() {
        // No change would look like no call that breaks.
        return Err(CliError::NoTraffic {
            name: diffing.old.clone(),
            exchanges: records.len(),
        });
    }
    let (called, all) = (traffic.len(), api.operations().len());
    err.say(&format!("{called} of {all} operations were called"))?;
    Ok(diff_used(api.description(), new, &traffic))
}
