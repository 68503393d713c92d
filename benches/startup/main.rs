//! How soon a description is served, and what memory that takes.
//!
//! `cargo bench --bench startup -- FILE...` starts the program with each description, five times: the
//! median time from its start to its first answer, and its memory then (Linux).

use std::{
    error::Error,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How often each is started.
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let files = std::env::args().skip(1).filter(|it| !it.starts_with("--"));
    println!("{:>9}  {:>8}  description", "answered", "memory");
    for file in files {
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            runs.push(run(&file)?);
        }
        runs.sort();
        let (time, memory) = runs[RUNS / 2];
        let memory = memory.map_or("?".to_owned(), |kib| format!("{} MiB", kib / 1024));
        println!("{:>6} ms  {memory:>8}  {file}", time.as_millis());
    }
    Ok(())
}

/// One start: the time to the first answer, and the memory then in KiB.
fn run(file: &str) -> Result<(Duration, Option<u64>), Box<dyn Error>> {
    let start = Instant::now();
    let mut process = Command::new(env!("CARGO_BIN_EXE_mynah"))
        .args(["serve", "--port", "0", "--no-watch", file])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let measured = first_answer(&mut process, start);
    process.kill()?;
    process.wait()?;
    measured.map_err(|error| format!("{file}: {error}").into())
}

fn first_answer(
    process: &mut Child,
    start: Instant,
) -> Result<(Duration, Option<u64>), Box<dyn Error>> {
    let out = process.stdout.take().ok_or("no output")?;
    let mut lines = BufReader::new(out).lines();
    let address = loop {
        let line = lines.next().ok_or("it ends before it listens")??;
        if let Some(address) = line.strip_prefix("listening on http://") {
            break address.to_owned();
        }
    };
    let mut stream = TcpStream::connect(address)?;
    // No operation has this path: finding that out is an answer of the API too.
    stream.write_all(b"GET /first/answer HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    match answer.starts_with("HTTP/1.1 ") {
        true => Ok((start.elapsed(), memory(process.id()))),
        false => Err("no answer".into()),
    }
}

/// The resident memory of a process in KiB; `None` where the system does not tell.
fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
