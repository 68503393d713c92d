//! The program itself, as a process of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, ChildStderr, Command, Stdio},
    thread,
};

use crate::cpu;

/// The program, serving.
pub struct Program {
    process: Child,
    pub addr: SocketAddr,
}

impl Program {
    /// Starts the program on a free port, on the core of servers where that can be had.
    ///
    /// # Errors
    /// It does not start, or does not say where it listens.
    pub fn start(arguments: &[&str]) -> Result<Self, String> {
        cpu::tie_main_thread(cpu::SERVERS);
        let started = Command::new(env!("CARGO_BIN_EXE_mynah"))
            .args(arguments)
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        cpu::tie_main_thread(cpu::LOAD);
        let mut process = started.map_err(|error| format!("cannot start the program: {error}"))?;
        if let Some(errors) = process.stderr.take() {
            thread::spawn(|| pass_on(errors));
        }
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

    /// Resident memory in KiB; Linux tells.
    pub fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    /// How many descriptors are open; Linux tells.
    pub fn descriptors(&self) -> Option<usize> {
        let open = fs::read_dir(format!("/proc/{}/fd", self.process.id())).ok()?;
        Some(open.count())
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }
}

/// Passes on what the program says of errors, but not that it serves a changed description, a hundred times.
fn pass_on(errors: ChildStderr) {
    let lines = BufReader::new(errors).lines().map_while(Result::ok);
    let is_of_change =
        |line: &String| line.contains(" is served anew: ") || line.starts_with("  ~ ");
    lines
        .filter(|line| !is_of_change(line))
        .for_each(|line| eprintln!("{line}"));
}

impl Drop for Program {
    fn drop(&mut self) {
        // Ended already, when it crashed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
