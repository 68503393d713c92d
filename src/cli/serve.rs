//! `mynah serve`: APIs over HTTP.

use std::{
    io::{self, Write},
    net::SocketAddr,
    sync::mpsc,
    thread,
};

use super::{
    Exit,
    args::{Described, MountAt, Serving},
    choices::Choices,
    console::Console,
    error::CliError,
    places, watch,
};
use crate::{
    contract::{Settings, Strictness},
    server::{Config, Mount, Server},
};

/// What to serve, and how.
pub(super) struct Plan<'a> {
    /// What to serve.
    pub(super) names: &'a [String],
    /// What to serve below prefixes.
    pub(super) mounts: &'a [MountAt],
    /// How it is read and compiled.
    pub(super) choices: Choices,
    /// Where it is served.
    pub(super) config: Config,
    /// Whether to heed changes of files.
    pub(super) watch: bool,
    /// What another program of this kind says when it is ready, where scripts wait for it.
    pub(super) also_says: Option<&'static str>,
}

/// Serves what is named until the process is asked to end.
pub(super) fn serve(
    described: &Described,
    serving: &Serving,
    console: &mut Console<'_>,
) -> Result<Exit, CliError> {
    let choices = Choices {
        settings: Settings {
            read_only: described.read_only,
            tells_choice: described.tell_choice,
            ..settings(described.strict)
        },
        ..described.compiling.choices()
    };
    let plan = Plan {
        names: &described.names,
        mounts: &described.mounts,
        choices,
        config: serving.config(),
        watch: described.watching.is_wanted(console.out.is_terminal),
        also_says: None,
    };
    run(plan, console)
}

/// How APIs reply, where query parameters and bodies that are not described are refused or not.
pub(super) fn settings(is_strict: bool) -> Settings {
    Settings {
        strictness: match is_strict {
            true => Strictness::Strict,
            false => Strictness::Lenient,
        },
        ..Settings::default()
    }
}

/// Carries out a plan until the process is asked to end.
pub(super) fn run(plan: Plan<'_>, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let served = places::load(plan.names, plan.mounts, &plan.choices, &mut console.err)?;
    let mounts: Vec<Mount> = served.iter().map(|served| served.mount.clone()).collect();
    let server = Server::bind(plan.config, mounts.clone())?;
    let url = url(server.addr());
    let Console { out, err } = console;
    print_operations(&mounts, &url, &mut out.to)?;
    let mut printed = Ok(());
    let serving = || printed = print_address(&url, plan.also_says, &mut out.to);
    thread::scope(|scope| {
        let (ending, ended) = mpsc::channel();
        let choices = &plan.choices;
        let aside = scope.spawn(move || {
            // Standard error that cannot be written to is no reason to stop serving.
            let _ = places::review(&served, choices, err);
            if plan.watch {
                watch::watch(served, choices, err, &ended);
            }
        });
        let ran = server.run_until_signal(serving);
        drop(ending);
        // A panic there was reported when it happened, and ended nothing else.
        let _ = aside.join();
        ran
    })?;
    printed?;
    Ok(Exit::Done)
}

/// Where a client on this machine reaches the server.
pub(super) fn url(mut addr: SocketAddr) -> String {
    if addr.ip().is_unspecified() {
        // All addresses, which is none to connect to.
        addr.set_ip(match addr {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    format!("http://{addr}")
}

/// Of an API with more operations than this only their number is printed.
const MAX_PRINTED: usize = 40;

/// Every operation as a curl line below a comment, so that the whole is a shell script.
fn print_operations(mounts: &[Mount], url: &str, out: &mut dyn Write) -> io::Result<()> {
    for mount in mounts {
        let api = mount.api();
        let base = format!("{url}{}", mount.prefix());
        writeln!(out, "# {}: {base}", api.title())?;
        if api.operations().len() > MAX_PRINTED {
            let count = api.operations().len();
            writeln!(
                out,
                "# {count} operations: {url}/ lists them with a curl line for each\n"
            )?;
            continue;
        }
        for operation in api.operations() {
            write!(out, "\n# {} {}", operation.method(), operation.path())?;
            if let Some(summary) = operation.summary() {
                write!(out, ": {}", summary.replace('\n', " "))?;
            }
            writeln!(out, "\n{}", operation.sample().curl(&base))?;
        }
        writeln!(out)?;
    }
    out.flush()
}

/// Says where it is listened, in the line that scripts wait for.
pub(super) fn print_address(
    url: &str,
    also_says: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some(words) = also_says {
        writeln!(out, "# {words} {url}")?;
    }
    writeln!(out, "listening on {url}")?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_printed_can_be_connected_to() {
        for (addr, want) in [
            ("127.0.0.1:4010", "http://127.0.0.1:4010"),
            ("0.0.0.0:80", "http://127.0.0.1:80"),
            ("[::]:80", "http://[::1]:80"),
        ] {
            assert_eq!(url(addr.parse().unwrap()), want);
        }
    }
}
