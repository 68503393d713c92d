//! How descriptions are read, as typed: the same options for every command that compiles any.

use std::path::PathBuf;

use clap::Args;

use crate::{cli::choices::Choices, description::Access};

/// What is read beside a description, and what becomes of one that has faults.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Compiling {
    /// Serve what can be served of a faulty description; its other operations answer 501
    #[arg(long, help_heading = "Description")]
    lenient: bool,

    /// Change the description by an overlay; several are applied in their order
    #[arg(long = "overlay", value_name = "FILE", help_heading = "Description")]
    overlays: Vec<PathBuf>,

    /// Read files outside of the folder of a description, where its references lead there
    #[arg(long, help_heading = "Description")]
    allow_outside: bool,
}

impl Compiling {
    /// What the options mean.
    pub(in crate::cli) fn choices(&self) -> Choices {
        Choices {
            lenient: self.lenient,
            overlays: self.overlays.clone(),
            access: Access {
                outside: self.allow_outside,
                ..Access::default()
            },
            ..Choices::default()
        }
    }
}
