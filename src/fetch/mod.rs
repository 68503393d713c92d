//! Documents on other machines, over HTTP.
//!
//! Their addresses stand in descriptions, which others may have written. So a [`Fetcher`] looks each
//! host up once, connects to no address outside of its [`Reach`], asks anew at each redirection, and
//! stops at its [`Limits`]. It sends no credentials and uses no proxy.
//!
//! The cargo feature `remote`, on by default, has the HTTP client; without it every document is refused.

#[cfg(feature = "remote")]
mod client;
#[cfg(not(feature = "remote"))]
#[path = "no_client.rs"]
mod client;
mod error;
mod url;

use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    Source,
    description::{Fetch, FetchFault},
    reach::Reach,
};
use client::Client;
pub use error::{FetchError, FetchErrorKind};
use url::Url;

/// What is borne from those who have documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a document may take, from the look-up of its host to its last byte, with all
    /// redirections. Default 30 seconds.
    pub document_time: Duration,
    /// How long all documents of a fetcher may take together. Default 2 minutes.
    pub time: Duration,
    /// How many bytes all documents of a fetcher may have together. Default 64 MiB.
    pub bytes: usize,
    /// How many redirections of a document are followed. Default 5.
    pub redirections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_time: Duration::from_secs(30),
            time: Duration::from_secs(120),
            bytes: 64 << 20,
            redirections: 5,
        }
    }
}

/// Reads documents over HTTP; one for each description, since its limits are about all that it reads.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use mynah::{Description, description::Access, fetch::Fetcher, reach::Reach};
///
/// let fetcher = Arc::new(Fetcher::new(Reach::Public));
/// let source = fetcher.get("https://example.com/openapi.yaml")?;
/// let access = Access { fetch: Some(fetcher.into()), ..Access::default() };
/// let description = Description::load_from(source, access, &[])?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Fetcher {
    reach: Reach,
    /// Made for the first document.
    client: OnceLock<Client>,
    limits: Limits,
    left: Mutex<Left>,
}

/// What is left of the limits on all documents together.
#[derive(Debug)]
struct Left {
    time: Duration,
    bytes: usize,
}

/// What a server answers that has a document or knows where it is.
#[cfg_attr(
    not(feature = "remote"),
    allow(dead_code, reason = "nothing answers there")
)]
enum Answer {
    Document(Vec<u8>),
    /// The `Location` (RFC 9110 section 10.2.2).
    Redirection(String),
}

impl Fetcher {
    /// Whether this build can read documents: whether it has the cargo feature `remote`.
    pub const IS_BUILT: bool = cfg!(feature = "remote");

    /// A fetcher that connects to the addresses of a reach. The certificates of `https:` are held
    /// against Mozilla's list of authorities, or the PEM file that the environment variable
    /// `SSL_CERT_FILE` names.
    pub fn new(reach: Reach) -> Self {
        Self::with_limits(reach, Limits::default())
    }

    /// The same with limits of its own.
    pub fn with_limits(reach: Reach, limits: Limits) -> Self {
        Self {
            reach,
            client: OnceLock::new(),
            limits,
            left: Mutex::new(Left {
                time: limits.time,
                bytes: limits.bytes,
            }),
        }
    }

    /// Reads the document at a URL. Its name is the URL where it was found after all redirections,
    /// without a fragment.
    ///
    /// # Errors
    /// See [`FetchErrorKind`].
    pub fn get(&self, url: &str) -> Result<Source, FetchError> {
        // One after the other: what one spends, the next does not have.
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.time.is_zero() {
            return Err(FetchErrorKind::OutOfTime(self.limits.time).into());
        }
        let began = Instant::now();
        let time = self.limits.document_time.min(left.time);
        let found = self.follow(url, began + time, left.bytes);
        left.time = left.time.saturating_sub(began.elapsed());
        let (url, bytes) = found.map_err(|error| match error.kind {
            FetchErrorKind::TimedOut(_) if time < self.limits.document_time => {
                FetchErrorKind::OutOfTime(self.limits.time).into()
            }
            _ => error,
        })?;
        left.bytes -= bytes.len().min(left.bytes);
        Source::from_bytes(url.as_str(), bytes).map_err(|why| FetchErrorKind::NotText(why).into())
    }

    /// The document that a URL leads to, and where it was in the end.
    fn follow(
        &self,
        url: &str,
        deadline: Instant,
        bytes: usize,
    ) -> Result<(Url, Vec<u8>), FetchError> {
        let mut url = Url::parse(url)?;
        for hop in 0..=self.limits.redirections {
            let here = |kind: FetchErrorKind| FetchError {
                kind,
                redirected_to: (hop > 0).then(|| url.as_str().to_owned()),
            };
            match self.ask(&url, deadline, bytes).map_err(here)? {
                Answer::Document(bytes) => return Ok((url, bytes)),
                Answer::Redirection(location) => url = url.join(&location).map_err(here)?,
            }
        }
        Err(FetchErrorKind::Redirections(self.limits.redirections).into())
    }

    fn ask(&self, url: &Url, deadline: Instant, bytes: usize) -> Result<Answer, FetchErrorKind> {
        let time = deadline.saturating_duration_since(Instant::now());
        let client = self.client.get_or_init(|| Client::new(self.reach));
        match client.ask(url, time, bytes) {
            Err(FetchErrorKind::TimedOut(_)) => {
                Err(FetchErrorKind::TimedOut(self.limits.document_time))
            }
            Err(FetchErrorKind::TooLong(_)) => Err(FetchErrorKind::TooLong(self.limits.bytes)),
            other => other,
        }
    }
}

/// As the loader of descriptions takes it.
impl From<Arc<Fetcher>> for Fetch {
    fn from(fetcher: Arc<Fetcher>) -> Self {
        Self::new(move |url| fetcher.get(url).map_err(FetchFault::from))
    }
}
