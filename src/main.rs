#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    mynah::cli::run(std::env::args_os())
}
