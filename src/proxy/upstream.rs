//! The real server, and connections to it.

use std::{fmt, time::Duration};

use http::{
    Request, Response, Uri, Version,
    header::HOST,
    uri::{Authority, PathAndQuery, Scheme},
};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use tokio::time::timeout;

use super::{UpstreamError, body::Sent};

/// How long a connection may take to be accepted.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a connection rests before it is closed: less than servers let it.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

#[cfg(feature = "tls")]
type Connector = hyper_rustls::HttpsConnector<HttpConnector>;
#[cfg(not(feature = "tls"))]
type Connector = HttpConnector;

/// The real server behind a proxy. A clone shares its connections.
#[derive(Clone)]
pub struct Upstream {
    scheme: Scheme,
    authority: Authority,
    /// The path that stands before each path, without a `/` at its end.
    base: String,
    client: Client<Connector, Sent>,
}

/// Why an address is none to forward to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadUpstream {
    /// It is not of the form `http://host/path`; the address.
    NoAddress(String),
    /// It has a query, which could stand nowhere; the address.
    Query(String),
    /// It wants TLS, which this program was built without; the address.
    NoTls(String),
    /// The system's certificates, by which servers are known, cannot be read; why.
    NoCertificates(String),
}

impl Upstream {
    /// The server at an address such as `https://api.example.com/v1`. Connections are made when they are needed.
    ///
    /// # Errors
    /// The address is none of HTTP, or TLS cannot be spoken.
    pub fn new(url: &str) -> Result<Self, BadUpstream> {
        let uri: Uri = url
            .parse()
            .map_err(|_| BadUpstream::NoAddress(url.to_owned()))?;
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(BadUpstream::NoAddress(url.to_owned()));
        };
        if ![Scheme::HTTP, Scheme::HTTPS].contains(&scheme) || authority.host().is_empty() {
            return Err(BadUpstream::NoAddress(url.to_owned()));
        }
        let path = parts.path_and_query;
        if path.as_ref().is_some_and(|path| path.query().is_some()) {
            return Err(BadUpstream::Query(url.to_owned()));
        }
        let path = path.as_ref().map_or("", PathAndQuery::path);
        let mut client = Client::builder(TokioExecutor::new());
        client
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .http1_preserve_header_case(true);
        Ok(Self {
            client: client.build(connector(url, &scheme)?),
            base: path.trim_end_matches('/').to_owned(),
            scheme,
            authority,
        })
    }

    /// Sends a request, and gives the reply once its head is there.
    pub(super) async fn send(
        &self,
        mut request: Request<Sent>,
        limit: Duration,
    ) -> Result<Response<Incoming>, UpstreamError> {
        *request.uri_mut() = self.target(request.uri());
        // Each connection has a version of its own (RFC 9110 section 2.5).
        *request.version_mut() = Version::HTTP_11;
        // The server's own name is what it expects there.
        request.headers_mut().remove(HOST);
        match timeout(limit, self.client.request(request)).await {
            Ok(reply) => reply.map_err(UpstreamError::Unreachable),
            Err(_) => Err(UpstreamError::TimedOut(limit)),
        }
    }

    /// Where a request goes: whatever host it names, to this server.
    fn target(&self, uri: &Uri) -> Uri {
        let asked = uri.path_and_query().map_or("/", PathAndQuery::as_str);
        let asked = if asked.starts_with('/') { asked } else { "/" };
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        // Two paths that were read make one that can be read.
        parts.path_and_query = format!("{}{asked}", self.base).parse().ok();
        Uri::from_parts(parts).unwrap_or_else(|_| uri.clone())
    }
}

#[cfg(feature = "tls")]
fn connector(url: &str, scheme: &Scheme) -> Result<Connector, BadUpstream> {
    let mut tcp = tcp();
    tcp.enforce_http(false);
    let builder = hyper_rustls::HttpsConnectorBuilder::new();
    let builder = match *scheme == Scheme::HTTPS {
        true => builder
            .with_native_roots()
            .map_err(|error| BadUpstream::NoCertificates(format!("{url}: {error}")))?,
        // No certificate is looked at, so none has to be there.
        false => builder.with_tls_config(without_roots()),
    };
    Ok(builder
        .https_or_http()
        .enable_all_versions()
        .wrap_connector(tcp))
}

#[cfg(feature = "tls")]
fn without_roots() -> rustls::ClientConfig {
    rustls::ClientConfig::builder()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

#[cfg(not(feature = "tls"))]
fn connector(url: &str, scheme: &Scheme) -> Result<Connector, BadUpstream> {
    match *scheme == Scheme::HTTPS {
        true => Err(BadUpstream::NoTls(url.to_owned())),
        false => Ok(tcp()),
    }
}

fn tcp() -> HttpConnector {
    let mut tcp = HttpConnector::new();
    tcp.set_nodelay(true);
    tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
    tcp
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.base)
    }
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upstream({self})")
    }
}

impl fmt::Display for BadUpstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress(url) => {
                write!(
                    f,
                    "`{url}` is no address of the form http://host or https://host/path"
                )
            }
            Self::Query(url) => write!(f, "`{url}` has a query; leave it out"),
            Self::NoTls(url) => write!(
                f,
                "`{url}` wants TLS, which this program was built without; use http://, or build with the \
                 feature `tls`"
            ),
            Self::NoCertificates(why) => {
                write!(f, "the system's certificates cannot be read for {why}")
            }
        }
    }
}

impl std::error::Error for BadUpstream {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_goes_to_the_server_whatever_it_names() {
        for (upstream, asked, want) in [
            ("http://h:1", "/a?b=c", "http://h:1/a?b=c"),
            ("http://h/v1/", "/a%2Fb//c?", "http://h/v1/a%2Fb//c?"),
            ("http://h/v1", "http://evil/a", "http://h/v1/a"),
            ("http://h", "*", "http://h/"),
            ("HTTP://H", "/", "http://H/"),
        ] {
            let upstream = Upstream::new(upstream).unwrap();
            assert_eq!(upstream.target(&asked.parse().unwrap()).to_string(), want);
        }
    }

    #[test]
    fn only_addresses_of_http_are_forwarded_to() {
        for url in ["", "h", "/a", "ftp://h/", "http:///a", "h:80"] {
            let refused = Upstream::new(url).unwrap_err();
            assert_eq!(refused, BadUpstream::NoAddress(url.to_owned()), "{url}");
        }
        let refused = Upstream::new("http://h/a?b").unwrap_err();
        assert_eq!(refused, BadUpstream::Query("http://h/a?b".to_owned()));
    }
}
