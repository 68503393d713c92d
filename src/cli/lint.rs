//! `mynah lint`: all faults in descriptions.

use std::io::Write;

use super::{
    Exit,
    args::{LintFormat, Linting},
    check::check,
    choices::Choices,
    console::Console,
    descriptions::Overlays,
    error::CliError,
    target::Target,
};
use crate::{
    Api, Finding,
    description::Severity,
    report::{self, Format, Rule, Sources},
};

/// Prints every finding; the exit code says whether one is to be mended.
pub(super) fn lint(linting: &Linting, console: &mut Console<'_>) -> Result<Exit, CliError> {
    if let Some(code) = &linting.explain {
        explain(code, &mut console.out.to)?;
        return Ok(Exit::Done);
    }
    let mut sources = Sources::default();
    let mut findings = Vec::new();
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
                findings.extend(checked.findings);
                findings.extend(checked.api.iter().flat_map(Api::review));
            }
            Err(error) => errors.push(error),
        }
    }
    // A report without what could not be read would look whole.
    if let Some(error) = CliError::all(errors) {
        return Err(error);
    }
    let format = match linting.format {
        LintFormat::Text => Format::Text {
            colours: console.out.colours,
        },
        LintFormat::Json => Format::Json,
        LintFormat::Sarif => Format::Sarif,
        LintFormat::Github => Format::Github,
    };
    let out = &mut *console.out.to;
    out.write_all(report::render(&findings, &mut sources, format).as_bytes())?;
    out.flush()?;
    let counts = |it: &Finding| linting.deny_warnings || it.severity == Severity::Error;
    match findings.iter().any(counts) {
        true => Ok(Exit::ContractBroken),
        false => Ok(Exit::Done),
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
