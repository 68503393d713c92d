//! How many exchanges a proxy passed, and those that left the contract.

use std::{
    io::{self, Write},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use crate::{Violation, journal::Record};

/// How many exchanges there were.
#[derive(Debug, Default)]
pub(super) struct Tally {
    all: AtomicUsize,
    pub(super) left: AtomicUsize,
}

impl Tally {
    /// Counts an exchange, and prints one that left the contract.
    pub(super) fn count(&self, record: &Record) {
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
