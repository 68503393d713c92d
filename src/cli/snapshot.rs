//! `mynah snapshot`: what is documented, as files.

use std::path::Path;

use super::{
    Exit,
    args::Snapping,
    choices::Choices,
    console::{Console, Output},
    error::CliError,
    places::{self, Served},
    since::Since,
    target::Target,
};
use crate::{
    report::Sources,
    snapshot::{Change, Failure, Folder, Kind, diff, folder_of, markdown, snapshots, source_of},
};

/// Writes the replies that differ, or prints in which way they do.
pub(super) fn snapshot(snapping: &Snapping, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let choices = snapping.compiling.choices();
    let served = places::load(&snapping.specs, &[], &choices, &mut console.err)?;
    let folder = Folder::at(&snapping.folder);
    let (mut changes, mut replies) = (Vec::new(), 0);
    for one in &served {
        let api = one.mount.api();
        let found = snapshots(&api, &source(one, &snapping.folder));
        for line in &found.unobtained {
            console.err.say(&format!("no request obtains {line}"))?;
        }
        for operation in &found.faulty {
            let line = format!("passed over, since it has faults: {operation}");
            console.err.say(&line)?;
        }
        let below = folder_of(&api);
        let mut own = folder.changes(&below, &found)?;
        if snapping.markdown && !own.is_empty() {
            let since = since(snapping, one, &choices);
            if let Some(remark) = &since.remark {
                console.err.say(remark)?;
            }
            own.iter_mut()
                .for_each(|change| change.meant = since.meaning.touching(change.stored()));
        }
        match (snapping.check, snapping.accept) {
            (true, _) => {}
            (false, true) => folder.accept(&below, &own)?,
            (false, false) => folder.propose(&below, &own)?,
        }
        replies += found.all.len();
        changes.extend(own);
    }
    let out = &mut console.out;
    match snapping.markdown {
        true => out.to.write_all(markdown(&changes).as_bytes())?,
        false => print(&changes, snapping, replies, out)?,
    }
    out.to.flush()?;
    match snapping.check && !changes.is_empty() {
        true => Ok(Exit::ContractBroken),
        false => Ok(Exit::Done),
    }
}

/// What changed in a description.
fn since(snapping: &Snapping, served: &Served, choices: &Choices) -> Since {
    let api = served.mount.api();
    // Markdown shows no lines.
    let mut sources = Sources::default();
    let (revision, target) = (&snapping.since, &served.target);
    Since::revision(revision, target, api.description(), choices, &mut sources)
}

/// What the description is called in the files.
fn source(served: &Served, folder: &Path) -> String {
    match &served.target {
        Target::BuiltIn(built_in) => built_in.name.to_owned(),
        Target::File(path) => source_of(path, folder),
        Target::Url(url) => url.clone(),
        Target::Input => "stdin".to_owned(),
    }
}

/// Each change, with its lines where it is only looked at, and how many there are.
fn print(
    changes: &[Change],
    snapping: &Snapping,
    replies: usize,
    out: &mut Output<'_>,
) -> Result<(), CliError> {
    for change in changes {
        let (bold, plain) = match out.colours {
            true => ("\u{1b}[1m", "\u{1b}[0m"),
            false => ("", ""),
        };
        writeln!(out.to, "{bold}{}: {}{plain}", change.kind, change.name)?;
        if snapping.check {
            let lines = diff::lines(&change.before.contents, &change.after.contents);
            writeln!(out.to, "{}", diff::text(&lines, out.colours))?;
        }
    }
    writeln!(out.to, "{}", summary(changes, snapping, replies))?;
    Ok(())
}

fn summary(changes: &[Change], snapping: &Snapping, replies: usize) -> String {
    let number = |kind| changes.iter().filter(|it| it.kind == kind).count();
    let what_next = |kind| match (snapping.check, snapping.accept, kind) {
        (true, ..) | (_, true, _) | (.., Kind::New) => "",
        (.., Kind::Changed | Kind::Gone) => " (`mynah review` shows them)",
    };
    let kinds = [Kind::New, Kind::Changed, Kind::Gone].into_iter();
    let counted: Vec<String> = kinds
        .filter(|kind| number(*kind) > 0)
        .map(|kind| format!("{} {kind}{}", number(kind), what_next(kind)))
        .collect();
    let total = match replies {
        1 => "1 reply".to_owned(),
        replies => format!("{replies} replies"),
    };
    match counted.is_empty() {
        true => format!("{total}, all as accepted"),
        false => format!("{total}: {}", counted.join(", ")),
    }
}

impl From<Failure> for CliError {
    fn from(failure: Failure) -> Self {
        match failure.is_writing {
            true => Self::Unwritable {
                file: failure.path,
                source: failure.source,
            },
            false => Self::Unreadable {
                file: failure.path.display().to_string(),
                source: failure.source,
            },
        }
    }
}
