//! `mynah check` against real providers: one that keeps to its description, and the same with faults.

mod fakes;
mod faults;
mod provider;
mod refused;
mod server;
#[cfg(feature = "tls")]
mod tls;
mod transport;

use std::{net::SocketAddr, time::Duration};

use mynah::{
    Api, Description, Source,
    check::{Checked, Credentials, Methods, Options, check},
    client::{Client, ClientError, Upstream},
    report::{Outcome, Problem},
};
use provider::TOKEN;

const PETS: &str = include_str!("pets.yaml");

fn api(text: &str) -> Api {
    Api::compile(Description::load(Source::new("pets.yaml", text)).unwrap()).unwrap()
}

/// All methods, with the credentials of the pets.
fn options() -> Options {
    let credential = ("MYNAH_CREDENTIAL_TOKEN".to_owned(), TOKEN.to_owned());
    Options {
        methods: Methods::All,
        credentials: Credentials::of([credential]),
        ..Options::default()
    }
}

fn checked(api: &Api, addr: SocketAddr, options: &Options) -> Result<Checked, ClientError> {
    let upstream: Upstream = format!("http://{addr}").parse().unwrap();
    let client = Client::new(upstream, Duration::from_secs(2), 1 << 20);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(check(api, client, options, &mut |_| {}))
}

/// The problems, each with the operation that it is of.
fn problems(checked: &Checked) -> Vec<(String, Problem)> {
    let cases = checked.run.suites.iter().flat_map(|suite| &suite.cases);
    let each = cases.flat_map(|case| match &case.outcome {
        Outcome::Tried(problems) => problems
            .iter()
            .map(|problem| (case.name.clone(), problem.clone()))
            .collect(),
        Outcome::Skipped(_) => Vec::new(),
    });
    each.collect()
}
