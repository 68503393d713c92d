//! How descriptions are read, as typed: the same options for every command that reads any.

use clap::Args;

use crate::{
    cli::choices::Choices,
    fetch::{FetchErrorKind, Fetcher},
    reach::Reach,
};

/// What is read beside a description.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Reading {
    /// Change the description by an overlay, a file or a URL; several are applied in their order
    #[arg(long = "overlay", value_name = "FILE", help_heading = "Description")]
    overlays: Vec<String>,

    /// Read files outside of the folder of a description, where its references lead there
    #[arg(long, help_heading = "Description")]
    allow_outside: bool,

    /// Read documents on other machines, where references lead there
    ///
    /// Only those at public addresses are read: `=loopback` reads them from this machine, `=anywhere`
    /// from private networks too. The same goes for descriptions that are named by their URLs, which
    /// are read from public addresses without this option.
    #[arg(
        long, value_name = "WHERE", num_args = 0..=1, require_equals = true,
        default_missing_value = "public", value_parser = remote, help_heading = "Description",
    )]
    allow_remote: Option<Reach>,
}

/// What is read beside a description, and what becomes of one that has faults.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Compiling {
    /// Go on with a faulty description; the operations that its faults touch answer 501
    #[arg(long, help_heading = "Description")]
    lenient: bool,

    #[command(flatten)]
    reading: Reading,
}

impl Reading {
    /// What the options mean.
    pub(in crate::cli) fn choices(&self) -> Choices {
        Choices {
            outside: self.allow_outside,
            remote: self.allow_remote,
            overlays: self.overlays.clone(),
            ..Choices::default()
        }
    }
}

impl Compiling {
    /// What the options mean.
    pub(in crate::cli) fn choices(&self) -> Choices {
        Choices {
            lenient: self.lenient,
            ..self.reading.choices()
        }
    }
}

fn remote(text: &str) -> Result<Reach, String> {
    match Fetcher::IS_BUILT {
        true => text.parse(),
        false => Err(FetchErrorKind::NotBuilt.to_string()),
    }
}
