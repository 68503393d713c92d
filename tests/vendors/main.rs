//! The five built-in APIs held against what their vendors publish, and against what breaks it.
//!
//! One binary, since each links the whole library. `README.md` beside this file lists the traps of the
//! vendors' documents and where each is tested.

mod broken;
#[cfg(feature = "client")]
mod clients;
mod curl;
mod fixture;
mod noise;
mod pages;
mod robust;
mod seeds;
mod snapshots;
mod traps;
