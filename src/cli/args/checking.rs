//! What `mynah check` checks, as typed.

use std::time::Duration;

use clap::Args;
use regex::Regex;

use super::{limiting::seconds, reading::Reading, reporting::Reporting};
use crate::{
    check::{Kind, Methods, Options},
    client::Upstream,
};

/// Which provider is checked, and how.
#[derive(Debug, Args)]
pub(in crate::cli) struct Checking {
    /// The description: a file, or the name of a built-in API
    #[arg(value_name = "SPEC")]
    pub(in crate::cli) spec: String,

    /// Where the provider is: what stands before the paths of the description
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) against: Upstream,

    /// Only the operations that this matches: `METHOD /path`, or the operationId
    #[arg(long, value_name = "REGEX", help_heading = "Requests")]
    only: Option<Regex>,

    /// Send methods too that may change data: POST, PUT, PATCH, DELETE
    #[arg(long, help_heading = "Requests")]
    allow_unsafe: bool,

    /// Leave out kinds of requests: examples, valid, links, invalid, credentials, wrong-credentials,
    /// methods
    #[arg(
        long,
        value_name = "KIND",
        value_delimiter = ',',
        help_heading = "Requests"
    )]
    skip: Vec<Kind>,

    /// What made values depend on beside the description
    #[arg(
        long,
        value_name = "NUMBER",
        default_value = "0",
        help_heading = "Requests"
    )]
    seed: u64,

    /// Stop after so many requests
    #[arg(long, value_name = "N", help_heading = "Limits")]
    max_requests: Option<usize>,

    /// Stop after so long
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = "Limits")]
    max_time: Option<Duration>,

    /// How long a reply may take
    #[arg(
        long, value_name = "SECONDS", default_value = "10", value_parser = seconds,
        help_heading = "Limits",
    )]
    pub(in crate::cli) timeout: Duration,

    /// Leave out the operations that have faults, and check the others
    #[arg(long, help_heading = "Description")]
    pub(in crate::cli) lenient: bool,

    #[command(flatten)]
    pub(in crate::cli) reading: Reading,

    #[command(flatten)]
    pub(in crate::cli) reporting: Reporting,
}

impl Checking {
    /// How the provider is checked; its credentials are not typed.
    pub(in crate::cli) fn options(&self) -> Options {
        Options {
            only: self.only.clone(),
            methods: match self.allow_unsafe {
                true => Methods::All,
                false => Methods::Safe,
            },
            skip: self.skip.clone(),
            seed: self.seed,
            max_time: self.max_time,
            max_requests: self.max_requests,
            ..Options::default()
        }
    }
}
