//! Requests made from a description: documented ones, those at the edges of what it allows, and those that
//! break one of its rules.
//!
//! They are drafts, which are not written yet. Whether one keeps to the contract is asked of the same code
//! that a fake refuses requests by.

mod basis;
mod change;
mod credentials;
mod examples;
mod invalid;
mod target;
mod variants;

pub(crate) use basis::{Basis, is_of_credentials};
pub(crate) use change::{Change, To};
pub use credentials::Credentials;
pub(crate) use credentials::{Login, wrong};
pub(crate) use examples::documented;
pub(crate) use invalid::{Broken, invalid};
pub(crate) use target::Target;
pub(crate) use variants::all as variants;
