//! The link between a description and the client generated from it.

/// A generated client of one built-in API.
///
/// Implemented by the build script, so that a test gets the client of the API that it fakes.
pub trait TypedClient: Sized {
    /// The name of the built-in API, such as `libredesk`.
    const API: &'static str;

    /// A client of the API at a base URL, which sends with the HTTP client given.
    fn at(base_url: &str, http: reqwest::Client) -> Self;
}
