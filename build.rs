//! Generates Rust from `specs/`: typed models, typed clients, and the catalogue of built-in APIs.

use std::{env, fs, path::Path, process::ExitCode};

// The loader reads the same documents here as in the server, which also uses the rest of it.
#[allow(dead_code, unused_imports)]
#[path = "src/description/mod.rs"]
mod description;

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
        .and_then(|specs| codegen::generate(&specs, parts))
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
