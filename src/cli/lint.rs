//! `mynah lint`: all faults in descriptions.

use std::time::SystemTime;

use super::{
    Exit, args::Linting, check::check, choices::Choices, console::Console, descriptions::Overlays,
    error::CliError, reports, rules, target::Target,
};
use crate::{
    Api,
    description::Severity,
    report::{self, Run, Sources, Suite},
};

/// Prints every finding; the exit code says whether one is to be mended.
pub(super) fn lint(linting: &Linting, console: &mut Console<'_>) -> Result<Exit, CliError> {
    if let Some(code) = &linting.explain {
        return rules::explain(code, console);
    }
    reports::prepare(&linting.reporting)?;
    let mut sources = Sources::default();
    let mut run = Run {
        at: SystemTime::now(),
        suites: Vec::new(),
    };
    // All there is to find, also beside what a server would not start for.
    let choices = Choices {
        lenient: true,
        ..linting.reading.choices()
    };
    let mut errors = Vec::new();
    let overlays = Overlays::read(&choices).unwrap_or_else(|error| {
        errors.push(error);
        Overlays::default()
    });
    for name in &linting.names {
        let checked = Target::of(name);
        match checked.and_then(|target| check(&target, &choices, &overlays, &mut sources)) {
            Ok(checked) => {
                let mut findings = checked.findings;
                findings.extend(checked.api.iter().flat_map(Api::review));
                run.suites.push(Suite::of_findings(checked.name, &findings));
            }
            Err(error) => errors.push(error),
        }
    }
    // A report without what could not be read would look whole.
    if let Some(error) = CliError::all(errors) {
        return Err(error);
    }
    let out = &mut console.out;
    let format = linting.format.format(out.colours);
    out.to
        .write_all(report::render(&run, &mut sources, format).as_bytes())?;
    out.to.flush()?;
    reports::write_reports(&run, &mut sources, &linting.reporting, out)?;
    let is_clean = run.count(Severity::Warning) == 0 || !linting.deny_warnings;
    match run.passes() && is_clean {
        true => Ok(Exit::Done),
        false => Ok(Exit::ContractBroken),
    }
}
