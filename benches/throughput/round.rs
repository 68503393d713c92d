//! One server under load for a while.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use crate::{arguments::Arguments, call::Call, cpu, load::Load};

/// Room for the latencies of a round: growing takes time.
const LATENCIES: usize = 1 << 20;

/// What one round of load came to.
pub struct Round {
    requests: u64,
    took: Duration,
    cpu: Option<Duration>,
    /// How long each request took, the shortest first.
    latencies: Vec<Duration>,
}

impl Round {
    /// Loads a server for the time of a round, and watches its thread.
    pub fn run(
        addr: SocketAddr,
        thread: &str,
        call: &Call,
        arguments: &Arguments,
    ) -> Result<Self, String> {
        let mut load = Load::new(addr, arguments.connections)?;
        let before = cpu::of_thread(thread);
        let started = Instant::now();
        let mut requests = 0;
        let mut latencies = Vec::with_capacity(LATENCIES);
        while started.elapsed() < arguments.round {
            latencies.extend(load.send(call)?);
            requests += 1;
        }
        if let Some(failure) = load.finish().pop() {
            return Err(failure);
        }
        let took = started.elapsed();
        latencies.sort_unstable();
        Ok(Self {
            requests,
            took,
            latencies,
            cpu: cpu::of_thread(thread)
                .zip(before)
                .map(|(after, before)| after - before),
        })
    }

    /// Requests by second.
    pub fn rate(&self) -> f64 {
        self.requests as f64 / self.took.as_secs_f64()
    }

    /// Processor time by request, in microseconds.
    pub fn cpu_micros(&self) -> f64 {
        self.cpu.map_or(f64::NAN, |cpu| {
            cpu.as_secs_f64() * 1e6 / self.requests as f64
        })
    }

    /// Processor time by time, in per cent.
    pub fn busy(&self) -> f64 {
        self.cpu.map_or(f64::NAN, |cpu| {
            100.0 * cpu.as_secs_f64() / self.took.as_secs_f64()
        })
    }

    /// What so many of a thousand requests took at the most, in microseconds.
    pub fn latency(&self, thousandths: usize) -> f64 {
        let at = self.latencies.len() * thousandths / 1000;
        let latency = self.latencies.get(at).or(self.latencies.last());
        latency.map_or(f64::NAN, |latency| latency.as_secs_f64() * 1e6)
    }
}
