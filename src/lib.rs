//! # Mynah
//!
//! A fake HTTP API server built from OpenAPI descriptions: it holds each request against the
//! description and gives the answer that the description documents.
//!
//! Two straight lines (see `docs/architecture.md`): a description is loaded and compiled once into
//! an [`Api`]; then each request goes through [`answer()`], which is synchronous and pure.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod answer;
pub mod check;
pub mod cli;
pub mod client;
#[cfg(test)]
mod codegen;
pub mod contract;
pub mod cookbook;
pub mod description;
pub mod diff;
mod drafts;
pub mod exchange;
pub mod fetch;
pub mod journal;
pub mod outbound;
pub mod proxy;
pub mod reach;
pub mod recording;
pub mod report;
pub mod server;
pub mod snapshot;
pub mod testing;
pub mod vendors;

pub use answer::answer;
pub use contract::Api;
pub use description::{Description, Finding, Source};
pub use exchange::{Exchange, Reply, Request, Violation};

/// So does that of the page on checks.
#[cfg(doctest)]
#[doc = include_str!("../docs/check.md")]
struct CheckPage;

/// The README's Rust compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
