//! `mynah proxy`: a real server, held against its description while clients use it.

mod recorder;
mod report;
mod tally;

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::SystemTime,
};

use super::{
    Exit,
    args::Proxying,
    console::Console,
    error::CliError,
    places, reports,
    serve::{print_address, url},
};
use crate::{
    proxy::{Proxy, Upstream, Witness},
    report::Sources,
    server::{Config, Mount},
};
use recorder::Recorder;
use tally::Tally;

/// Forwards to a server until the process is asked to end; the exit code says whether anything left the
/// contract.
pub(super) fn proxy(proxying: &Proxying, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let upstream = Upstream::new(&proxying.url).map_err(CliError::BadUpstream)?;
    reports::prepare(&proxying.reporting)?;
    let at = SystemTime::now();
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
    let journal = (!proxying.reporting.reports.is_empty()).then(report::journal);
    let server = Config {
        journal: journal.clone(),
        journal_file: proxying.filing.file()?,
        ..proxying.server()
    };
    let proxy = Proxy::bind(server, config, Mount::new("", Arc::clone(&api)))?;
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
    if let Some(journal) = journal {
        let run = report::run(&api, &url, &journal, at);
        let mut sources = Sources::default();
        let texts = api.description().sources().iter();
        texts.for_each(|source| sources.add(source.clone()));
        reports::write_reports(&run, &mut sources, &proxying.reporting, &mut console.out)?;
    }
    console.err.say(&tally.to_string())?;
    Ok(match tally.left.load(Relaxed) {
        0 => Exit::Done,
        _ => Exit::ContractBroken,
    })
}
