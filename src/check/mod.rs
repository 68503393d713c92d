//! A real provider, held against its description: requests are made from it, sent, and their replies judged.
//!
//! What is sent is planned by [`contract`](crate::contract) alone: documented examples, made requests that
//! keep to the contract, and requests that break one rule each. Whether a request keeps to it is asked of
//! the same code that a fake refuses requests by, and so is whether a reply does.

mod case;
mod chain;
mod options;
mod plan;
mod repeat;
mod run;
mod session;
mod shrink;
mod trial;
mod verdict;

pub use crate::drafts::Credentials;
pub use case::Tally;
pub use options::{Kind, Methods, Options};
pub use run::{Checked, Progress, check};

/// The length of the content, as the header fields say it.
fn length(headers: &http::HeaderMap) -> Option<u64> {
    let field = headers.get(http::header::CONTENT_LENGTH)?;
    field.to_str().ok()?.trim().parse().ok()
}
