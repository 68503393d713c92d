//! How fast Mynah answers, as a ratio to a bare hyper server; and whether it lasts.
//!
//! ```text
//! cargo bench                         valid requests to all built-in APIs, Mynah and bare in turn
//! cargo bench -- --soak 1000000       so many requests to the program itself, and its memory
//! ```
//!
//! `docs/measurements.md` says what is measured and how.

mod arguments;
mod bare;
mod call;
mod compare;
mod connection;
mod cpu;
mod load;
mod round;
mod soak;

use std::process::ExitCode;

use arguments::{Arguments, Mode};

fn main() -> ExitCode {
    let outcome =
        Arguments::parse(std::env::args().skip(1)).and_then(|arguments| match arguments.mode {
            Mode::Compare => compare::compare(&arguments),
            Mode::Soak(requests) => soak::soak(requests, arguments.connections),
            Mode::Nothing => Ok(()),
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
