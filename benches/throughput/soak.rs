//! A long run against the program itself: does it answer to the end, and does its memory stay?

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Instant,
};

use mynah::vendors;

use crate::{call::Call, compare, load::Load};

/// Every so many requests, one is invalid.
const INVALID_EVERY: u64 = 10;

/// When to look at the memory, in hundredths of the way.
const LOOKS: [u64; 3] = [10, 50, 100];

/// More errors than this, and the rest would be more of the same.
const MOST_ERRORS: usize = 1000;

/// Sends so many requests to all built-in APIs in turn.
///
/// # Errors
/// At least one reply was not what it must be.
pub fn soak(requests: u64, connections: usize) -> Result<(), String> {
    let program = Program::start()?;
    let (valid, invalid) = calls()?;
    println!(
        "{requests} requests over {connections} connections to {} APIs in turn, every {INVALID_EVERY}th invalid",
        valid.len()
    );
    println!("at the start: {}", program.memory());
    let started = Instant::now();
    let mut errors = Vec::new();
    let mut load = Load::new(program.addr, connections)?;
    for number in 1..=requests {
        // The nth of its kind, so that each kind goes through all its calls.
        let (calls, nth) = match number % INVALID_EVERY {
            0 => (&invalid, number / INVALID_EVERY),
            _ => (&valid, number - number / INVALID_EVERY),
        };
        let sent = load.send(&calls[(nth % calls.len() as u64) as usize]);
        errors.extend(sent.err());
        if number == requests {
            errors.extend(load.finish());
        }
        if errors.len() > MOST_ERRORS {
            errors.push(format!("given up after {number} requests"));
            break;
        }
        let look = LOOKS.iter().find(|look| number == requests * *look / 100);
        if let Some(look) = look {
            let seconds = started.elapsed().as_secs_f64();
            println!(
                "{look:3} %, {number} requests, {seconds:.1} s, {} errors: {}",
                errors.len(),
                program.memory()
            );
        }
    }
    match (errors.first(), errors.last()) {
        (Some(first), Some(last)) => Err(format!(
            "{} errors\nfirst: {first}\nlast: {last}",
            errors.len()
        )),
        _ => Ok(()),
    }
}

/// The valid and the invalid calls of all APIs.
fn calls() -> Result<(Vec<Call>, Vec<Call>), String> {
    let (mut valid, mut invalid) = (Vec::new(), Vec::new());
    for built_in in vendors::catalogue() {
        let api = compare::load(built_in.name)?;
        let prefix = format!("/{}", built_in.name);
        valid.push(Call::valid(&api, &prefix)?);
        invalid.extend(Call::invalid(&api, &prefix)?);
    }
    Ok((valid, invalid))
}

/// The program, serving all built-in APIs.
struct Program {
    process: Child,
    addr: SocketAddr,
}

impl Program {
    fn start() -> Result<Self, String> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_mynah"))
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start the program: {error}"))?;
        let lines = process
            .stdout
            .take()
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufRead::lines);
        let addr = lines.map_while(Result::ok).find_map(|line| {
            let addr = line.strip_prefix("listening on http://")?;
            addr.parse().ok()
        });
        let Some(addr) = addr else {
            let ended = process.kill().and_then(|()| process.wait());
            return Err(format!(
                "the program does not say where it listens: {ended:?}"
            ));
        };
        Ok(Self { process, addr })
    }

    /// Resident memory, now and at its most; Linux tells.
    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.unwrap_or_default();
        let figures: Vec<_> = status
            .lines()
            .filter(|line| line.starts_with("VmRSS:") || line.starts_with("VmHWM:"))
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        figures.join(", ")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Ended already, when it crashed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
