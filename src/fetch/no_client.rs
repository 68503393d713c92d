//! No HTTP client: what stands in its place without the cargo feature `remote`.

use std::time::Duration;

use super::{Answer, FetchErrorKind, url::Url};
use crate::reach::Reach;

#[derive(Debug)]
pub(super) struct Client;

impl Client {
    pub(super) fn new(_: Reach) -> Self {
        Self
    }

    pub(super) fn ask(&self, _: &Url, _: Duration, _: usize) -> Result<Answer, FetchErrorKind> {
        Err(FetchErrorKind::NotBuilt)
    }
}
