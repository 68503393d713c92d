//! The command line, as typed.

mod asking;
mod described;
mod limiting;
mod lint;
mod listing;
mod mock;
mod prism;
mod reading;
mod sending;
mod serving;
mod watching;

use clap::{
    Parser, Subcommand,
    builder::styling::{AnsiColor, Effects, Styles},
};

use super::exit;
pub(super) use asking::Asking;
pub(super) use described::{Described, MountAt, is_path};
pub(super) use lint::{LintFormat, Linting};
pub(super) use listing::Listing;
pub(super) use mock::Mocking;
pub(super) use prism::rewritten;
pub(super) use sending::Sending;
pub(super) use serving::Serving;

/// Cargo's colours.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .usage(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .literal(AnsiColor::Cyan.on_default().effects(Effects::BOLD))
    .placeholder(AnsiColor::Cyan.on_default());

/// A fake HTTP API server built from OpenAPI descriptions
///
/// Each request is checked against the description of the API and gets the answer that the
/// description documents. Without a command, all built-in APIs are served.
#[derive(Debug, Parser)]
#[command(
    name = "mynah",
    version,
    styles = STYLES,
    max_term_width = 100,
    help_expected = true,
    subcommand_value_name = "COMMAND",
    args_conflicts_with_subcommands = true,
    after_help = EXAMPLES,
    after_long_help = format!("{}\n\n{EXAMPLES}", exit::HELP),
)]
pub(super) struct Arguments {
    /// What to do; to serve all built-in APIs when absent.
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    #[command(flatten)]
    pub(super) serving: Serving,
}

const EXAMPLES: &str = "\
Examples:
  mynah                              all built-in APIs, each below its name
  mynah serve my-api.yaml            an API of your own, at the root
  mynah serve a.yaml b.yaml          several, each below its name: /a and /b
  mynah serve libredesk --port 0     a built-in one on a free port, which is printed
  mynah lint my-api.yaml             all its faults, with their lines
  mynah explain GET /pets/5 --spec my-api.yaml
                                     why a request is answered as it is
  mynah list                         what is built in";

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve built-in APIs, or your own from their OpenAPI descriptions
    ///
    /// One API is served at the root, several each below its name: `pets.yaml` at `/pets`. For each
    /// operation a curl line that works is printed, then the address.
    #[command(after_long_help = exit::HELP)]
    Serve {
        #[command(flatten)]
        described: Described,

        #[command(flatten)]
        serving: Serving,
    },
    /// Serve a description as `prism mock` does: its flags, its statuses
    ///
    /// The description is served at the root of port 4010. Requests are refused with the statuses
    /// that Prism documents, in its order of precedence.
    #[command(disable_help_flag = true, after_long_help = exit::HELP)]
    Mock {
        #[command(flatten)]
        mocking: Mocking,
    },
    /// Report every fault of descriptions, with its place and what to change
    #[command(after_long_help = exit::HELP)]
    Lint {
        #[command(flatten)]
        linting: Linting,
    },
    /// Say why a request is answered as it is, without a server
    ///
    /// Prints the operation that is meant, everything that is wrong with the request, which reply is
    /// given and why, and where each of them is described.
    #[command(after_long_help = exit::HELP)]
    Explain {
        #[command(flatten)]
        asking: Asking,
    },
    /// Send a documented webhook (OpenAPI 3.1) to an address
    ///
    /// The request is the first documented example, or made from the schema. The answer is held
    /// against the documented ones; the exit code is 1 when it leaves them. TLS is not spoken.
    #[command(after_long_help = exit::HELP)]
    SendWebhook {
        #[command(flatten)]
        sending: Sending,
    },
    /// List APIs and their operations: the built-in ones, or those of descriptions
    #[command(after_long_help = exit::HELP)]
    List {
        #[command(flatten)]
        listing: Listing,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
