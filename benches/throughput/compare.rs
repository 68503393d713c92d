//! Mynah and a bare server in turn, under the same load.

use std::{num::NonZeroUsize, sync::Arc};

use mynah::{
    Api,
    journal::{Coverage, Journal, JournalFile, Secrets},
    server::{Config, Mount, Running, Server},
    vendors,
};

use crate::{
    arguments::{Arguments, Recorded},
    bare::{self, Bare},
    call::{self, Call},
    cpu,
    round::Round,
};

/// The name of Mynah's one thread.
const MYNAH_THREAD: &str = "mynah-0";

/// Prints one line for each built-in API.
pub fn compare(arguments: &Arguments) -> Result<(), String> {
    println!("Valid POST requests, Mynah and a bare hyper server that reads the body whole and");
    println!("sends the same bytes, in turn. Each has 1 thread; the load comes from 1 thread over");
    println!(
        "{} connections, 1 request in flight on each. Medians of {} rounds of {} s each.",
        arguments.connections,
        arguments.rounds,
        arguments.round.as_secs()
    );
    match cpu::tie_main_thread(cpu::LOAD) {
        true => println!(
            "The servers are tied to core {}, the load to {}.",
            cpu::SERVERS,
            cpu::LOAD
        ),
        false => println!("Neither the servers nor the load are tied to a core."),
    }
    let journal = match &arguments.journal {
        Recorded::Nowhere => "off".to_owned(),
        Recorded::InMemory => "in memory".to_owned(),
        Recorded::InFile(file) => format!("in memory and in {}", file.display()),
    };
    println!("Journal {journal}. The ratios are medians of the rounds' own, Mynah to bare.\n");
    println!(
        "{:14}{:>14}{:>18}{:>8}{:>22}{:>8}{:>16}",
        "API", "bytes in, out", "requests/s", "", "CPU µs/request", "", "thread busy %"
    );
    println!(
        "{:14}{:>14}{:>9}{:>9}{:>8}{:>11}{:>11}{:>8}{:>8}{:>8}",
        "", "", "bare", "mynah", "ratio", "bare", "mynah", "ratio", "bare", "mynah"
    );
    for built_in in vendors::catalogue() {
        println!("{}", line(&load(built_in.name)?, arguments)?);
    }
    println!(
        "\nWhere a thread was busy well below 100 %, the load or the machine was the limit: then the"
    );
    println!(
        "CPU columns are the ones to trust. A ratio of requests/s is good high, one of CPU low."
    );
    Ok(())
}

/// A built-in API.
pub fn load(name: &str) -> Result<Api, String> {
    match vendors::load(name) {
        Some(Ok(api)) => Ok(api),
        faulty => Err(format!("{name} cannot be loaded: {faulty:?}")),
    }
}

fn line(api: &Api, arguments: &Arguments) -> Result<String, String> {
    let call = Call::valid(api, "")?;
    let reply = mynah::answer(api, call::request(call::sample(api)?)?.into()).reply;
    // Threads begin on the core of the one that starts them.
    cpu::tie_main_thread(cpu::SERVERS);
    let bare = Bare::start(&reply).map_err(|error| error.to_string())?;
    let mynah = mynah(api, &arguments.journal)?;
    cpu::tie_main_thread(cpu::LOAD);

    let mut rounds = Vec::new();
    // The first round warms up caches, and what is made at its first use.
    for _ in 0..=arguments.rounds {
        let run = |addr, thread| Round::run(addr, thread, &call, arguments);
        rounds.push((
            run(bare.addr, bare::THREAD)?,
            run(mynah.addr(), MYNAH_THREAD)?,
        ));
    }
    rounds.remove(0);

    let of = |figure: fn(&Round) -> f64| {
        (
            median(rounds.iter().map(|(bare, _)| figure(bare))),
            median(rounds.iter().map(|(_, mynah)| figure(mynah))),
            median(
                rounds
                    .iter()
                    .map(|(bare, mynah)| figure(mynah) / figure(bare)),
            ),
        )
    };
    let (rate, cpu, busy) = (of(Round::rate), of(Round::cpu_micros), of(Round::busy));
    Ok(format!(
        "{:14}{:>14}{:>9.0}{:>9.0}{:>8.2}{:>11.2}{:>11.2}{:>8.2}{:>8.0}{:>8.0}",
        api.name(),
        format!("{}, {}", call.bytes.len(), reply.body.len()),
        rate.0,
        rate.1,
        rate.2,
        cpu.0,
        cpu.1,
        cpu.2,
        busy.0,
        busy.1
    ))
}

/// Mynah as `mynah serve NAME --workers 1` has it.
fn mynah(api: &Api, recorded: &Recorded) -> Result<Running, String> {
    let api = Arc::new(api.clone());
    let kept = || Journal::default().counting(Coverage::of(&[Arc::clone(&api)]));
    let file = match recorded {
        Recorded::InFile(path) => {
            let file = JournalFile::open(path, Secrets::Redacted);
            Some(Arc::new(file.map_err(|error| error.to_string())?))
        }
        _ => None,
    };
    let config = Config {
        port: 0,
        threads: NonZeroUsize::MIN,
        journal: (*recorded != Recorded::Nowhere).then(|| Arc::new(kept())),
        journal_file: file,
        ..Config::default()
    };
    let mounts = vec![Mount::new("", api)];
    Server::bind(config, mounts)
        .and_then(Server::start)
        .map_err(|error| error.to_string())
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<_> = figures.collect();
    figures.sort_by(f64::total_cmp);
    let (below, above) = (figures.len().saturating_sub(1) / 2, figures.len() / 2);
    (figures[below] + figures[above]) / 2.0
}
