//! A way to a server: TCP, and TLS over it.

use std::io;

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
};

use super::{ClientError, Upstream};

/// Bytes in both directions, whatever carries them.
pub trait Bytes: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Bytes for T {}

/// A way to a server.
pub type Stream = Box<dyn Bytes>;

/// Connects to a server: to the first of its addresses that accepts.
///
/// # Errors
/// It has no address, none accepts, or TLS fails.
pub async fn connect(upstream: &Upstream) -> Result<Stream, ClientError> {
    let found = lookup_host((upstream.host.as_str(), upstream.port)).await;
    let mut failed = None;
    for address in found.map_err(ClientError::Unresolved)? {
        match TcpStream::connect(address).await {
            Ok(tcp) => return secured(upstream, tcp).await,
            Err(error) => failed = Some(error),
        }
    }
    Err(match failed {
        Some(error) => ClientError::Unreachable(error),
        None => ClientError::Unresolved(io::ErrorKind::NotFound.into()),
    })
}

async fn secured(upstream: &Upstream, tcp: TcpStream) -> Result<Stream, ClientError> {
    // What is written is a whole request each time; waiting for more helps nobody.
    let _ = tcp.set_nodelay(true);
    #[cfg(feature = "tls")]
    if upstream.is_tls {
        let tls = super::tls::over(tcp, &upstream.host).await;
        return Ok(Box::new(tls.map_err(ClientError::Tls)?));
    }
    // Without the feature there is no upstream with TLS.
    debug_assert!(!upstream.is_tls);
    Ok(Box::new(tcp))
}
