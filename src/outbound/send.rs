//! One request over a connection of its own.

use std::{io, net::SocketAddr, time::Duration};

use bytes::Bytes;
use http::{
    Method, Request, Uri,
    header::{CONTENT_LENGTH, HOST, HeaderValue, USER_AGENT},
};
use http_body_util::Full;
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::SendError;
use crate::{
    client::{AGENT, ClientError, Connection, FRAMING},
    exchange::{OutboundRequest, Reply},
    reach::Reach,
};

/// How long a request may take, from the look-up of its host to the end of its answer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The longest body of an answer that is read.
pub(super) const MAX_ANSWER: usize = 1 << 20;

/// Sends a request and reads the answer whole. Redirects are answers, and are not followed.
///
/// # Errors
/// See [`SendError`]: the address may not be reached, cannot be, or gives no answer in time.
pub async fn send(request: &OutboundRequest, reach: Reach) -> Result<Reply, SendError> {
    let answered = timeout(TIMEOUT, exchange(request, reach));
    answered.await.unwrap_or(Err(SendError::TimedOut(TIMEOUT)))
}

async fn exchange(request: &OutboundRequest, reach: Reach) -> Result<Reply, SendError> {
    let tcp = connect(&request.url, reach).await?;
    let mut connection = Connection::over(tcp).await.map_err(broken)?;
    let received = connection.exchange(message(request), MAX_ANSWER).await;
    Ok(received.map_err(broken)?.reply)
}

/// What became of a connection that was open.
fn broken(error: ClientError) -> SendError {
    match error {
        ClientError::Closed(error) | ClientError::NoHttp(error) => SendError::Broken(error),
        ClientError::TimedOut(limit) => SendError::TimedOut(limit),
        ClientError::TooLong(limit) => SendError::TooLong(limit),
        ClientError::Unresolved(error)
        | ClientError::Unreachable(error)
        | ClientError::Tls(error) => SendError::Unreachable(error),
    }
}

/// Connects to the first address of the host that is allowed and accepts. What was looked up is
/// what is connected to: a second look-up could lead elsewhere.
async fn connect(url: &Uri, reach: Reach) -> Result<TcpStream, SendError> {
    let name = url.host().unwrap_or_default();
    // An IPv6 address stands in brackets in an address, and nowhere else.
    let host = name.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_u16().unwrap_or(80);
    let found = lookup_host((host, port))
        .await
        .map_err(SendError::Unresolved)?;
    let (allowed, others): (Vec<SocketAddr>, Vec<SocketAddr>) =
        found.partition(|address| reach.allows(address.ip()));
    let mut failed = None;
    for address in allowed {
        match TcpStream::connect(address).await {
            Ok(tcp) => return Ok(tcp),
            Err(error) => failed = Some(error),
        }
    }
    Err(match (failed, others.first()) {
        (Some(error), _) => SendError::Unreachable(error),
        (None, Some(address)) => SendError::NotAllowed {
            host: name.to_owned(),
            address: address.ip(),
            reach,
        },
        (None, None) => SendError::Unresolved(io::ErrorKind::NotFound.into()),
    })
}

/// The request as it goes onto the connection (RFC 9112 section 3.2.1).
fn message(request: &OutboundRequest) -> Request<Full<Bytes>> {
    let mut message = Request::new(Full::new(request.body.clone()));
    *message.method_mut() = request.method.clone();
    let target = request.url.path_and_query().map(|target| target.as_str());
    *message.uri_mut() = target
        .and_then(|target| target.parse().ok())
        .unwrap_or_default();
    let mut headers = request.headers.clone();
    for name in FRAMING {
        headers.remove(name);
    }
    headers.insert(HOST, host(&request.url));
    // Where a body is expected, that there is none is said too (RFC 9110 section 8.6).
    if [Method::POST, Method::PUT, Method::PATCH].contains(&request.method) {
        headers.insert(CONTENT_LENGTH, request.body.len().into());
    }
    headers.entry(USER_AGENT).or_insert(AGENT);
    *message.headers_mut() = headers;
    message
}

/// Host and port, without the user that an address may name (RFC 9110 section 7.2).
fn host(url: &Uri) -> HeaderValue {
    let authority = url.authority().map_or("", |authority| authority.as_str());
    let host = authority.rsplit('@').next().unwrap_or(authority);
    HeaderValue::from_str(host).unwrap_or(HeaderValue::from_static(""))
}
