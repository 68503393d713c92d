//! What to forward and how, as typed.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use clap::Args;

use super::{
    journaling::Filing,
    limiting::{Limiting, seconds, size},
    reading::Reading,
    reporting::Reporting,
    serving::host,
};
use crate::{
    proxy::{Manner, ProxyConfig, Upstream},
    server::Config,
};

/// What to forward and how.
#[derive(Debug, Args)]
pub(in crate::cli) struct Proxying {
    /// The description: a file, a folder with one in it, `-` for standard input, or a built-in API
    #[arg(value_name = "SPEC")]
    pub(in crate::cli) spec: String,

    /// Where the real server is, such as https://api.example.com/v1
    #[arg(value_name = "URL")]
    pub(in crate::cli) url: String,

    /// Let nothing pass that leaves the contract
    ///
    /// A request that leaves it is refused as the fake refuses it and is not forwarded; a reply that leaves it
    /// becomes a 502. Bodies are read whole before they pass.
    #[arg(long)]
    enforce: bool,

    /// Write what was seen as an OpenAPI Overlay of documented examples, secrets left out
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) record: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) filing: Filing,

    #[command(flatten)]
    pub(in crate::cli) reporting: Reporting,

    #[command(flatten)]
    pub(in crate::cli) reading: Reading,

    /// The address to listen on
    #[arg(
        long, value_name = "ADDRESS", env = "MYNAH_HOST", hide_env_values = true, default_value = "127.0.0.1",
        value_parser = host, help_heading = "Server",
    )]
    host: IpAddr,

    /// The port to listen on; 0 picks a free one
    #[arg(
        long,
        short,
        value_name = "PORT",
        env = "MYNAH_PORT",
        hide_env_values = true,
        default_value_t = 4010,
        help_heading = "Server"
    )]
    port: u16,

    /// The longest body that is held against its schema; a longer one passes and is reported
    #[arg(
        long, value_name = "SIZE", default_value = "10MiB", value_parser = size,
        help_heading = "Limits",
    )]
    max_judged: usize,

    /// How long the real server may take until its reply begins; then the answer is 504
    #[arg(
        long, value_name = "SECONDS", default_value = "60", value_parser = seconds,
        help_heading = "Limits",
    )]
    reply_timeout: Duration,

    #[command(flatten)]
    limiting: Limiting,
}

impl Proxying {
    /// Where to listen.
    pub(in crate::cli) fn server(&self) -> Config {
        self.limiting.config(self.host, self.port, false)
    }

    /// How to forward to a server.
    pub(in crate::cli) fn proxy(&self, upstream: Upstream) -> ProxyConfig {
        ProxyConfig {
            manner: match self.enforce {
                true => Manner::Enforce,
                false => Manner::Watch,
            },
            kept_bytes: self.max_judged,
            reply_timeout: self.reply_timeout,
            ..ProxyConfig::to(upstream)
        }
    }
}
