//! Clients that only hold connections: what they cost, and what they take from others.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use crate::{
    arguments::Arguments, call::Call, program::Program, round::Round, row::median, workload,
};

/// Clients that send a request head, byte by byte, and never end it.
const SLOW: usize = 200;

/// How often each of them sends a byte.
const PACE: Duration = Duration::from_millis(500);

/// Serves with and without so many idle connections and some slow ones.
///
/// # Errors
/// A reply was not what it must be, or the connections cannot be had.
pub fn crowd(idle: usize, arguments: &Arguments) -> Result<(), String> {
    let most = idle + SLOW + arguments.connections + 100;
    if let Some(limit) = descriptors().filter(|limit| *limit < most) {
        return Err(format!(
            "{most} descriptors are needed, and {limit} may be open: try `ulimit -n {most}` first"
        ));
    }
    let most = most.to_string();
    let program = Program::start(&[
        "serve",
        "libredesk",
        "--workers",
        "1",
        "--max-connections",
        &most,
    ])?;
    let api = workload::built_in("libredesk")?;
    let call = Call::documented(&api, "")?;
    let rate = || {
        let rounds = 0..arguments.rounds;
        let rate = |_| Ok(Round::run(program.addr, "", &call, arguments)?.rate());
        Ok::<f64, String>(median(rounds.map(rate).collect::<Result<_, String>>()?))
    };
    rate()?;
    let (alone, before) = (rate()?, program.memory());

    let open = |_| TcpStream::connect(program.addr);
    let held = (0..idle).map(open).collect::<Result<Vec<_>, _>>();
    let held = held.map_err(|error| format!("cannot hold {idle} connections: {error}"))?;
    thread::sleep(Duration::from_secs(1));
    let after = program.memory();
    let is_over = AtomicBool::new(false);
    let cut = AtomicUsize::new(0);
    let among = thread::scope(|scope| {
        scope.spawn(|| dawdle(program.addr, &is_over, &cut));
        thread::sleep(Duration::from_secs(1));
        let among = rate();
        is_over.store(true, Ordering::Relaxed);
        among
    })?;
    drop(held);
    println!("{alone:.0} requests/s alone");
    println!(
        "{among:.0} requests/s among {idle} idle connections and {SLOW} that send a byte every {} ms: {:.2}",
        PACE.as_millis(),
        among / alone
    );
    println!(
        "{} slow ones were cut, and came again",
        cut.load(Ordering::Relaxed)
    );
    if let (Some(before), Some(after)) = (before, after) {
        let each = after.saturating_sub(before) as f64 / idle as f64;
        println!(
            "memory: {before} KiB alone, {after} KiB with the idle ones: {each:.2} KiB for each"
        );
    }
    Ok(())
}

/// How many descriptors this process may have open, and so the program that it starts; Linux tells.
fn descriptors() -> Option<usize> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Sends a byte on each of the slow connections now and then; one that was cut is opened anew.
fn dawdle(addr: SocketAddr, is_over: &AtomicBool, cut: &AtomicUsize) {
    let mut slow: Vec<Option<TcpStream>> = (0..SLOW).map(|_| None).collect();
    while !is_over.load(Ordering::Relaxed) {
        for client in &mut slow {
            let is_open = client
                .as_mut()
                .is_some_and(|client| is_open(client) && client.write_all(b"x").is_ok());
            if !is_open {
                cut.fetch_add(usize::from(client.is_some()), Ordering::Relaxed);
                *client = begun(addr);
            }
        }
        thread::sleep(PACE);
    }
}

/// A connection with the beginning of a request.
fn begun(addr: SocketAddr) -> Option<TcpStream> {
    let mut client = TcpStream::connect(addr).ok()?;
    client.set_nonblocking(true).ok()?;
    client.write_all(b"GET /").ok()?;
    Some(client)
}

/// Whether the server has not closed a connection.
fn is_open(client: &mut TcpStream) -> bool {
    let read = client.read(&mut [0; 512]);
    read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
}
