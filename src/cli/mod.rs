//! The command line: arguments, one file a command, exit codes.

mod args;
mod built_in;
mod callbacks;
mod error;
mod exit;
mod list;
mod send_webhook;
mod serve;

pub use exit::Exit;

use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

use args::{Arguments, Command};
use error::CliError;

/// Runs the command line of a process, on its standard output and standard error.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match Arguments::try_parse_from(args) {
        Ok(arguments) => execute(&arguments, &mut io::stdout(), &mut io::stderr()),
        Err(unparsed) => {
            // Prints in colours where there are any. A reader that is gone needs no answer.
            let _ = unparsed.print();
            exit_of(&unparsed)
        }
    };
    exit.into()
}

/// Runs a command line in process: the data goes to `out`, everything said about it to `err`.
pub fn run_with(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    match Arguments::try_parse_from(args) {
        Ok(arguments) => execute(&arguments, out, err),
        Err(unparsed) => {
            let exit = exit_of(&unparsed);
            let to: &mut dyn Write = if exit == Exit::Usage { err } else { out };
            let _ = write!(to, "{}", unparsed.render());
            exit
        }
    }
}

/// What clap did not parse is `--help` and `--version`, or an error.
fn exit_of(unparsed: &clap::Error) -> Exit {
    if unparsed.use_stderr() {
        Exit::Usage
    } else {
        Exit::Done
    }
}

fn execute(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let done = match &arguments.command {
        None => serve::serve(&[], &arguments.serving, out, err),
        Some(Command::Serve { names, serving }) => serve::serve(names, serving, out, err),
        Some(Command::SendWebhook { spec, name, url }) => {
            send_webhook::send_webhook(spec, name, url, out, err)
        }
        Some(Command::List { json }) => list::list(*json, out),
    };
    done.map_or_else(|error| report(&error, err), |()| Exit::Done)
}

/// Says why a command failed, in one line where one is enough.
fn report(error: &CliError, err: &mut dyn Write) -> Exit {
    let exit = error.exit();
    if exit != Exit::Done {
        // Standard error is the last resort: there is nowhere to say that it fails.
        let _ = writeln!(err, "mynah: {error}");
    }
    exit
}
