//! `mynah review`: what waits to be accepted, one change at a time, in the terminal.

mod keys;
mod places;

use std::io::{self, IsTerminal};

use super::{Exit, args::Reviewing, console::Console, error::CliError};
use crate::{
    report,
    snapshot::{Folder, Pending, diff},
};
use keys::{Key, Keys};
use places::Places;

/// What became of the changes.
#[derive(Default)]
struct Tally {
    accepted: usize,
    rejected: usize,
    skipped: usize,
}

/// Shows each change and does what is said of it.
pub(super) fn review(reviewing: &Reviewing, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let folder = Folder::at(&reviewing.folder);
    let mut left = folder.pending()?;
    if left.is_empty() {
        let folder = reviewing.folder.display();
        console.err.say(&format!("nothing to review in {folder}"))?;
        return Ok(Exit::Done);
    }
    if !io::stdin().is_terminal() {
        return Err(CliError::NoTerminal);
    }
    let keys = Keys::of_terminal().map_err(CliError::Output)?;
    let mut places = Places::new(reviewing);
    let mut tally = Tally::default();
    left.reverse();
    let total = left.len();
    while let Some(pending) = left.pop() {
        let number = total - left.len();
        show(&pending, (number, total), &left, &mut places, console)?;
        match keys.next()? {
            Key::Accept => {
                folder.keep(&pending)?;
                tally.accepted += 1;
            }
            Key::AcceptKind => {
                let kind = lines(&pending);
                let is_same = |other: &Pending| diff::kind(&lines(other)) == diff::kind(&kind);
                let (same, others) = left.into_iter().partition(is_same);
                left = others;
                for pending in std::iter::once(&pending).chain(&same) {
                    folder.keep(pending)?;
                    tally.accepted += 1;
                }
            }
            Key::Reject => {
                folder.drop(&pending)?;
                tally.rejected += 1;
            }
            Key::Skip => tally.skipped += 1,
            Key::Quit => {
                tally.skipped += left.len() + 1;
                break;
            }
        }
    }
    let Tally {
        accepted,
        rejected,
        skipped,
    } = tally;
    let out = &mut console.out;
    writeln!(
        out.to,
        "\n{accepted} accepted, {rejected} rejected, {skipped} left to review"
    )?;
    out.to.flush()?;
    Ok(Exit::Done)
}

/// The change, the line of the description that it is documented at, and the keys.
fn show(
    pending: &Pending,
    (number, total): (usize, usize),
    left: &[Pending],
    places: &mut Places,
    console: &mut Console<'_>,
) -> Result<(), CliError> {
    let out = &mut console.out;
    let title = pending.after.description.as_deref();
    let title = title.unwrap_or(&pending.name);
    let (bold, plain) = match out.colours {
        true => ("\u{1b}[1m", "\u{1b}[0m"),
        false => ("", ""),
    };
    writeln!(out.to, "\n{bold}{number} of {total}: {title}{plain}")?;
    writeln!(out.to, "{}.snap\n", pending.name)?;
    let own = lines(pending);
    write!(out.to, "{}", diff::text(&own, out.colours))?;
    if let Some((location, sources)) = places.of(&pending.after) {
        let note = report::note("documented here", &location, sources, out.colours);
        writeln!(out.to, "\n{note}")?;
    }
    let kind = diff::kind(&own);
    let alike = left
        .iter()
        .filter(|other| diff::kind(&lines(other)) == kind);
    let all = match alike.count() {
        0 => String::new(),
        count => format!(", A accept all {} of this kind", count + 1),
    };
    write!(out.to, "\na accept, r reject, s skip{all}, q quit > ")?;
    Ok(out.to.flush()?)
}

fn lines(pending: &Pending) -> Vec<diff::Line> {
    diff::lines(&pending.before.contents, &pending.after.contents)
}
