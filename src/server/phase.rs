//! The phases of a connection, each with a time-out of its own.

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// Nothing: before the first request or between two.
    Idle,
    /// A request head has begun and is not complete.
    Head,
    /// A request is being read or answered.
    Busy,
    /// A reply is on its way.
    Writing,
}
