//! A long run against the program itself: does it answer to the end, and do its memory and its descriptors stay?

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process,
    time::{Duration, Instant},
};

use mynah::vendors;

use crate::{call::Call, load::Load, program::Program, workload};

/// Every so many requests, one is invalid.
const INVALID_EVERY: u64 = 10;

/// Every so many, one is no HTTP, and one breaks off.
const MALFORMED_EVERY: u64 = 500;

/// How often the description is changed meanwhile.
const RELOADS: u32 = 100;

/// More errors than this, and the rest would be more of the same.
const MOST_ERRORS: usize = 1000;

/// How much the memory may grow after the tenth part of the time.
const GROWTH: f64 = 1.1;

/// What is no request, and must be refused and cut.
const MALFORMED: [&[u8]; 4] = [
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n{}",
    b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: one\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
];

/// What breaks off.
const ABORTED: [&[u8]; 3] = [
    b"POST /libredesk/api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"sub",
    b"GET /changing/version HT",
    b"GET /changing/version HTTP/1.1\r\nHost: x\r\n\r\n",
];

/// Sends requests to all built-in APIs in turn, for so long, while another description changes.
///
/// # Errors
/// A reply was not what it must be, the program ended, or it kept more and more.
pub fn soak(time: Duration, connections: usize) -> Result<(), String> {
    let changing = Changing::new()?;
    let path = changing.path.display().to_string();
    let names = vendors::catalogue().iter().map(|it| it.name);
    let first = ["serve", "--watch"].into_iter();
    let arguments: Vec<&str> = first.chain(names).chain([&*path]).collect();
    let mut program = Program::start(&arguments)?;
    let (valid, invalid) = calls()?;
    println!(
        "{} s at full speed over {connections} connections to {} APIs in turn, every {INVALID_EVERY}th request invalid,\n\
         every {MALFORMED_EVERY}th no HTTP or broken off, and {RELOADS} changes of another description",
        time.as_secs(),
        valid.len()
    );
    let started = Instant::now();
    let mut errors = Vec::new();
    let mut load = Load::new(program.addr, connections)?;
    let (mut number, mut version, mut looks) = (0, 0, 0);
    let mut early = None;
    while started.elapsed() < time && errors.len() < MOST_ERRORS {
        number += 1;
        // The nth of its kind, so that each kind goes through all its calls.
        let (calls, nth) = match number % INVALID_EVERY {
            0 => (&invalid, number / INVALID_EVERY),
            _ => (&valid, number - number / INVALID_EVERY),
        };
        errors.extend(load.send(&calls[(nth % calls.len() as u64) as usize]).err());
        if number % MALFORMED_EVERY == 0 {
            errors.extend(disturb(program.addr, number / MALFORMED_EVERY).err());
        }
        let passed = started.elapsed().as_secs_f64() / time.as_secs_f64();
        if version < RELOADS && passed * f64::from(RELOADS + 1) > f64::from(version + 1) {
            errors.extend(changing.is_served(program.addr, version).err());
            version += 1;
            changing.write(version)?;
        }
        if passed * 10.0 > f64::from(looks + 1) {
            looks += 1;
            let memory = program.memory();
            early = early.or(memory);
            println!(
                "{:3} %: {number} requests, {} errors, {version} reloads, {} KiB, {} descriptors",
                looks * 10,
                errors.len(),
                memory.unwrap_or_default(),
                program.descriptors().unwrap_or_default()
            );
        }
    }
    errors.extend(load.finish());
    errors.extend(changing.is_served(program.addr, version).err());
    drop(load);
    std::thread::sleep(Duration::from_secs(2));
    let (late, descriptors) = (program.memory(), program.descriptors());
    let ratio = late
        .zip(early)
        .map(|(late, early)| late as f64 / early as f64);
    println!(
        "{:.0} requests/s; at the end {} KiB, {:.2} of those after a tenth, and {} descriptors",
        number as f64 / started.elapsed().as_secs_f64(),
        late.unwrap_or_default(),
        ratio.unwrap_or(f64::NAN),
        descriptors.unwrap_or_default()
    );
    if !program.runs() {
        errors.push("the program ended".to_owned());
    }
    if ratio.is_some_and(|ratio| ratio > GROWTH) {
        errors.push(format!("its memory grew beyond {GROWTH}"));
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
        let api = workload::built_in(built_in.name)?;
        let prefix = format!("/{}", built_in.name);
        valid.push(Call::documented(&api, &prefix)?);
        invalid.extend(Call::all_broken(&api, &prefix)?);
    }
    Ok((valid, invalid))
}

/// Sends what is no request and reads the refusal, or sends a part of one and goes away.
fn disturb(addr: SocketAddr, number: u64) -> Result<(), String> {
    let mut stream =
        TcpStream::connect(addr).map_err(|error| format!("cannot connect: {error}"))?;
    let index = (number / 2) as usize;
    if number.is_multiple_of(2) {
        // The server may be gone from the connection already.
        let _ = stream.write_all(ABORTED[index % ABORTED.len()]);
        return Ok(());
    }
    let malformed = MALFORMED[index % MALFORMED.len()];
    let _ = stream.write_all(malformed);
    let mut reply = String::new();
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let read = stream.read_to_string(&mut reply);
    match read.is_ok() && (reply.is_empty() || reply.starts_with("HTTP/1.1 400 ")) {
        true => Ok(()),
        false => Err(format!(
            "{:?} was answered with {read:?} {reply:?}",
            String::from_utf8_lossy(malformed)
        )),
    }
}

/// A description that changes while it is served.
struct Changing {
    folder: PathBuf,
    path: PathBuf,
}

impl Changing {
    fn new() -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("mynah-soak-{}", process::id()));
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let changing = Self {
            path: folder.join("changing.yaml"),
            folder,
        };
        changing.write(0)?;
        Ok(changing)
    }

    fn write(&self, version: u32) -> Result<(), String> {
        let text = format!(
            "openapi: 3.1.0
info: {{title: Changing, version: '{version}'}}
paths:
  /version:
    get: {{responses: {{'200': {{description: Now, content: {{text/plain: {{example: 'version {version}'}}}}}}}}}}
"
        );
        fs::write(&self.path, text).map_err(|error| error.to_string())
    }

    /// Whether the version that was written last is the one that is served.
    fn is_served(&self, addr: SocketAddr, version: u32) -> Result<(), String> {
        let ask = || {
            let mut stream = TcpStream::connect(addr)?;
            stream.write_all(
                b"GET /changing/version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            )?;
            let mut reply = String::new();
            stream.read_to_string(&mut reply)?;
            Ok::<String, std::io::Error>(reply)
        };
        let reply = ask().map_err(|error| error.to_string())?;
        match reply.ends_with(&format!("version {version}")) {
            true => Ok(()),
            false => Err(format!("version {version} should be served: {reply}")),
        }
    }
}

impl Drop for Changing {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
