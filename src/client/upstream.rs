//! Where a server is.

use std::fmt;

use http::{HeaderValue, Uri};

/// A server, by its base URL: what stands before the paths of its API.
///
/// ```
/// use mynah::client::Upstream;
///
/// let upstream: Upstream = "http://localhost:8080/v1/".parse().unwrap();
/// assert_eq!(upstream.base(), "/v1");
/// assert_eq!(upstream.to_string(), "http://localhost:8080/v1");
/// assert!("localhost:8080".parse::<Upstream>().is_err());
/// ```
#[derive(Debug, Clone)]
pub struct Upstream {
    pub(super) is_tls: bool,
    /// A name or an address, without the brackets that an IPv6 address has in a URL.
    pub(super) host: String,
    pub(super) port: u16,
    /// Host and port as the URL has them.
    authority: String,
    base: String,
}

/// Why a text is no base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoUpstream {
    /// No URL of HTTP; the text.
    NoUrl(String),
    /// A query or a fragment, which nothing can be put after; the text.
    Query(String),
    /// A user, who would be lost; the text.
    User(String),
    /// TLS is wanted, and this program is built without.
    NoTls(String),
}

impl Upstream {
    /// The path that stands before those of the API, without a slash at its end; often empty.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The value of a `Host` field (RFC 9110 section 7.2).
    pub fn host_field(&self) -> HeaderValue {
        HeaderValue::from_str(&self.authority).unwrap_or(HeaderValue::from_static(""))
    }

    /// Scheme, host and port, as `http://localhost:8080`.
    pub fn origin(&self) -> String {
        let scheme = if self.is_tls { "https" } else { "http" };
        format!("{scheme}://{}", self.authority)
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.base)
    }
}

impl std::str::FromStr for Upstream {
    type Err = NoUpstream;

    fn from_str(text: &str) -> Result<Self, NoUpstream> {
        let no_url = || NoUpstream::NoUrl(text.to_owned());
        if text.contains(['?', '#']) {
            return Err(NoUpstream::Query(text.to_owned()));
        }
        let url: Uri = text.parse().map_err(|_| no_url())?;
        let is_tls = match url.scheme_str() {
            Some("http") => false,
            Some("https") if cfg!(feature = "tls") => true,
            Some("https") => return Err(NoUpstream::NoTls(text.to_owned())),
            _ => return Err(no_url()),
        };
        let authority = url.authority().ok_or_else(no_url)?;
        if authority.as_str().contains('@') {
            return Err(NoUpstream::User(text.to_owned()));
        }
        let host = authority
            .host()
            .trim_start_matches('[')
            .trim_end_matches(']');
        if host.is_empty() {
            return Err(no_url());
        }
        Ok(Self {
            is_tls,
            host: host.to_owned(),
            port: authority
                .port_u16()
                .unwrap_or(if is_tls { 443 } else { 80 }),
            authority: authority.to_string(),
            base: url.path().trim_end_matches('/').to_owned(),
        })
    }
}

impl fmt::Display for NoUpstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUrl(text) => write!(f, "`{text}` is no URL of the form http://host:port/path"),
            Self::Query(text) => write!(
                f,
                "`{text}` has a query or a fragment; the paths of the API come after it"
            ),
            Self::User(text) => write!(
                f,
                "`{text}` names a user; credentials are given in the environment"
            ),
            Self::NoTls(text) => write!(
                f,
                "`{text}` wants TLS, which this program is built without; use http://, or build it with \
                 the feature `tls`"
            ),
        }
    }
}

impl std::error::Error for NoUpstream {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_taken_apart() {
        for (text, want) in [
            ("http://h", Some(("h", 80, ""))),
            ("http://h/", Some(("h", 80, ""))),
            (
                "http://127.0.0.1:8080/a/b/",
                Some(("127.0.0.1", 8080, "/a/b")),
            ),
            ("http://[::1]:1/a", Some(("::1", 1, "/a"))),
            ("HTTP://h", Some(("h", 80, ""))),
            ("", None),
            ("h", None),
            ("h:80", None),
            ("/a", None),
            ("ftp://h", None),
            ("http://", None),
            ("http:///a", None),
            ("http://h?a=1", None),
            ("http://h#a", None),
            ("http://u:p@h", None),
        ] {
            let read = text.parse::<Upstream>().ok();
            let read = read
                .as_ref()
                .map(|it| (it.host.as_str(), it.port, it.base()));
            assert_eq!(read, want, "{text}");
        }
    }

    #[test]
    fn tls_has_its_own_port() {
        let port = "https://h".parse::<Upstream>().map(|it| it.port);
        match cfg!(feature = "tls") {
            true => assert_eq!(port, Ok(443)),
            false => assert_eq!(port, Err(NoUpstream::NoTls("https://h".to_owned()))),
        }
    }
}
