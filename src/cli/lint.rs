//! `mynah lint`: all faults in descriptions.

use std::{io::Write, time::SystemTime};

use super::{
    Exit, args::Linting, check::check, choices::Choices, console::Console, error::CliError,
    reports::write_reports, target::Target,
};
use crate::{
    Api,
    description::Severity,
    report::{self, Rule, Run, Sources, Suite},
};

/// Prints every finding; the exit code says whether one is to be mended.
pub(super) fn lint(linting: &Linting, console: &mut Console<'_>) -> Result<Exit, CliError> {
    if let Some(code) = &linting.explain {
        explain(code, &mut console.out.to)?;
        return Ok(Exit::Done);
    }
    let mut sources = Sources::default();
    let mut run = Run {
        at: SystemTime::now(),
        suites: Vec::new(),
    };
    // All there is to find, also beside what a server would not start for.
    let choices = Choices {
        lenient: true,
        ..Choices::default()
    };
    for name in &linting.names {
        let checked = check(&Target::of(name)?, &choices, &mut sources)?;
        let mut findings = checked.findings;
        findings.extend(checked.api.iter().flat_map(Api::review));
        run.suites.push(Suite::of_findings(checked.name, &findings));
    }
    let out = &mut console.out;
    let format = linting.format.format(out.colours);
    out.to
        .write_all(report::render(&run, &mut sources, format).as_bytes())?;
    out.to.flush()?;
    write_reports(&run, &mut sources, &linting.reporting, out)?;
    let is_clean = run.count(Severity::Warning) == 0 || !linting.deny_warnings;
    match run.passes() && is_clean {
        true => Ok(Exit::Done),
        false => Ok(Exit::ContractBroken),
    }
}

/// Prints what a code means.
fn explain(code: &str, out: &mut impl Write) -> Result<(), CliError> {
    let is_meant = |rule: &&Rule| code == "all" || rule.code.as_str() == code;
    let meant: Vec<&Rule> = report::rules().iter().filter(is_meant).collect();
    if meant.is_empty() {
        return Err(CliError::UnknownCode {
            code: code.to_owned(),
        });
    }
    for (index, rule) in meant.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {}", rule.code.as_str(), rule.summary)?;
        writeln!(out, "{}", wrapped(rule.explanation))?;
    }
    Ok(out.flush()?)
}

/// A text in lines of no more than 80 characters, each indented.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::from(" ")];
    for word in text.split(' ') {
        let line = lines.len() - 1;
        if lines[line].len() + 1 + word.len() > 80 {
            lines.push(String::from(" "));
        }
        let line = lines.len() - 1;
        lines[line].push(' ');
        lines[line].push_str(word);
    }
    lines.join("\n")
}
