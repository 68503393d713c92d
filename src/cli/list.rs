//! `mynah list`: APIs and their operations.

use std::io::Write;

use serde_json::{Value, json};

use super::{Exit, args::Listing, console::Console, error::CliError, places};
use crate::Api;

/// Prints APIs and their operations.
pub(super) fn list(listing: &Listing, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let choices = listing.compiling.choices();
    let served = places::load(&listing.names, &[], &choices, &mut console.err)?;
    let apis: Vec<_> = served.iter().map(|served| served.mount.api()).collect();
    let out = &mut *console.out.to;
    if listing.json {
        let apis: Vec<Value> = apis.iter().map(|api| to_json(api)).collect();
        writeln!(out, "{:#}", Value::Array(apis))?;
    } else {
        for (index, api) in apis.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            print_api(api, out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn print_api(api: &Api, out: &mut dyn Write) -> Result<(), CliError> {
    writeln!(out, "{}: {}", api.name(), api.title())?;
    for operation in api.operations() {
        write!(out, "  {} {}", operation.method(), operation.path())?;
        match operation.summary() {
            Some(summary) => writeln!(out, "  {}", summary.replace('\n', " "))?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

fn to_json(api: &Api) -> Value {
    let operations = api.operations().iter();
    let operations: Vec<Value> = operations
        .map(|operation| {
            json!({
                "method": operation.method().as_str(),
                "path": operation.path(),
                "summary": operation.summary(),
            })
        })
        .collect();
    json!({ "name": &**api.name(), "title": api.title(), "operations": operations })
}
