//! The command line.

use std::{path::PathBuf, time::Duration};

const USAGE: &str = "\
usage: cargo bench -- [OPTIONS]
  --rounds N         rounds of each server in turn, default 7
  --seconds S        how long each round lasts, default 1
  --connections N    connections, each with one request in flight, default 16
  --only TEXT        only what has this in its name
  --no-journal       let Mynah keep and count nothing
  --journal FILE     let Mynah also write each exchange to a file
  --soak SECONDS     instead, load the program for so long and watch its memory
  --crowd N          instead, load the program among N idle connections";

/// What was asked for.
pub struct Arguments {
    pub mode: Mode,
    pub rounds: usize,
    pub round: Duration,
    pub connections: usize,
    pub journal: Recorded,
    /// A part of the names of what is measured; none for all.
    pub only: Option<String>,
}

/// Where Mynah records exchanges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// Nowhere.
    Nowhere,
    /// In memory, as `mynah serve` does.
    InMemory,
    /// There, and in a file.
    InFile(PathBuf),
}

/// What to do.
pub enum Mode {
    /// Measure Mynah against a bare server.
    Compare,
    /// Load the program for so long.
    Soak(Duration),
    /// Load it among so many idle connections.
    Crowd(usize),
    /// Nothing: this is a test run, which only sees that it builds.
    Nothing,
}

impl Arguments {
    /// Reads the command line.
    ///
    /// # Errors
    /// What is wrong with it, and the usage.
    pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self {
            mode: Mode::Compare,
            rounds: 7,
            round: Duration::from_secs(1),
            connections: 16,
            journal: Recorded::InMemory,
            only: None,
        };
        let arguments: Vec<_> = arguments.collect();
        if !arguments.iter().any(|argument| argument == "--bench") {
            // `cargo test --all-targets` runs this too, and it alone leaves `--bench` out.
            parsed.mode = Mode::Nothing;
            return Ok(parsed);
        }
        let mut arguments = arguments.into_iter();
        while let Some(name) = arguments.next() {
            let mut value = || number(&name, arguments.next());
            match name.as_str() {
                "--help" => return Err(USAGE.to_owned()),
                "--bench" => {}
                "--no-journal" => parsed.journal = Recorded::Nowhere,
                "--journal" => match arguments.next() {
                    Some(file) => parsed.journal = Recorded::InFile(file.into()),
                    None => return Err(format!("`--journal` needs a file\n{USAGE}")),
                },
                "--only" => match arguments.next() {
                    Some(only) => parsed.only = Some(only),
                    None => return Err(format!("`--only` needs a name\n{USAGE}")),
                },
                "--rounds" => parsed.rounds = value()? as usize,
                "--seconds" => parsed.round = Duration::from_secs(value()?),
                "--connections" => parsed.connections = value()? as usize,
                "--soak" => parsed.mode = Mode::Soak(Duration::from_secs(value()?)),
                "--crowd" => parsed.mode = Mode::Crowd(value()? as usize),
                _ => return Err(format!("what is `{name}`?\n{USAGE}")),
            }
        }
        Ok(parsed)
    }
}

fn number(name: &str, value: Option<String>) -> Result<u64, String> {
    value
        .and_then(|value| value.replace('_', "").parse().ok())
        .filter(|number| (1..=1_000_000_000).contains(number))
        .ok_or_else(|| format!("`{name}` needs a number from 1 on\n{USAGE}"))
}
