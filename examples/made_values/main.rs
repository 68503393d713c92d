//! Are made values valid? Another validator is asked.
//!
//! `cargo run --release --example made_values -- [--seeds N | --snapshots] [--verbose] API...` asks every operation
//! of each API, a built-in one or a file, for each of its documented replies, made by
//! `Prefer: dynamic=true` with several seeds, and holds the bodies against the description.
//!
//! With `--snapshots` it is the replies that `mynah snapshot` writes, each by its own request; among them are
//! documented examples, which are counted apart where they break their schemas.
//!
//! What is independent of Mynah: the description is read anew (`serde_json`, `serde_yaml_ng`), its
//! references are followed anew, its schemas are written as JSON Schema 2020-12 by rules of this
//! program, and `boon` validates, formats included. Nothing of that is shared with what makes values.
//!
//! What is not: the requests are those that Mynah shows for its operations, and the status and media
//! type of a reply, which say which schema it has, are taken from it. What a discriminator stands for
//! is read as Mynah reads it: of several branches that fit, the value says which is meant. Only JSON is
//! held against its schema, patterns that look around are not checked, formats are those of JSON Schema.
//!
//! A row of the table has the operations of a description, how many replies were checked and how many
//! of them are invalid, how many are documented examples that break their schemas, how many could not be checked, and how many requests did not get the reply that
//! they asked for (`--verbose` says why). It ends with 1 when a reply is invalid.

mod check;
mod documents;
mod judge;
mod plain;
#[cfg(test)]
mod tests;
mod yaml;

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::ExitCode,
};

use check::{check, check_snapshots};
use mynah::{Api, Description, Finding, description::Access, vendors};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut seeds = 3;
    let mut verbose = false;
    let mut snapshots = false;
    let mut names = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--seeds" => seeds = arguments.next().ok_or("--seeds takes a number")?.parse()?,
            "--snapshots" => snapshots = true,
            "--verbose" => verbose = true,
            _ => names.push(argument),
        }
    }
    println!("operations  checked  invalid  misfits  unchecked  unmade  description");
    let mut code = ExitCode::SUCCESS;
    for name in names {
        let (api, file) = open(&name)?;
        let tally = match snapshots {
            true => check_snapshots(&api, &file)?,
            false => check(&api, &file, seeds)?,
        };
        println!(
            "{:>10}  {:>7}  {:>7}  {:>7}  {:>9}  {:>6}  {}",
            tally.operations,
            tally.checked,
            tally.invalid.len(),
            tally.misfits.len(),
            tally.unchecked,
            tally.unmade.len(),
            api.title(),
        );
        for fault in &tally.invalid {
            println!("\n{fault}\n");
        }
        let more = tally.misfits.iter().chain(&tally.unmade);
        for fault in more.filter(|_| verbose) {
            println!("  {fault}");
        }
        if !tally.invalid.is_empty() {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

/// A built-in API or a file, and where its description stands.
fn open(name: &str) -> Result<(Api, PathBuf), String> {
    let said = |findings: Vec<Finding>| {
        let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
        lines.join("\n")
    };
    if let Some(api) = vendors::load(name) {
        let file = format!("{}/specs/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        return Ok((api.map_err(said)?, file.into()));
    }
    let access = Access {
        outside: true,
        ..Access::default()
    };
    let description = Description::open(Path::new(name), access).map_err(|it| it.to_string())?;
    Ok((Api::compile(description).map_err(said)?, name.into()))
}
