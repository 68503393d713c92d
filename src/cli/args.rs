//! The command line, as typed.

mod asking;
mod checking;
mod described;
mod diffing;
mod journaling;
mod limiting;
mod lint;
mod listing;
mod mock;
mod obtaining;
mod prism;
mod proxy;
mod reading;
mod recorded;
mod reporting;
mod running;
mod sending;
mod serving;
mod snapping;
mod watching;

use std::path::PathBuf;

use clap::{
    Parser, Subcommand,
    builder::styling::{AnsiColor, Effects, Styles},
};
use clap_complete::Shell;

use super::exit;
pub(super) use asking::Asking;
pub(super) use checking::Checking;
pub(super) use described::{Described, MountAt, is_path};
pub(super) use diffing::Diffing;
pub(super) use journaling::Journaling;
pub(super) use lint::Linting;
pub(super) use listing::Listing;
pub(super) use mock::Mocking;
pub(super) use obtaining::Obtaining;
pub(super) use prism::rewritten;
pub(super) use proxy::Proxying;
pub(super) use recorded::{Archiving, Counting, Judging};
pub(super) use reporting::{FormatName, Report, Reporting};
pub(super) use running::{Running, Variable};
pub(super) use sending::Sending;
pub(super) use serving::Serving;
pub(super) use snapping::{Reviewing, Snapping};

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
  mynah check my-api.yaml --against https://api.example.com/v1
                                     whether the real API keeps to it
  mynah lint my-api.yaml             all its faults, with their lines
  mynah diff main:api.yaml api.yaml  what changed since, and whether clients break
  mynah run libredesk -- npm test    tests against a fake; what they send has to keep to the contract
  mynah explain GET /pets/5 --spec my-api.yaml
                                     why a request is answered as it is
  mynah requests my-api.yaml         a curl line for every reply that it documents
  mynah snapshot my-api.yaml         these replies as files, to review when they change
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
    /// Forward to a real server, and hold what passes against its description
    ///
    /// Requests and replies pass byte by byte as they come. What leaves the contract is printed on
    /// standard error; the exit code is 1 when anything did.
    #[command(after_long_help = exit::HELP)]
    Proxy {
        #[command(flatten)]
        proxying: Proxying,
    },
    /// Test a real provider: send it requests made from its description, and judge its replies
    ///
    /// Documented examples come first, then made requests that keep to the contract, then requests that
    /// break one rule each. What is wrong with the provider or with the description is told, with the
    /// smallest request that shows it as a curl line. Credentials are taken from the environment:
    /// MYNAH_CREDENTIAL_NAME for the security scheme NAME, in capitals (user:password for Basic).
    #[command(after_long_help = exit::HELP)]
    Check {
        #[command(flatten)]
        checking: Checking,
    },
    /// Report every fault of descriptions, with its place and what to change
    #[command(after_long_help = exit::HELP)]
    Lint {
        #[command(flatten)]
        linting: Linting,
    },
    /// Tell what changed between two descriptions, and what it means for clients and providers
    ///
    /// Each change is breaking, risky or compatible: for clients that were written by the old description and
    /// meet a provider of the new one, and for providers that were written by the old one and meet such
    /// clients. What cannot be decided is risky. The exit code is 1 when a change is breaking.
    #[command(after_long_help = exit::HELP)]
    Diff {
        #[command(flatten)]
        diffing: Diffing,
    },
    /// Run a command against fakes, and fail when what it sends leaves the contract
    ///
    /// Each API is served on a free port of its own, and the command is told where by variables of its
    /// environment: LIBREDESK_URL for `libredesk`. When it has ended, everything that it sent is
    /// judged: a request that leaves the contract fails the run, even where the command took no
    /// notice of the refusal. One that is meant to be wrong says so: `Mynah-Expect: required` in a
    /// request lets it break this rule.
    #[command(after_long_help = exit::HELP_OF_RUN)]
    Run {
        #[command(flatten)]
        running: Running,
    },
    /// Hold recorded exchanges against a description: a HAR file, or a journal
    ///
    /// Requests and replies are judged as `mynah proxy` judges them. What is not in the record is not
    /// judged: bodies that a browser left out, and secrets that Mynah did.
    #[command(after_long_help = exit::HELP)]
    Judge {
        #[command(flatten)]
        judging: Judging,
    },
    /// Count what of descriptions journals exercised
    #[command(after_long_help = exit::HELP)]
    Coverage {
        #[command(flatten)]
        counting: Counting,
    },
    /// Write journals as an HTTP Archive (HAR 1.2), which browsers open
    #[command(after_long_help = exit::HELP)]
    Har {
        #[command(flatten)]
        archiving: Archiving,
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
    /// Print the smallest request for each documented reply, as curl lines that work
    ///
    /// Every status, media type and named example of every operation has its request, each proven by
    /// answering it. What no request obtains by itself, such as a 500, is asked for by `Prefer`, and is
    /// told to be.
    #[command(after_long_help = exit::HELP)]
    Requests {
        #[command(flatten)]
        obtaining: Obtaining,
    },
    /// Write each documented reply into a file, with the request that obtains it, for reviews
    ///
    /// What is new is written below its API's name, and what changed as `.snap.new`, until `mynah review`
    /// accepts it; of what is documented no more a `.snap.gone` waits there. The files are the same on
    /// every machine, and in the format of insta's snapshots.
    #[command(after_long_help = exit::HELP)]
    Snapshot {
        #[command(flatten)]
        snapping: Snapping,
    },
    /// Accept or reject what `mynah snapshot` found changed, one reply at a time
    ///
    /// Each is shown with the line of the description that documents it, and in a work tree of git with what
    /// changed there, and whether that breaks clients or providers. Keys: a accepts, r rejects, s skips, A
    /// accepts it and all others in which the same lines differ, q quits.
    #[command(after_long_help = exit::HELP)]
    Review {
        #[command(flatten)]
        reviewing: Reviewing,
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
    /// Say what each code means and what to change, or what one does
    #[command(after_long_help = exit::HELP)]
    Rules {
        /// The code, such as `required`; every one in a line when absent
        code: Option<String>,
        /// Print JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Print completions for a shell
    #[command(after_long_help = exit::HELP)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write that of each command into a folder
    #[command(after_long_help = exit::HELP)]
    Man {
        /// The folder, such as /usr/local/share/man/man1; it is made where there is none
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
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
