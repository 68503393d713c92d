//! Addresses that documents are read from.

use fluent_uri::{Uri, UriRef};

use super::FetchErrorKind;

/// An `http:` or `https:` URL with a host, without a user and a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Url(String);

impl Url {
    pub(super) fn parse(text: &str) -> Result<Self, FetchErrorKind> {
        let uri = Uri::parse(text).map_err(|_| FetchErrorKind::NotAUrl(text.to_owned()))?;
        Self::of(&uri.to_owned())
    }

    /// Where a reference leads from here (RFC 3986 section 5).
    pub(super) fn join(&self, reference: &str) -> Result<Self, FetchErrorKind> {
        let not_a_url = || FetchErrorKind::NotAUrl(reference.to_owned());
        let base = Uri::parse(&*self.0).map_err(|_| not_a_url())?;
        let reference = UriRef::parse(reference).map_err(|_| not_a_url())?;
        let joined = reference.resolve_against(&base).map_err(|_| not_a_url())?;
        Self::of(&joined)
    }

    fn of(uri: &Uri<String>) -> Result<Self, FetchErrorKind> {
        let uri = uri.normalize();
        let scheme = uri.scheme().as_str();
        if !matches!(scheme, "http" | "https") {
            return Err(FetchErrorKind::Scheme(scheme.to_owned()));
        }
        match uri.authority() {
            Some(authority) if authority.userinfo().is_some() => Err(FetchErrorKind::User),
            Some(authority) if !authority.host().is_empty() => {
                Ok(Self(uri.strip_fragment().as_str().to_owned()))
            }
            _ => Err(FetchErrorKind::NotAUrl(uri.as_str().to_owned())),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a connection is secured by TLS.
    #[cfg(feature = "remote")]
    pub(super) fn is_secure(&self) -> bool {
        self.0.starts_with("https:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_documents_over_http_are_taken() {
        for (text, want) in [
            (
                "https://example.com/a.yaml#/x",
                "https://example.com/a.yaml",
            ),
            (
                "HTTP://Example.com/b/../a.yaml?x=1",
                "http://example.com/a.yaml?x=1",
            ),
            ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ] {
            assert_eq!(Url::parse(text).unwrap().as_str(), want);
        }
        for (text, want) in [
            (
                "ftp://example.com/a",
                "`ftp:` is not read, only `http:` and `https:` are",
            ),
            (
                "file:///etc/passwd",
                "`file:` is not read, only `http:` and `https:` are",
            ),
            (
                "http:///a",
                "`http:///a` is not a URL such as https://example.com/openapi.yaml",
            ),
            (
                "http:a",
                "`http:a` is not a URL such as https://example.com/openapi.yaml",
            ),
            (
                "https://example.com/a b",
                "`https://example.com/a b` is not a URL such as https://example.com/openapi.yaml",
            ),
            (
                "https://me:secret@example.com/a",
                "there is a user in the URL, and no credentials are sent; save the document as a file",
            ),
        ] {
            assert_eq!(Url::parse(text).unwrap_err().to_string(), want);
        }
    }

    #[test]
    fn redirections_stay_within_http() {
        let base = Url::parse("https://example.com/a/b.yaml?x=1").unwrap();
        for (location, want) in [
            ("c.yaml", Some("https://example.com/a/c.yaml")),
            ("/c.yaml#x", Some("https://example.com/c.yaml")),
            ("//other.com/c", Some("https://other.com/c")),
            ("http://10.0.0.1/", Some("http://10.0.0.1/")),
            (
                "../../../../etc/passwd",
                Some("https://example.com/etc/passwd"),
            ),
            ("file:///etc/passwd", None),
            ("//me@example.com/c", None),
            ("http://", None),
            ("\u{1}", None),
        ] {
            let joined = base.join(location).ok();
            assert_eq!(joined.as_ref().map(Url::as_str), want, "{location}");
        }
    }
}
