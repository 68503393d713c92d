//! Rust types and clients from descriptions, for the build script: the server itself has no use for it.
//!
//! ```text
//! specs/*.yaml ─► Description ─► lower ─► generate ─► models.rs     types, clients, typed requests
//!                                  └─► links ──────► catalogue.rs  which type belongs to which media type
//! ```
//!
//! A description goes through [`crate::description`] like any other. What the generator cannot
//! take is lowered to something of the same meaning, with a note that ends up in the module's
//! documentation; what it refuses even then is a [`Finding`] with file, line and column.

mod catalogue;
mod culprit;
mod document;
mod generate;
mod links;
mod lower;
mod media;
mod names;
mod notes;
mod references;
mod schemas;
mod specs;
#[cfg(test)]
mod tests;
mod typed_client;
mod typed_requests;

use std::path::Path;

use proc_macro2::TokenStream;
use quote::quote;

use crate::description::{Description, Finding, Location, Source};

pub use specs::{Spec, read_folder};

/// Which parts of the generated code to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// The types alone: nothing beyond serde to compile.
    Types,
    /// The types and the client that sends them.
    TypesAndClient,
}

/// The Rust text of `models.rs` and `catalogue.rs`.
#[derive(Debug)]
pub struct Output {
    /// One public module for each description.
    pub models: String,
    /// The static `CATALOGUE`, one entry for each description.
    pub catalogue: String,
}

/// Generates both files from the descriptions of a folder.
///
/// # Errors
/// One [`Finding`] for each description that no code can be generated from.
pub fn generate(specs: &[Spec], parts: Parts) -> Result<Output, Vec<Finding>> {
    let mut models = TokenStream::new();
    let mut entries = Vec::new();
    let mut findings = Vec::new();
    for spec in specs {
        match module(spec, parts) {
            Ok((module, entry)) => {
                models.extend(module);
                entries.push(entry);
            }
            Err(finding) => findings.push(finding),
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let catalogue = catalogue::write(&entries);
    match (generate::pretty(models), generate::pretty(catalogue)) {
        (Ok(models), Ok(catalogue)) => Ok(Output { models, catalogue }),
        (Err(reason), _) | (_, Err(reason)) => Err(vec![unreadable(&reason)]),
    }
}

/// One description as a Rust module and an entry of the catalogue.
fn module(spec: &Spec, parts: Parts) -> Result<(TokenStream, catalogue::Entry), Finding> {
    let description = Description::load(Source::new(spec.file.as_str(), spec.text.as_str()))?;
    references::check(&description)?;
    let lowered = lower::lower(&description);
    let code = generate::generate(&lowered, parts)
        .map_err(|failure| culprit::explain(&description, &lowered, &failure))?;
    let entry = catalogue::Entry::new(spec, &description, &lowered, &code)?;
    let typed_requests = typed_requests::write(&spec.name, &lowered, &code);
    let typed_client = typed_client::write(&spec.name, parts);
    let docs = notes::module_docs(&description, &spec.file, &lowered.notes);
    let name = quote::format_ident!("{}", spec.module);
    let body = &code.body;
    let module = quote! {
        pub mod #name {
            #(#![doc = #docs])*
            #body
            #typed_requests
            #typed_client
        }
    };
    Ok((module, entry))
}

fn unreadable(reason: &str) -> Finding {
    let folder = Location {
        file: "specs".into(),
        line: 1,
        column: 1,
    };
    Finding::error(
        crate::description::FindingCode::Unsupported,
        folder,
        format!("the generated code is not Rust: {reason}"),
    )
}

/// Where a file stands, as the compiler has to be told.
fn absolute(path: &Path) -> String {
    std::path::absolute(path)
        .unwrap_or_else(|_| path.to_path_buf())
        .display()
        .to_string()
}
