//! In-process fakes.
