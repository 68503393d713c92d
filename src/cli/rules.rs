//! `mynah rules`: what each code means.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Exit, console::Console, error::CliError};
use crate::report::{About, Rule, rules};

/// Prints every code, or what one means.
pub(super) fn print(
    code: Option<&str>,
    as_json: bool,
    console: &mut Console<'_>,
) -> Result<Exit, CliError> {
    match (code, as_json) {
        (code, true) => print_json(code, console),
        (Some(code), false) => explain(code, console),
        (None, false) => {
            list(&mut console.out.to)?;
            Ok(Exit::Done)
        }
    }
}

/// Prints what a code means; `all` is every code.
///
/// # Errors
/// There is no such code.
pub(super) fn explain(code: &str, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let meant = match code {
        "all" => rules().iter().collect(),
        code => named(code)?,
    };
    let out = &mut console.out.to;
    for (index, rule) in meant.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {}", rule.code, rule.summary)?;
        writeln!(out, "{}", wrapped(rule.explanation))?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn print_json(code: Option<&str>, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let meant = match code {
        Some(code) => named(code)?,
        None => rules().iter().collect(),
    };
    let meant: Vec<Value> = meant.into_iter().map(to_json).collect();
    writeln!(console.out.to, "{:#}", Value::Array(meant))?;
    console.out.to.flush()?;
    Ok(Exit::Done)
}

/// The rows of a code: there are two where it has a meaning in two matters.
fn named(code: &str) -> Result<Vec<&'static Rule>, CliError> {
    let named: Vec<&Rule> = rules().iter().filter(|rule| rule.code == code).collect();
    match named.is_empty() {
        true => Err(CliError::UnknownCode {
            code: code.to_owned(),
        }),
        false => Ok(named),
    }
}

fn to_json(rule: &Rule) -> Value {
    json!({
        "code": rule.code,
        "about": rule.about.as_str(),
        "summary": rule.summary,
        "explanation": rule.explanation,
    })
}

/// A line for each code, below what it is about.
fn list(out: &mut impl Write) -> io::Result<()> {
    let widest = rules().iter().map(|rule| rule.code.len()).max();
    let width = widest.unwrap_or_default();
    for about in [
        About::Description,
        About::Exchange,
        About::Provider,
        About::Run,
        About::Change,
    ] {
        writeln!(out, "{}", heading(about))?;
        for rule in rules().iter().filter(|rule| rule.about == about) {
            writeln!(out, "  {:width$}  {}", rule.code, rule.summary)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "`mynah rules CODE` says more, and what to change.")?;
    out.flush()
}

fn heading(about: About) -> &'static str {
    match about {
        About::Description => "Faults of descriptions (lint, serve):",
        About::Exchange => {
            "Violations by requests and replies (serve, run, explain, proxy, check):"
        }
        About::Provider => "What a provider does wrong beside (check):",
        About::Run => "What a run falls short of (run):",
        About::Change => "Changes between descriptions (diff):",
    }
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
