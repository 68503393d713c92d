//! The command line: arguments, one file a command, exit codes.

mod args;
mod callbacks;
mod check;
mod check_provider;
mod choices;
mod console;
mod coverage;
mod descriptions;
mod diff;
mod documents;
mod error;
mod exit;
mod explain;
mod folder;
mod har;
mod judge;
mod lint;
mod list;
mod mock;
mod places;
mod progress_line;
mod proxy;
mod recorded;
mod reports;
mod requests;
mod review;
mod revision;
mod rules;
mod run;
mod send_webhook;
mod serve;
mod since;
mod snapshot;
mod target;
mod watch;

pub use exit::Exit;

use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

use args::{Arguments, Command, Described, rewritten};
use console::{Console, Output};
use error::CliError;

/// Runs the command line of a process, on its standard output and standard error.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = rewritten(args);
    let exit = match Arguments::try_parse_from(&args) {
        Ok(arguments) => {
            let (mut out, mut err) = (io::stdout(), io::stderr());
            let (out, err) = (Output::stream(&mut out), Output::stream(&mut err));
            execute(&arguments, &mut Console { out, err })
        }
        Err(unparsed) => {
            // Prints in colours where there are any. A reader that is gone needs no answer.
            let _ = unparsed.print();
            exit_of(&unparsed, &args)
        }
    };
    exit.into()
}

/// Runs a command line in process: the data goes to `out`, everything said about it to `err`.
pub fn run_with(
    args: impl IntoIterator<Item = OsString>,
    out: &mut (dyn Write + Send),
    err: &mut (dyn Write + Send),
) -> Exit {
    let args = rewritten(args);
    match Arguments::try_parse_from(&args) {
        Ok(arguments) => {
            let (out, err) = (Output::plain(out), Output::plain(err));
            execute(&arguments, &mut Console { out, err })
        }
        Err(unparsed) => {
            let exit = exit_of(&unparsed, &args);
            let to: &mut dyn Write = if exit == Exit::Done { out } else { err };
            let _ = write!(to, "{}", unparsed.render());
            exit
        }
    }
}

/// What clap did not parse is `--help` and `--version`, or an error. Of `run` it must not look like an
/// error of the command.
fn exit_of(unparsed: &clap::Error, args: &[OsString]) -> Exit {
    let is_run = args.get(1).is_some_and(|command| command == "run");
    match (unparsed.use_stderr(), is_run) {
        (false, _) => Exit::Done,
        (true, true) => Exit::NotRun,
        (true, false) => Exit::Usage,
    }
}

fn execute(arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    let done = match &arguments.command {
        None => serve::serve(&Described::default(), &arguments.serving, console),
        Some(Command::Serve { described, serving }) => serve::serve(described, serving, console),
        Some(Command::Mock { mocking }) => mock::mock(mocking, console),
        Some(Command::Proxy { proxying }) => proxy::proxy(proxying, console),
        Some(Command::Check { checking }) => check_provider::check_provider(checking, console),
        Some(Command::Lint { linting }) => lint::lint(linting, console),
        Some(Command::Diff { diffing }) => diff::compare(diffing, console),
        Some(Command::Run { running }) => run::run(running, console),
        Some(Command::Explain { asking }) => explain::explain(asking, console),
        Some(Command::Requests { obtaining }) => requests::requests(obtaining, console),
        Some(Command::Snapshot { snapping }) => snapshot::snapshot(snapping, console),
        Some(Command::Review { reviewing }) => review::review(reviewing, console),
        Some(Command::SendWebhook { sending }) => send_webhook::send_webhook(sending, console),
        Some(Command::Rules { code, json }) => rules::print(code.as_deref(), *json, console),
        Some(Command::Judge { judging }) => judge::judge(judging, console),
        Some(Command::Coverage { counting }) => coverage::coverage(counting, console),
        Some(Command::Har { archiving }) => har::har(archiving, console),
        Some(Command::Completions { shell }) => documents::completions(*shell, console),
        Some(Command::Man { folder }) => documents::man(folder.as_deref(), console),
        Some(Command::List { listing }) => list::list(listing, console),
    };
    done.unwrap_or_else(|error| report(&error, &mut console.err))
}

/// Says why a command failed, each reason in one line where one is enough.
fn report(error: &CliError, err: &mut Output<'_>) -> Exit {
    let exit = error.exit();
    if exit != Exit::Done {
        // Standard error is the last resort: there is nowhere to say that it fails.
        let mut each = error.each().iter();
        let _ = each.try_for_each(|error| err.say(&error.to_string()));
    }
    exit
}
