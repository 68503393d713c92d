//! `mynah check`: a real provider against its description.

use std::{collections::BTreeMap, env};

use super::{
    Exit,
    args::{Checking, FormatName},
    choices::Choices,
    console::Console,
    error::CliError,
    places,
    progress_line::ProgressLine,
    reports::write_reports,
};
use crate::{
    check::{Checked, Credentials, check},
    client::Client,
    report::{self, Outcome, Sources},
};

/// The longest reply that is read.
const LONGEST_REPLY: usize = 10 << 20;

/// Checks a provider; the exit code says whether something is to be mended.
pub(super) fn check_provider(
    checking: &Checking,
    console: &mut Console<'_>,
) -> Result<Exit, CliError> {
    let choices = Choices {
        lenient: checking.lenient,
        ..checking.reading.choices()
    };
    let api = places::one(&checking.spec, &choices, &mut console.err)?;
    let mut options = checking.options();
    options.credentials = Credentials::of(variables());
    let client = Client::new(checking.against.clone(), checking.timeout, LONGEST_REPLY);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::Start(crate::server::StartError::System(error)))?;
    let mut line = ProgressLine::on(&mut console.err);
    let mut show = |progress: &_| line.show(progress);
    let checked = runtime.block_on(check(&api, client, &options, &mut show));
    line.clear();
    let checked = checked.map_err(|source| CliError::Unreached {
        url: checking.against.to_string(),
        source,
    })?;
    let mut sources = Sources::default();
    let texts = api.description().sources().iter().cloned();
    texts.for_each(|source| sources.add(source));
    let out = &mut console.out;
    let reports = &checking.reporting.reports;
    // A report on standard output is for a program, which no other text may confuse.
    if reports.iter().all(|report| report.file.is_some()) {
        let format = FormatName::Text.format(out.colours);
        let text = report::render(&checked.run, &mut sources, format);
        write!(out.to, "{text}{}", summary(&checked))?;
        out.to.flush()?;
    }
    write_reports(&checked.run, &mut sources, &checking.reporting, out)?;
    verdict(&checked)
}

/// The variables of the process that are text.
fn variables() -> impl Iterator<Item = (String, String)> {
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    env::vars_os().filter_map(text)
}

/// What was sent and what came of it, and what was not tried.
fn summary(checked: &Checked) -> String {
    let tally = checked.tally;
    let mut text = format!(
        "{} requests sent; of {} that keep to the contract {} were served, of {} that leave it {} were refused\n",
        checked.sent, tally.valid, tally.served, tally.invalid, tally.refused
    );
    for (why, operations) in untried(checked) {
        text.push_str(&format!("not tried: {} ({why})\n", operations.join(", ")));
    }
    if let Some(why) = &checked.ended {
        text.push_str(&format!("ended early: {why}\n"));
    }
    text
}

/// The operations that were not tried, by the reason for it.
fn untried(checked: &Checked) -> BTreeMap<&str, Vec<&str>> {
    let mut untried: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for case in checked.run.suites.iter().flat_map(|suite| &suite.cases) {
        if let Outcome::Skipped(why) = &case.outcome {
            untried.entry(why).or_default().push(&case.name);
        }
    }
    untried
}

fn verdict(checked: &Checked) -> Result<Exit, CliError> {
    if !checked.run.passes() {
        return Err(CliError::ProviderLeavesContract);
    }
    // To have seen nothing is not to have seen that all is well.
    if checked.served == 0 {
        let untried = untried(checked);
        return Err(CliError::NothingServed {
            untried: untried.values().map(Vec::len).sum(),
            why: untried.keys().next().map(|why| (*why).to_owned()),
        });
    }
    Ok(Exit::Done)
}
