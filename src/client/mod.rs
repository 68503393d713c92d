//! A client of one real server: where it is, a connection to it, and requests one after the other.
//!
//! HTTP/1.1, with TLS where the cargo feature `tls` is on. Redirects are replies, and are not followed.

mod connection;
mod error;
mod sender;
mod stream;
#[cfg(feature = "tls")]
mod tls;
mod upstream;

pub use connection::{Connection, Received};
pub use error::ClientError;
pub use sender::Client;
pub(crate) use sender::{AGENT, FRAMING};
pub use stream::{Stream, connect};
pub use upstream::{NoUpstream, Upstream};
