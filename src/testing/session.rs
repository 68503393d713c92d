//! A part of a fake's exchanges: those of one client.

use super::{Fake, broken::Broken};
use crate::{Exchange, journal::Query};

/// A session of a fake: what is sent to its URL is told apart from everything else, so that tests that
/// run at the same time share one fake and judge their own requests only.
///
/// ```
/// use mynah::testing::Fake;
///
/// let fake = Fake::start("qoolife");
/// let session = fake.session("one-test");
/// assert!(session.url().starts_with(fake.url()));
/// session.assert_no_violations();
/// ```
#[derive(Debug)]
pub struct Session<'f> {
    fake: &'f Fake,
    name: String,
    url: String,
}

impl<'f> Session<'f> {
    pub(super) fn of(fake: &'f Fake, name: &str) -> Self {
        Self {
            fake,
            name: name.to_owned(),
            url: format!("{}/__mynah/session/{name}", fake.url()),
        }
    }

    /// Where the fake is reached in this session, without a `/` at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The name, which clients that cannot have another base URL send as `Mynah-Session`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What was exchanged in this session since the start or the last [`Session::forget`], in order.
    pub fn exchanges(&self) -> Vec<Exchange> {
        let query = Query {
            session: Some(self.name.clone()),
            ..Query::default()
        };
        let records = self.fake.journal().find(&query);
        records.iter().map(|it| it.exchange.clone()).collect()
    }

    /// Forgets what was exchanged in this session so far.
    pub fn forget(&self) {
        self.fake.journal().clear_session(&self.name);
    }

    /// Passes when every request of this session kept to the contract.
    ///
    /// # Panics
    /// As [`Fake::assert_no_violations`].
    #[track_caller]
    pub fn assert_no_violations(&self) {
        let exchanges = self.exchanges();
        let api = self.fake.api();
        if let Some(broken) = Broken::find(api.name(), &exchanges, self.fake.journal().dropped()) {
            panic!("{broken}");
        }
    }
}
