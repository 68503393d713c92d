//! The server over real sockets, each test on a port of its own.
//!
//! One binary, since each links the whole library.

mod admin;
mod callbacks;
mod cors;
#[cfg(feature = "remote")]
mod fetch;
mod fixture;
mod framing;
mod garbage;
mod headers;
mod hostile;
mod hostile_bodies;
mod http2;
mod index;
mod journal;
mod lifecycle;
mod limits;
mod multipart;
#[cfg(feature = "remote")]
mod origin;
mod proxy;
mod receiver;
mod recording;
mod sending;
mod sessions;
mod timeouts;
