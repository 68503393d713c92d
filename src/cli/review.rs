//! `mynah review`: what waits to be accepted, one change at a time, in the terminal.

mod keys;
mod places;

use std::io::{self, IsTerminal};

use super::{Exit, args::Reviewing, console::Console, error::CliError};
use crate::{
    diff::Side,
    report::{self, Problem, Sources},
    snapshot::{Folder, Kind, Pending, diff},
};
use keys::{Key, Keys};
use places::{Known, Places};

/// So many changes of the description are shown with a reply; the gravest are the first.
const MAX_MEANT: usize = 3;

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
                let is_same = |other: &Pending| is_alike(&pending, other);
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

/// The change, the line of the description that it is documented at, what the change means, and the keys.
fn show(
    pending: &Pending,
    (number, total): (usize, usize),
    left: &[Pending],
    places: &mut Places,
    console: &mut Console<'_>,
) -> Result<(), CliError> {
    let out = &mut console.out;
    let stored = pending.stored();
    let title = stored.description.as_deref().unwrap_or(&pending.name);
    let what = match pending.kind {
        Kind::Gone => "documented no more: ",
        Kind::New => "new: ",
        Kind::Changed => "",
    };
    let (bold, plain) = match out.colours {
        true => ("\u{1b}[1m", "\u{1b}[0m"),
        false => ("", ""),
    };
    writeln!(out.to, "\n{bold}{number} of {total}: {what}{title}{plain}")?;
    writeln!(out.to, "{}.snap\n", pending.name)?;
    write!(out.to, "{}", diff::text(&lines(pending), out.colours))?;
    if let Some((known, sources)) = places.of(stored) {
        for told in told(pending, known, sources, out.colours) {
            writeln!(out.to, "\n{told}")?;
        }
    }
    let accept = match pending.kind {
        Kind::Gone => "a remove the file, r keep it, s skip",
        Kind::New | Kind::Changed => "a accept, r reject, s skip",
    };
    let all = match left.iter().filter(|other| is_alike(pending, other)).count() {
        0 => String::new(),
        count => format!(", A accept all {} of this kind", count + 1),
    };
    write!(out.to, "\n{accept}{all}, q quit > ")?;
    Ok(out.to.flush()?)
}

/// What is known of where a reply is documented, and of what changed there.
fn told(pending: &Pending, known: &Known, sources: &mut Sources, colours: bool) -> Vec<String> {
    let stored = pending.stored();
    let mut told = Vec::new();
    let place = known.place(stored).filter(|_| pending.kind != Kind::Gone);
    if let Some(place) = place {
        told.push(report::note("documented here", &place, sources, colours));
    }
    told.extend(known.since.remark.clone());
    let meant = known.since.meaning.touching(stored);
    for change in meant.iter().take(MAX_MEANT) {
        let problem = Problem::of_change(change, Side::Both);
        told.push(report::excerpted(&problem, sources, colours));
    }
    if meant.len() > MAX_MEANT {
        told.push(format!(
            "… and {} more that `mynah diff` tells",
            meant.len() - MAX_MEANT
        ));
    }
    told
}

/// Whether two changes are of a kind: the same lines differ, or both replies are gone.
fn is_alike(one: &Pending, other: &Pending) -> bool {
    match (one.kind, other.kind) {
        (Kind::Gone, Kind::Gone) => true,
        (Kind::Gone, _) | (_, Kind::Gone) => false,
        _ => diff::kind(&lines(one)) == diff::kind(&lines(other)),
    }
}

fn lines(pending: &Pending) -> Vec<diff::Line> {
    diff::lines(&pending.before.contents, &pending.after.contents)
}
