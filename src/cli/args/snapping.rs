//! Which replies are written as files and reviewed, as typed.

use std::path::PathBuf;

use clap::Args;

use super::reading::{Compiling, Reading};

/// Which replies are written, and where.
#[derive(Debug, Args)]
pub(in crate::cli) struct Snapping {
    /// The descriptions: files, URLs, names of built-in APIs, folders with one description in them
    #[arg(value_name = "SPEC", required = true)]
    pub(in crate::cli) specs: Vec<String>,

    /// Where the files are: those of each API in a folder of its name
    #[arg(long, value_name = "FOLDER", default_value = "snapshots")]
    pub(in crate::cli) folder: PathBuf,

    /// Write nothing, and fail on any difference
    #[arg(long, conflicts_with = "accept")]
    pub(in crate::cli) check: bool,

    /// Accept all differences without a review, and remove the files of replies that are gone
    #[arg(long)]
    pub(in crate::cli) accept: bool,

    /// Print the differences as Markdown, for a comment on the change
    #[arg(long)]
    pub(in crate::cli) markdown: bool,

    /// With `--markdown`, tell what the changes of the description since this revision of git mean
    #[arg(long, value_name = "REVISION", default_value = "HEAD")]
    pub(in crate::cli) since: String,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,
}

/// What is reviewed.
#[derive(Debug, Args)]
pub(in crate::cli) struct Reviewing {
    /// The descriptions, where they are not beside the folder: their lines are shown
    #[arg(value_name = "SPEC")]
    pub(in crate::cli) specs: Vec<String>,

    /// Where the files are
    #[arg(long, value_name = "FOLDER", default_value = "snapshots")]
    pub(in crate::cli) folder: PathBuf,

    /// Tell what the changes of the description since this revision of git mean
    #[arg(long, value_name = "REVISION", default_value = "HEAD")]
    pub(in crate::cli) since: String,

    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
}
