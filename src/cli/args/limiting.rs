//! What is borne from clients, as typed.

use std::{
    net::IpAddr,
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use clap::Args;

use crate::{
    cli::callbacks,
    server::{Config, Limits},
};

/// What is borne from clients, and how many threads serve them.
#[derive(Debug, Args)]
pub(in crate::cli) struct Limiting {
    /// How many threads serve [default: one for each core]
    #[arg(long, value_name = "N", help_heading = "Server")]
    workers: Option<NonZeroUsize>,

    /// The longest request body; beyond it the answer is 413
    #[arg(
        long, value_name = "SIZE", default_value = "10MiB", value_parser = size,
        help_heading = "Limits",
    )]
    max_body: usize,

    /// How many connections may be open at once
    #[arg(
        long,
        value_name = "N",
        default_value = "4096",
        help_heading = "Limits"
    )]
    max_connections: NonZeroU32,

    /// How long a request head may take, from its first byte on
    #[arg(
        long, value_name = "SECONDS", default_value = "10", value_parser = seconds,
        help_heading = "Limits",
    )]
    header_timeout: Duration,

    /// How long a request body may take; then the answer is 408
    #[arg(
        long, value_name = "SECONDS", default_value = "30", value_parser = seconds,
        help_heading = "Limits",
    )]
    body_timeout: Duration,

    /// How long a connection may rest between requests
    #[arg(
        long, value_name = "SECONDS", default_value = "75", value_parser = seconds,
        help_heading = "Limits",
    )]
    idle_timeout: Duration,

    /// How long requests in flight may take after Ctrl-C; a second Ctrl-C ends at once
    #[arg(
        long, value_name = "SECONDS", default_value = "10", value_parser = seconds,
        help_heading = "Limits",
    )]
    stop_timeout: Duration,
}

impl Limiting {
    /// A configuration for an address.
    pub(super) fn config(&self, host: IpAddr, port: u16, cors: bool) -> Config {
        let defaults = Config::default();
        Config {
            host,
            port,
            cors,
            threads: self.workers.unwrap_or(defaults.threads),
            limits: Limits {
                body_bytes: self.max_body,
                max_connections: self.max_connections.get() as usize,
                header_timeout: self.header_timeout,
                body_timeout: self.body_timeout,
                idle_timeout: self.idle_timeout,
                stop_timeout: self.stop_timeout,
                ..defaults.limits
            },
            journal: None,
            on_callback: Some(callbacks::listener()),
            ..defaults
        }
    }
}

/// A number of bytes, with a unit or without.
pub(super) fn size(text: &str) -> Result<usize, String> {
    let units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)];
    let parsed = units.into_iter().find_map(|(unit, shift)| {
        let number: usize = text.strip_suffix(unit)?.trim_end().parse().ok()?;
        number.checked_mul(1 << shift)
    });
    parsed.ok_or_else(|| "not a size such as 65536, 512KiB or 10MiB".to_owned())
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let parsed = text.parse().ok().map(Duration::try_from_secs_f64);
    match parsed {
        Some(Ok(time)) if !time.is_zero() => Ok(time),
        _ => Err("not a number of seconds above 0, such as 30 or 0.5".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (text, want) in [
            ("0", Some(0)),
            ("65536", Some(65536)),
            ("512KiB", Some(512 << 10)),
            ("2 GiB", Some(2 << 30)),
            ("1.5MiB", None),
            ("-1", None),
            ("MiB", None),
            ("99999999999GiB", None),
        ] {
            assert_eq!(size(text).ok(), want, "{text}");
        }
    }

    #[test]
    fn seconds_are_above_zero() {
        for (text, want) in [
            ("30", Some(30_000)),
            ("0.5", Some(500)),
            ("0", None),
            ("-1", None),
            ("inf", None),
            ("NaN", None),
            ("1e300", None),
            ("ten", None),
        ] {
            let want = want.map(Duration::from_millis);
            assert_eq!(seconds(text).ok(), want, "{text}");
        }
    }
}
