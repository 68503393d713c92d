//! What is compared, as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{
    reading::Reading,
    reporting::{FormatName, Reporting},
};
use crate::diff::{Side, Verdict};

/// Which descriptions are compared, and what of it fails.
#[derive(Debug, Args)]
pub(in crate::cli) struct Diffing {
    /// The old description: a file, a URL, a folder with one in it, `-`, a built-in API, or a file of a git
    /// revision: `main:api.yaml`, from the folder of the repository on
    #[arg(value_name = "OLD")]
    pub(in crate::cli) old: String,

    /// The new description, named in the same ways
    #[arg(value_name = "NEW")]
    pub(in crate::cli) new: String,

    /// Whose verdict counts: of clients, or of providers, that were written by the old description
    #[arg(long = "for", value_name = "SIDE", value_enum, default_value_t)]
    pub(in crate::cli) side: SideName,

    /// Keep only what touches the calls in this journal, which a server of the old description wrote with
    /// `--journal`; may be given several times
    #[arg(long = "traffic", value_name = "JOURNAL")]
    pub(in crate::cli) traffic: Vec<PathBuf>,

    /// Exit with 1 when a change is as grave as this, or graver
    #[arg(long, value_name = "VERDICT", value_enum, default_value_t)]
    pub(in crate::cli) fail_on: FailOn,

    /// How changes are written to standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(in crate::cli) format: FormatName,

    #[command(flatten)]
    pub(in crate::cli) reading: Reading,

    #[command(flatten)]
    pub(in crate::cli) reporting: Reporting,
}

/// The name of a side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SideName {
    /// Clients
    #[default]
    Client,
    /// Providers
    Provider,
    /// Whoever it is worse for
    Both,
}

impl SideName {
    /// The side.
    pub(in crate::cli) fn side(self) -> Side {
        match self {
            Self::Client => Side::Client,
            Self::Provider => Side::Provider,
            Self::Both => Side::Both,
        }
    }
}

/// What fails a comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    /// What breaks
    #[default]
    Breaking,
    /// What may break, too
    Risky,
    /// Nothing
    Never,
}

impl FailOn {
    /// Whether a verdict fails.
    pub(in crate::cli) fn fails(self, verdict: Verdict) -> bool {
        match self {
            Self::Breaking => verdict >= Verdict::Breaking,
            Self::Risky => verdict >= Verdict::Risky,
            Self::Never => false,
        }
    }
}
