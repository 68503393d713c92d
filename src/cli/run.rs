//! `mynah run`: a command against fakes, and a verdict on what it sent.

mod callbacks;
mod command;
mod fakes;
mod variables;
mod verdict;

use std::time::SystemTime;

use super::{
    Exit,
    args::{FormatName, Report, Running},
    console::Console,
    error::CliError,
    reports,
};
use crate::report::{Run, Sources};
use command::Ended;
use fakes::Fakes;

/// Runs a command against fakes, and says how it and they fared. What keeps Mynah from doing so has
/// exit codes of its own, so that nobody takes it for the command's.
pub(super) fn run(running: &Running, console: &mut Console<'_>) -> Result<Exit, CliError> {
    judged(running, console).or_else(|error| {
        console.err.say(&error.to_string())?;
        Ok(match error {
            CliError::NotStarted { source, .. } => match source.kind() {
                std::io::ErrorKind::NotFound => Exit::NotFound,
                _ => Exit::NotStartable,
            },
            _ => Exit::NotRun,
        })
    })
}

fn judged(running: &Running, console: &mut Console<'_>) -> Result<Exit, CliError> {
    reports::prepare(&running.reporting)?;
    let at = SystemTime::now();
    let fakes = Fakes::start(running, &mut console.err)?;
    let variables = variables::of(&fakes, &running.variables)?;
    for variable in &variables {
        let (name, value) = (&variable.name, &variable.value);
        console.err.say(&format!("{name}={value}"))?;
    }
    let ended = command::run(&running.command, &variables)?;
    let seen = fakes.stop();
    let mut sources = Sources::default();
    for one in &seen {
        let texts = one.api.description().sources().iter().cloned();
        texts.for_each(|source| sources.add(source));
    }
    let run = Run {
        at,
        suites: verdict::suites(running, &seen),
    };
    // People read it in any case; where it is asked for on standard output, they read it there.
    let for_people = Report {
        format: FormatName::Text,
        file: None,
    };
    if !running.reporting.reports.contains(&for_people) {
        console.err.run(&run, &mut sources)?;
    }
    reports::write_reports(&run, &mut sources, &running.reporting, &mut console.out)?;
    exit(&run, ended, console)
}

/// What failed, in words and as a number. The command's own failure comes first: what it did not get
/// to is no fault of its requests.
fn exit(run: &Run, ended: Ended, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let exit = match (ended, run.passes()) {
        (Ended::Well, true) => return Ok(Exit::Done),
        (Ended::Well, false) => {
            console
                .err
                .say("the command succeeded, and the run fails")?;
            Exit::RunFailed
        }
        (Ended::Badly(code), passes) => {
            let and = match passes {
                true => "",
                false => ", and the run fails too",
            };
            console
                .err
                .say(&format!("the command failed with exit code {code}{and}"))?;
            Exit::Command(code)
        }
        (Ended::BySignal(number), passes) => {
            let and = match passes {
                true => "",
                false => ", and the run fails too",
            };
            console
                .err
                .say(&format!("signal {number} ended the command{and}"))?;
            Exit::Command(128_u8.saturating_add(number))
        }
    };
    Ok(exit)
}
