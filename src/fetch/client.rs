//! One request for a document, by an HTTP client that connects within its reach only.

use std::{env, fmt, fs, io, time::Duration};

use http::{
    Response, StatusCode, Uri,
    header::{CONTENT_ENCODING, LOCATION},
};
use ureq::{
    Agent, Body, Error, Timeout,
    config::Config,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use super::{Answer, FetchErrorKind, url::Url};
use crate::reach::Reach;

/// How long it may take until a server accepts a connection.
const CONNECT_TIME: Duration = Duration::from_secs(10);

/// What descriptions are written in, for servers that have them in several forms.
const ACCEPT: &str = "application/yaml, application/json, application/openapi+yaml, \
                      application/openapi+json, */*;q=0.5";

const AGENT: &str = concat!("mynah/", env!("CARGO_PKG_VERSION"));

/// Whom to ask in the place of Mozilla's list, as OpenSSL has it.
const AUTHORITIES: &str = "SSL_CERT_FILE";

/// Sends requests for documents.
pub(super) struct Client {
    /// Or why there is none: the file of authorities, and what is wrong with it.
    agent: Result<Agent, (String, String)>,
}

impl Client {
    pub(super) fn new(reach: Reach) -> Self {
        let agent = authorities().map(|authorities| {
            let tls = TlsConfig::builder().root_certs(authorities).build();
            let config = Agent::config_builder()
                .http_status_as_error(false)
                // Where a redirection leads is looked at before it is followed.
                .max_redirects(0)
                // A proxy would connect in our place, to wherever a name leads there.
                .proxy(None)
                .accept(ACCEPT)
                .accept_encoding("identity")
                .user_agent(AGENT)
                .timeout_connect(Some(CONNECT_TIME))
                .tls_config(tls)
                .build();
            Agent::with_parts(config, DefaultConnector::new(), Within::new(reach))
        });
        Self { agent }
    }

    /// Asks for what is at a URL, which is to be there in a time and to have no more bytes.
    pub(super) fn ask(
        &self,
        url: &Url,
        time: Duration,
        bytes: usize,
    ) -> Result<Answer, FetchErrorKind> {
        let agent = self.agent.as_ref();
        let agent = agent.map_err(|(file, why)| FetchErrorKind::Authorities {
            file: file.clone(),
            why: why.clone(),
        })?;
        let failed = |error: Error| failure(error, url, time, bytes);
        let request = agent.get(url.as_str()).config();
        let request = request.timeout_global(Some(time)).build();
        let answer = request.call().map_err(failed)?;
        if let Some(location) = redirection(&answer) {
            return Ok(Answer::Redirection(location));
        }
        if !answer.status().is_success() {
            return Err(FetchErrorKind::Status(answer.status()));
        }
        if let Some(coding) = answer.headers().get(CONTENT_ENCODING)
            && !coding.as_bytes().eq_ignore_ascii_case(b"identity")
        {
            let coding = String::from_utf8_lossy(coding.as_bytes()).into_owned();
            return Err(FetchErrorKind::Coding(coding));
        }
        let body = answer.into_body();
        let limit = bytes as u64;
        if body.content_length().is_some_and(|length| length > limit) {
            return Err(FetchErrorKind::TooLong(bytes));
        }
        // The reader fails at its limit, also where nothing comes after it.
        let body = body.into_with_config().limit(limit.saturating_add(1));
        body.read_to_vec().map(Answer::Document).map_err(failed)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}

/// Where an answer says that the document is (RFC 9110 section 15.4).
fn redirection(answer: &Response<Body>) -> Option<String> {
    let redirects = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    let location = answer.headers().get(LOCATION)?;
    let location = String::from_utf8_lossy(location.as_bytes()).into_owned();
    redirects.contains(&answer.status()).then_some(location)
}

/// The certificate authorities to trust.
fn authorities() -> Result<RootCerts, (String, String)> {
    let Some(file) = env::var_os(AUTHORITIES).filter(|file| !file.is_empty()) else {
        return Ok(RootCerts::WebPki);
    };
    let fault = |why: String| (file.to_string_lossy().into_owned(), why);
    let pem = fs::read(&file).map_err(|error| fault(error.to_string()))?;
    let certificate = |item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(Ok(certificate)),
        Ok(_) => None,
        Err(error) => Some(Err(fault(format!("{error}")))),
    };
    let found: Vec<Certificate<'static>> = parse_pem(&pem)
        .filter_map(certificate)
        .collect::<Result<_, _>>()?;
    match found.is_empty() {
        true => Err(fault("no certificate is in it".to_owned())),
        false => Ok(found.into()),
    }
}

/// Looks names up, and gives the addresses within a reach. What it gives is what is connected to: a
/// second look-up could lead elsewhere.
#[derive(Debug)]
struct Within {
    reach: Reach,
    resolver: DefaultResolver,
}

impl Within {
    fn new(reach: Reach) -> Self {
        Self {
            reach,
            resolver: DefaultResolver::default(),
        }
    }
}

impl Resolver for Within {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = || uri.host().unwrap_or_default().to_owned();
        let unresolved = |source| {
            let host = host();
            Error::Other(FetchErrorKind::Unresolved { host, source }.into())
        };
        let found = self.resolver.resolve(uri, config, timeout);
        let found = found.map_err(|error| match error {
            Error::Io(source) => unresolved(source),
            Error::HostNotFound => unresolved(io::ErrorKind::NotFound.into()),
            other => other,
        })?;
        let mut allowed = self.empty();
        for address in found.iter().filter(|it| self.reach.allows(it.ip())) {
            allowed.push(*address);
        }
        match (allowed.is_empty(), found.iter().next()) {
            (true, Some(address)) => Err(Error::Other(
                FetchErrorKind::NotAllowed {
                    host: host(),
                    address: address.ip(),
                    reach: self.reach,
                }
                .into(),
            )),
            (true, None) => Err(unresolved(io::ErrorKind::NotFound.into())),
            (false, _) => Ok(allowed),
        }
    }
}

/// What an error of the client means.
fn failure(error: Error, url: &Url, time: Duration, bytes: usize) -> FetchErrorKind {
    match error {
        Error::Other(other) => match other.downcast::<FetchErrorKind>() {
            Ok(kind) => *kind,
            Err(other) => FetchErrorKind::Broken(other.to_string()),
        },
        Error::Timeout(Timeout::Connect) => {
            FetchErrorKind::Unreachable(io::ErrorKind::TimedOut.into())
        }
        Error::Timeout(_) => FetchErrorKind::TimedOut(time),
        Error::BodyExceedsLimit(_) => FetchErrorKind::TooLong(bytes),
        Error::Rustls(error) => FetchErrorKind::Tls(error.to_string()),
        Error::Tls(error) => FetchErrorKind::Tls(error.to_owned()),
        // So the TLS library says what it does not like of what it reads.
        Error::Io(error) if url.is_secure() && error.kind() == io::ErrorKind::InvalidData => {
            FetchErrorKind::Tls(error.to_string())
        }
        Error::Io(error) if is_of_connecting(&error) => FetchErrorKind::Unreachable(error),
        other => FetchErrorKind::Broken(other.to_string()),
    }
}

/// Whether an error is one before there is a connection.
fn is_of_connecting(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::AddrNotAvailable
            | io::ErrorKind::PermissionDenied
    )
}
