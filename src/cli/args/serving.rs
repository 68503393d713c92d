//! Where and how to serve, as typed.

use std::net::{IpAddr, Ipv4Addr};

use clap::Args;

use super::limiting::Limiting;
use crate::{reach::Reach, server::Config};

/// Where and how to serve.
#[derive(Debug, Args)]
pub(in crate::cli) struct Serving {
    /// The address to listen on
    ///
    /// `127.0.0.1` and `localhost` are reached from this machine only; `0.0.0.0` from the network.
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

    /// Don't let pages of other origins call from a browser (CORS)
    #[arg(long, help_heading = "Server")]
    no_cors: bool,

    /// Where documented callbacks may be sent: off, loopback, public or anywhere
    ///
    /// Callbacks go to addresses that clients name. `loopback` lets them reach this machine only,
    /// whatever a name says, `public` all that the internet reaches but no private network; `off` sends
    /// none.
    #[arg(
        long,
        value_name = "WHERE",
        default_value = "loopback",
        help_heading = "Server"
    )]
    callbacks: Reach,

    #[command(flatten)]
    limiting: Limiting,
}

impl Serving {
    /// What the options mean.
    pub(in crate::cli) fn config(&self) -> Config {
        Config {
            callbacks: self.callbacks,
            ..self.limiting.config(self.host, self.port, !self.no_cors)
        }
    }
}

pub(super) fn host(text: &str) -> Result<IpAddr, String> {
    match text {
        "localhost" => Ok(Ipv4Addr::LOCALHOST.into()),
        _ => text
            .parse()
            .map_err(|_| "not an IP address such as 127.0.0.1 or ::1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{super::Arguments, *};

    #[test]
    fn the_defaults_are_those_of_the_library() {
        let config = Arguments::parse_from(["mynah"]).serving.config();
        let defaults = Config::default();
        assert_eq!(config.limits, defaults.limits);
        assert_eq!((config.host, config.port), (defaults.host, defaults.port));
        assert_eq!(
            (config.cors, config.threads),
            (defaults.cors, defaults.threads)
        );
    }
}
