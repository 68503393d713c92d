//! Generates Rust from `specs/`: typed models, typed clients, and the catalogue of built-in APIs.

use std::{env, fs, path::Path, process::ExitCode};

use contract::Api;
use description::{Description, Finding, Severity, Source};

// The same code that serves the documents, so that nothing passes here which a server would refuse.
#[allow(dead_code, unused_imports, reason = "the server uses the rest")]
#[path = "src/contract/mod.rs"]
mod contract;
#[allow(dead_code, unused_imports, reason = "the server uses the rest")]
#[path = "src/description/mod.rs"]
mod description;
#[allow(dead_code, unused_imports, reason = "the server uses the rest")]
#[path = "src/exchange/mod.rs"]
mod exchange;

#[path = "src/codegen/mod.rs"]
mod codegen;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=specs");
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(messages) => {
            for message in messages {
                println!("cargo::error={}", message.replace('\n', " "));
            }
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<(), Vec<String>> {
    let parts = match env::var_os("CARGO_FEATURE_CLIENT") {
        Some(_) => codegen::Parts::TypesAndClient,
        None => codegen::Parts::Types,
    };
    let output = codegen::read_folder(Path::new("specs"))
        .and_then(|specs| {
            check(&specs)?;
            codegen::generate(&specs, parts)
        })
        .map_err(|findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let out = env::var_os("OUT_DIR")
        .ok_or_else(|| vec!["OUT_DIR is not set: run this with cargo".to_owned()])?;
    for (name, text) in [
        ("models.rs", output.models),
        ("catalogue.rs", output.catalogue),
    ] {
        let path = Path::new(&out).join(name);
        fs::write(&path, text).map_err(|error| vec![format!("{}: {error}", path.display())])?;
    }
    Ok(())
}

/// Compiles each description as the server does: what it would refuse ends the build.
fn check(specs: &[codegen::Spec]) -> Result<(), Vec<Finding>> {
    let mut faults = Vec::new();
    for spec in specs {
        let source = Source::new(spec.file.as_str(), spec.text.as_str());
        let compiled = Description::load(source)
            .map_err(|fault| vec![fault])
            .and_then(Api::compile);
        let found = compiled.map_or_else(
            |found| found,
            |api| [api.warnings().to_vec(), api.review()].concat(),
        );
        let is_error = |finding: &Finding| finding.severity == Severity::Error;
        let (errors, warnings): (Vec<_>, Vec<_>) = found.into_iter().partition(is_error);
        for warning in warnings {
            println!("cargo::warning={}", warning.to_string().replace('\n', " "));
        }
        faults.extend(errors);
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}
