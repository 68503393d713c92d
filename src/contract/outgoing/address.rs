//! Addresses that requests can be sent to.

use std::fmt;

use http::Uri;

/// Why a documented request cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsendable {
    /// The address is none of HTTP; the address.
    NoAddress(String),
    /// The address wants TLS; the address.
    Tls(String),
    /// No valid body can be made from its schema; where the schema stands, as a JSON pointer.
    NoBody(String),
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress(url) => {
                write!(f, "`{url}` is no address of the form http://host/path")
            }
            Self::Tls(url) => {
                write!(f, "`{url}` wants TLS, which is not spoken; use http://")
            }
            Self::NoBody(pointer) => {
                write!(
                    f,
                    "nothing valid can be made from the schema at `#{pointer}`; give an example"
                )
            }
        }
    }
}

impl std::error::Error for Unsendable {}

/// Reads an address of HTTP without TLS.
pub(super) fn read(text: &str) -> Result<Uri, Unsendable> {
    let no_address = || Unsendable::NoAddress(text.to_owned());
    let uri: Uri = text.parse().map_err(|_| no_address())?;
    match (uri.scheme_str(), uri.host()) {
        (Some("http"), Some(host)) if !host.is_empty() => Ok(uri),
        (Some("https"), _) => Err(Unsendable::Tls(text.to_owned())),
        _ => Err(no_address()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_http_is_sent_to() {
        for url in [
            "http://h",
            "http://h:1/a?b",
            "HTTP://[::1]/",
            "http://u:p@h/",
        ] {
            assert!(read(url).is_ok(), "{url}");
        }
        let tls = Unsendable::Tls("https://h/".to_owned());
        assert_eq!(read("https://h/"), Err(tls));
        for url in [
            "",
            "/a",
            "h",
            "h:80",
            "h:80/a",
            "ftp://h/",
            "http:///a",
            "http://a b/",
        ] {
            let none = Unsendable::NoAddress(url.to_owned());
            assert_eq!(read(url), Err(none), "{url}");
        }
    }
}
