//! HTTP Archive 1.2, which browsers, proxies and test tools write and read.

mod read;
mod write;

pub use read::{HarEntry, HarError, from_har};
pub use write::to_har;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Name and value, as header fields, cookies and parameters have them.
#[derive(Serialize, Deserialize)]
struct Pair<'a> {
    name: Cow<'a, str>,
    #[serde(default)]
    value: Cow<'a, str>,
}

#[cfg(test)]
mod tests;
