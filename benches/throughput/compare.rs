//! Mynah and a bare server in turn, under the same load.

use std::{hint::black_box, num::NonZeroUsize, sync::Arc, time::Instant};

use mynah::{
    Api,
    journal::{Coverage, Journal, JournalFile, Secrets},
    server::{Config, Mount, Running, Server},
};
use serde_json::Value;

use crate::{
    arguments::{Arguments, Recorded},
    bare::{self, Bare},
    cpu,
    round::Round,
    row::Row,
    workload::Workload,
};

/// The name of Mynah's one thread.
const MYNAH_THREAD: &str = "mynah-0";

/// A body of so many bytes is held against how fast it can be read at all.
const LARGE: usize = 100_000;

/// Prints one line for each workload.
pub fn compare(arguments: &Arguments) -> Result<(), String> {
    let Arguments {
        connections,
        rounds,
        round,
        ..
    } = arguments;
    println!(
        "Mynah and a bare hyper server, which reads the body whole and sends the same bytes and header"
    );
    println!(
        "fields, in turn. Each has 1 thread; the load is 1 thread with 1 request in flight on each of"
    );
    println!(
        "{connections} connections. Medians of {rounds} rounds of {} s each.",
        round.as_secs()
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
    println!(
        "Journal {journal}. Each column: bare, Mynah, and the median of the rounds' own ratios.\n"
    );
    println!("{}", Row::head());
    for make in Workload::all() {
        let workload = make()?;
        let is_wanted = arguments
            .only
            .as_ref()
            .is_none_or(|only| workload.name.contains(only));
        if is_wanted {
            let row = row(&workload, arguments)?;
            println!("{row}");
            tell_of_reading(&workload, &row);
        }
    }
    println!(
        "\nWhere a thread was busy well below 100 %, the load or the machine was the limit: then the CPU columns"
    );
    println!("are the ones to trust. A ratio of requests/s is good high, all others low.");
    Ok(())
}

fn row(workload: &Workload, arguments: &Arguments) -> Result<Row, String> {
    let Workload { name, api, call } = workload;
    let reply = call.reply(api);
    // Threads begin on the core of the one that starts them.
    cpu::tie_main_thread(cpu::SERVERS);
    let bare = Bare::start(&reply).map_err(|error| error.to_string())?;
    let mynah = mynah(api, &arguments.journal)?;
    cpu::tie_main_thread(cpu::LOAD);

    let mut rounds = Vec::new();
    // The first round warms up caches, and what is made at its first use.
    for _ in 0..=arguments.rounds {
        let run = |addr, thread| Round::run(addr, thread, call, arguments);
        rounds.push((
            run(bare.addr, bare::THREAD)?,
            run(mynah.addr(), MYNAH_THREAD)?,
        ));
    }
    rounds.remove(0);
    Ok(Row::of(name, (call.bytes.len(), reply.body.len()), &rounds))
}

/// How long it takes to read a large body into a tree, once; nothing else.
fn tell_of_reading(workload: &Workload, row: &Row) {
    let body = workload.call.body();
    if body.len() < LARGE {
        return;
    }
    cpu::tie_main_thread(cpu::SERVERS);
    let mut times: Vec<f64> = Vec::new();
    for _ in 0..50 {
        let start = Instant::now();
        let read = black_box(serde_json::from_slice::<Value>(black_box(body)));
        times.push(start.elapsed().as_secs_f64() * 1e6);
        drop(read);
    }
    cpu::tie_main_thread(cpu::LOAD);
    times.sort_by(f64::total_cmp);
    let tree = times[times.len() / 2];
    println!(
        "{:20}serde_json reads the body into a `Value` in {tree:.0} µs: {:.2} of Mynah's whole request",
        "",
        tree / row.mynah.cpu
    );
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
