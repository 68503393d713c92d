//! Whether to heed changes of descriptions, as typed.

use clap::Args;

/// Whether to heed changes of descriptions.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Watching {
    /// Serve a description anew when one of its files changes; on in a terminal
    #[arg(long, overrides_with = "no_watch", help_heading = "Description")]
    watch: bool,

    /// Serve descriptions as they were at start
    #[arg(long, overrides_with = "watch", help_heading = "Description")]
    no_watch: bool,
}

impl Watching {
    /// Whether to watch, when whoever started the server sits in front of it or not.
    pub(in crate::cli) fn is_wanted(&self, in_terminal: bool) -> bool {
        self.watch || (in_terminal && !self.no_watch)
    }
}
