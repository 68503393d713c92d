//! The flags of `prism mock`, with Prism's names and meaning.

use std::net::IpAddr;

use clap::{ArgAction, Args, builder::PossibleValuesParser};

use super::{limiting::Limiting, reading::Compiling, serving::host, watching::Watching};
use crate::{
    contract::{ReadOnly, Settings},
    server::Config,
};

/// The log levels of Prism.
const LEVELS: [&str; 7] = ["silent", "fatal", "error", "warn", "info", "debug", "trace"];

/// What `prism mock` takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct Mocking {
    /// The description: a file, a URL, a folder with one in it, `-` for standard input, or a built-in
    /// API
    #[arg(value_name = "SPEC")]
    pub(in crate::cli) spec: String,

    /// Print help
    #[arg(long, action = ArgAction::Help)]
    help: Option<bool>,

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

    /// The address to listen on
    #[arg(
        long, short = 'h', value_name = "ADDRESS", env = "MYNAH_HOST", hide_env_values = true,
        default_value = "127.0.0.1", value_parser = host, help_heading = "Server",
    )]
    host: IpAddr,

    /// Let pages of other origins call from a browser; on unless turned off by `--no-cors`
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Server")]
    cors: Option<bool>,

    /// Make replies for requests in the place of documented examples
    #[arg(long, short, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Replies")]
    dynamic: Option<bool>,

    /// What made replies depend on, a number or a word: another seed, other values
    #[arg(long, value_name = "SEED", help_heading = "Replies")]
    seed: Option<String>,

    /// Leave documented examples aside where a reply can be made from the schema
    #[arg(long = "ignoreExamples", alias = "ignore-examples", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Replies")]
    ignore_examples: Option<bool>,

    /// Answer 500 where a documented reply breaks its own schema
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Replies")]
    errors: Option<bool>,

    /// What becomes of `readOnly` properties in requests: ignore (they have to fit their schemas),
    /// strip (they are dropped first) or reject
    #[arg(
        long,
        value_name = "HOW",
        default_value = "ignore",
        help_heading = "Replies"
    )]
    read_only: ReadOnly,

    /// Tell in each reply why it was chosen (`Mynah-Choice`), and not only who asks
    #[arg(long, help_heading = "Replies")]
    tell_choice: bool,

    /// Taken without effect: every core serves anyway
    #[arg(long, short, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Without effect")]
    multiprocess: Option<bool>,

    /// Taken without effect: requests are not logged
    #[arg(
        long = "verboseLevel", alias = "verbose-level", short, value_name = "LEVEL",
        value_parser = PossibleValuesParser::new(LEVELS), hide_possible_values = true,
        help_heading = "Without effect",
    )]
    verbose_level: Option<String>,

    /// Taken without effect: made objects have the documented properties only
    #[arg(long = "json-schema-faker-fillProperties", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Without effect")]
    fill_properties: Option<bool>,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,

    #[command(flatten)]
    pub(in crate::cli) watching: Watching,

    #[command(flatten)]
    limiting: Limiting,
}

impl Mocking {
    /// Where and how to serve.
    pub(in crate::cli) fn config(&self) -> Config {
        self.limiting
            .config(self.host, self.port, self.cors.unwrap_or(true))
    }

    /// How the API is to reply.
    pub(in crate::cli) fn settings(&self) -> Settings {
        Settings {
            dynamic: self.dynamic.unwrap_or_default(),
            seed: self.seed.as_deref().map(seed),
            ignore_examples: self.ignore_examples.unwrap_or_default(),
            checks_replies: self.errors.unwrap_or_default(),
            read_only: self.read_only,
            tells_choice: self.tell_choice,
            ..Settings::default()
        }
    }

    /// The flags that were given and have no effect.
    pub(in crate::cli) fn idle(&self) -> Vec<&'static str> {
        let flags = [
            (self.multiprocess.is_some(), "--multiprocess"),
            (self.verbose_level.is_some(), "--verboseLevel"),
            (
                self.fill_properties.is_some(),
                "--json-schema-faker-fillProperties",
            ),
        ];
        let given = flags.into_iter().filter(|(is_given, _)| *is_given);
        given.map(|(_, flag)| flag).collect()
    }
}

/// A seed: the number itself, or one made from a word (FNV-1a).
fn seed(text: &str) -> u64 {
    let of_word = || {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    text.parse().unwrap_or_else(|_| of_word())
}
