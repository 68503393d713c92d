//! The link between a description and the Rust types generated from it.

use serde::{Serialize, de::DeserializeOwned};

/// A type generated from a documented schema, by which documented examples are checked.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// The media type object that the type belongs to, as a JSON pointer into the description,
    /// such as `/paths/~1pets/post/requestBody/content/application~1json`.
    pub pointer: &'static str,
    /// The type's name in Rust, such as `CreateConversationRequest`.
    pub type_name: &'static str,
    /// Reads JSON as the type.
    pub fits: fn(&[u8]) -> Result<(), serde_json::Error>,
}

/// A generated request type that belongs to one operation, with the type of its documented success.
///
/// Implemented by the build script, so that a stub `|request: CreateConversationRequest| ...` is
/// checked against the description by the compiler.
pub trait TypedRequest: DeserializeOwned + 'static {
    /// The type of the lowest documented success with a JSON body.
    type Reply: Serialize;
    /// The name of the built-in API, such as `libredesk`.
    const API: &'static str;
    /// The operation's method, such as `POST`.
    const METHOD: &'static str;
    /// The operation's path template, as documented.
    const PATH: &'static str;
    /// The status of the success that [`TypedRequest::Reply`] belongs to.
    const STATUS: u16;
}
