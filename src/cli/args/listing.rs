//! What to list, as typed.

use clap::Args;

use super::reading::Compiling;

/// What to list.
#[derive(Debug, Args)]
pub(in crate::cli) struct Listing {
    /// The APIs: names of built-in ones, files, URLs, folders with one description in them, or `-` for
    /// standard input; all built-in APIs when nothing is named
    #[arg(value_name = "API")]
    pub(in crate::cli) names: Vec<String>,

    /// Print JSON, for programs
    #[arg(long)]
    pub(in crate::cli) json: bool,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,
}
