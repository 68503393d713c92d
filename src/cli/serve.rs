//! `mynah serve`: APIs over HTTP.

use std::{
    io::{self, Write},
    net::SocketAddr,
};

use super::{
    Exit,
    args::{Described, Serving},
    check::Choices,
    console::Console,
    error::CliError,
    places,
};
use crate::server::{Mount, Server};

/// Serves what is named until the process is asked to end.
pub(super) fn serve(
    described: &Described,
    serving: &Serving,
    console: &mut Console<'_>,
) -> Result<Exit, CliError> {
    let choices = Choices {
        lenient: described.lenient,
        ..Choices::default()
    };
    let served = places::compile(places::wanted(described)?, choices, &mut console.err)?;
    let mounts: Vec<Mount> = served.iter().map(|served| served.mount.clone()).collect();
    let server = Server::bind(serving.config(), mounts.clone())?;
    let url = url(server.addr());
    let out = &mut *console.out.to;
    print_operations(&mounts, &url, out)?;
    let mut printed = Ok(());
    server.run_until_signal(|| printed = print_address(&url, out))?;
    printed?;
    Ok(Exit::Done)
}

/// Where a client on this machine reaches the server.
fn url(mut addr: SocketAddr) -> String {
    if addr.ip().is_unspecified() {
        // All addresses, which is none to connect to.
        addr.set_ip(match addr {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    format!("http://{addr}")
}

/// Every operation as a curl line below a comment, so that the whole is a shell script.
fn print_operations(mounts: &[Mount], url: &str, out: &mut dyn Write) -> io::Result<()> {
    for mount in mounts {
        let api = mount.api();
        let base = format!("{url}{}", mount.prefix());
        writeln!(out, "# {}: {base}", api.title())?;
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

fn print_address(url: &str, out: &mut dyn Write) -> io::Result<()> {
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
