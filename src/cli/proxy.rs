//! `mynah proxy`: a real server, held against its description while clients use it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use super::{
    Exit,
    args::Proxying,
    console::Console,
    error::CliError,
    places,
    serve::{print_address, url},
};
use crate::{
    Api, Violation,
    journal::Record,
    proxy::{Proxy, Upstream, Witness},
    recording::Recording,
    server::Mount,
};

/// Forwards to a server until the process is asked to end; the exit code says whether anything left the
/// contract.
pub(super) fn proxy(proxying: &Proxying, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let upstream = Upstream::new(&proxying.url).map_err(CliError::BadUpstream)?;
    let api = places::one(
        &proxying.spec,
        &proxying.reading.choices(),
        &mut console.err,
    )?;
    let tally = Arc::<Tally>::default();
    let recorder = proxying
        .record
        .as_deref()
        .map(|file| Recorder::create(file, &api));
    let recorder = recorder.transpose()?.map(Arc::new);
    let (title, told) = (api.title().to_owned(), Arc::clone(&tally));
    let mut config = proxying.proxy(upstream.clone());
    let records = recorder.clone();
    config.witness = Some(Witness::new(move |record| {
        told.count(record);
        if let Some(recorder) = &records {
            recorder.add(record);
        }
    }));
    let proxy = Proxy::bind(proxying.server(), config, Mount::new("", api))?;
    let url = url(proxy.addr());
    let out = &mut *console.out.to;
    let mut printed = writeln!(out, "# {title}: {url} forwards to {upstream}");
    proxy.run_until_signal(|| {
        if printed.is_ok() {
            printed = print_address(&url, None, out);
        }
    })?;
    printed?;
    if let Some(recorder) = recorder {
        console.err.say(&recorder.write()?)?;
    }
    console.err.say(&tally.to_string())?;
    Ok(match tally.left.load(Relaxed) {
        0 => Exit::Done,
        _ => Exit::ContractBroken,
    })
}

/// A recording and the file that it is written to.
struct Recorder {
    file: PathBuf,
    recording: Mutex<Recording>,
}

impl Recorder {
    /// An empty recording. That the file cannot be written is said now, and not at the end.
    fn create(file: &Path, api: &Arc<Api>) -> Result<Self, CliError> {
        let recorder = Self {
            file: file.to_owned(),
            recording: Recording::new(Arc::clone(api)).into(),
        };
        recorder.write()?;
        Ok(recorder)
    }

    fn add(&self, record: &Record) {
        // What is no example is printed already where it leaves the contract.
        let _ = self.recording().add(&record.exchange);
    }

    /// Writes the file, and says what is in it.
    fn write(&self) -> Result<String, CliError> {
        let recording = self.recording();
        let written = fs::write(&self.file, recording.to_string());
        written.map_err(|source| CliError::Unwritable {
            file: self.file.clone(),
            source,
        })?;
        let file = self.file.display();
        Ok(match recording.len() {
            1 => format!("1 exchange is recorded in {file}"),
            count => format!("{count} exchanges are recorded in {file}"),
        })
    }

    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.recording
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many exchanges there were.
#[derive(Debug, Default)]
struct Tally {
    all: AtomicUsize,
    left: AtomicUsize,
}

impl Tally {
    /// Counts an exchange, and prints one that left the contract.
    fn count(&self, record: &Record) {
        self.all.fetch_add(1, Relaxed);
        if !record.keeps_contract() {
            self.left.fetch_add(1, Relaxed);
            // Standard error is the last resort: there is nowhere to say that it fails.
            let _ = io::stderr().write_all(told(record).as_bytes());
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (all, left) = (self.all.load(Relaxed), self.left.load(Relaxed));
        let exchanges = if all == 1 { "exchange" } else { "exchanges" };
        match left {
            0 => write!(f, "{all} {exchanges}, all within the contract"),
            left => write!(f, "{left} of {all} {exchanges} left the contract"),
        }
    }
}

/// An exchange that left the contract, in a line, and each violation below it in one of its own.
fn told(record: &Record) -> String {
    let exchange = &record.exchange;
    let request = &exchange.request;
    let mut text = format!(
        "mynah: {} {} answered with {}\n",
        request.method,
        request.uri.path(),
        exchange.reply.status.as_u16()
    );
    let mut add = |side: &str, violations: &[Violation]| {
        for violation in violations {
            text.push_str(&format!("  - {side}: {violation}\n"));
        }
    };
    add("request", &exchange.violations);
    add("reply", &exchange.reply_violations);
    text
}
