//! How fast Mynah answers, as a ratio to a bare hyper server; and whether it lasts.
//!
//! ```text
//! cargo bench                         requests of each kind that matters, Mynah and bare in turn
//! cargo bench -- --soak 600           so many seconds of load on the program itself, and its memory
//! cargo bench -- --crowd 10000        load on it among so many idle connections
//! ```
//!
//! `docs/performance.md` says what is measured and how.

mod arguments;
mod bare;
mod call;
mod compare;
mod connection;
mod cpu;
mod crowd;
mod load;
mod program;
mod round;
mod row;
mod soak;
mod workload;

use std::process::ExitCode;

use arguments::{Arguments, Mode};

fn main() -> ExitCode {
    let outcome =
        Arguments::parse(std::env::args().skip(1)).and_then(|arguments| match arguments.mode {
            Mode::Compare => compare::compare(&arguments),
            Mode::Soak(time) => soak::soak(time, arguments.connections),
            Mode::Crowd(idle) => crowd::crowd(idle, &arguments),
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
