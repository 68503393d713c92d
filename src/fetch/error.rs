//! Why there is no document.

use std::{error::Error, fmt, io, net::IpAddr, time::Duration};

use http::StatusCode;

use crate::{description::FetchFault, reach::Reach};

/// Why a document cannot be read. The text is a reason with what to do about it, without the URL that
/// was asked for.
#[derive(Debug)]
pub struct FetchError {
    /// The reason.
    pub kind: FetchErrorKind,
    /// Where redirections had led to, when the reason is found there.
    pub redirected_to: Option<String>,
}

/// The reasons why a document cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchErrorKind {
    /// There is no HTTP client in this build.
    NotBuilt,
    /// No URL with a host.
    NotAUrl(String),
    /// A URL of another scheme than `http` and `https`.
    Scheme(String),
    /// A URL with a user in it.
    User,
    /// The host leads to an address outside of the reach.
    NotAllowed {
        /// The host, as the URL names it.
        host: String,
        /// Where it leads.
        address: IpAddr,
        /// Where requests may go.
        reach: Reach,
    },
    /// The host has no address.
    Unresolved {
        /// The host, as the URL names it.
        host: String,
        /// What the look-up says.
        source: io::Error,
    },
    /// Nobody accepts a connection.
    Unreachable(io::Error),
    /// There is no secure connection.
    Tls(String),
    /// The certificate authorities to trust cannot be read.
    Authorities {
        /// The file that was named.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// The server has no document there, or does not give it.
    Status(StatusCode),
    /// One redirection after the other, more than this.
    Redirections(usize),
    /// The document was not there in this time.
    TimedOut(Duration),
    /// All documents together took longer than this.
    OutOfTime(Duration),
    /// All documents together have more than this many bytes.
    TooLong(usize),
    /// The document has a content coding, which was not asked for.
    Coding(String),
    /// The document is no text; why not.
    NotText(String),
    /// The connection broke, or what came is no HTTP.
    Broken(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(url) = &self.redirected_to {
            write!(f, "it redirects to `{url}`: ")?;
        }
        write!(f, "{}", self.kind)
    }
}

impl fmt::Display for FetchErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBuilt => f.write_str(
                "this build reads no documents over HTTP: it was made without the cargo feature `remote`",
            ),
            Self::NotAUrl(text) => write!(
                f,
                "`{}` is not a URL such as https://example.com/openapi.yaml",
                text.escape_debug()
            ),
            Self::Scheme(scheme) => {
                write!(f, "`{scheme}:` is not read, only `http:` and `https:` are")
            }
            Self::User => f.write_str(
                "there is a user in the URL, and no credentials are sent; save the document as a file",
            ),
            Self::NotAllowed {
                host,
                address,
                reach,
            } => {
                write!(f, "`{host}` is {address}, and {reach}; ")?;
                if Reach::Loopback.allows(*address) {
                    f.write_str("`--allow-remote=loopback` allows this machine, and ")?;
                }
                f.write_str("`--allow-remote=anywhere` allows every address")
            }
            Self::Unresolved { host, source } => write!(
                f,
                "the host `{host}` has no address ({source}); check its name, and the network"
            ),
            Self::Unreachable(source) => write!(
                f,
                "nobody accepts a connection ({source}); check host and port, and the network"
            ),
            Self::Tls(why) => write!(
                f,
                "no secure connection ({why}); authorities of your own are trusted when `SSL_CERT_FILE` \
                 names a file of them"
            ),
            Self::Authorities { file, why } => write!(
                f,
                "the certificate authorities in `{file}`, which `SSL_CERT_FILE` names, cannot be read: \
                 {why}"
            ),
            Self::Status(status) => write!(f, "the server answers {status}; {}", advice(*status)),
            Self::Redirections(most) => write!(
                f,
                "it redirects more than {most} times; take the address where it ends, if it does"
            ),
            Self::TimedOut(limit) => write!(
                f,
                "it did not come whole within {} seconds; try again, or save it as a file",
                limit.as_secs_f64()
            ),
            Self::OutOfTime(limit) => write!(
                f,
                "the documents of a description take more than {} seconds together; save them as files",
                limit.as_secs_f64()
            ),
            Self::TooLong(limit) => write!(
                f,
                "the documents of a description have more than {limit} bytes together; save them as files"
            ),
            Self::Coding(coding) => write!(
                f,
                "it comes with the coding `{}`, which was not asked for; save it as a file",
                coding.escape_debug()
            ),
            Self::NotText(why) => write!(f, "it is no text: {why}"),
            Self::Broken(why) => write!(f, "no whole answer of HTTP came ({why}); try again"),
        }
    }
}

/// What to do about a status.
fn advice(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            "no credentials are sent: save the document as a file"
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => "check the address",
        status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            "try again later"
        }
        _ => "check the address, or save the document as a file",
    }
}

impl Error for FetchError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.kind.source()
    }
}

impl Error for FetchErrorKind {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unresolved { source, .. } | Self::Unreachable(source) => Some(source),
            _ => None,
        }
    }
}

impl From<FetchErrorKind> for FetchError {
    fn from(kind: FetchErrorKind) -> Self {
        Self {
            kind,
            redirected_to: None,
        }
    }
}

impl From<FetchError> for FetchFault {
    fn from(error: FetchError) -> Self {
        match error.kind {
            FetchErrorKind::NotAllowed { .. } | FetchErrorKind::NotBuilt => {
                Self::Forbidden(error.to_string())
            }
            _ => Self::Failed(error.to_string()),
        }
    }
}
