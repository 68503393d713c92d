//! Requests that an API sends by itself, over HTTP/1.1 without TLS: callbacks and webhooks.
//!
//! What goes out is decided elsewhere, by [`crate::answer()`] and by
//! [`Outgoing::to`](crate::contract::Outgoing::to). Here it is sent, within bounds, and what comes
//! back is held against the description.

mod check;
mod delivery;
mod error;
mod send;
mod sender;

pub use check::check;
pub use delivery::{Answered, Delivery, Listener};
pub use error::SendError;
pub use send::send;
pub(crate) use sender::Sender;
