//! What to look for faults in, as typed.

use clap::Args;

use super::{
    reading::Reading,
    reporting::{FormatName, Reporting},
};

/// What to look for faults in.
#[derive(Debug, Args)]
pub(in crate::cli) struct Linting {
    /// The descriptions: names of built-in APIs, files, URLs, folders with one description in them,
    /// or `-` for standard input
    #[arg(value_name = "API", required_unless_present = "explain")]
    pub(in crate::cli) names: Vec<String>,

    /// How findings are written to standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(in crate::cli) format: FormatName,

    /// Fail on warnings too: faults that leave every answer right
    #[arg(long)]
    pub(in crate::cli) deny_warnings: bool,

    /// Say what a code means and what to change, instead; `all` explains every code
    #[arg(long, value_name = "CODE", conflicts_with = "names")]
    pub(in crate::cli) explain: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) reading: Reading,

    #[command(flatten)]
    pub(in crate::cli) reporting: Reporting,
}
