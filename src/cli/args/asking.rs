//! A request, as typed.

use clap::Args;
use http::{HeaderName, HeaderValue, Method, Uri};

use super::reading::Compiling;

/// A request to explain the answer of.
#[derive(Debug, Args)]
pub(in crate::cli) struct Asking {
    /// The method
    #[arg(value_name = "METHOD", value_parser = method)]
    pub(in crate::cli) method: Method,

    /// The path, with its query: `/pets?limit=5`
    #[arg(value_name = "PATH", value_parser = target)]
    pub(in crate::cli) target: Uri,

    /// The API: the name of a built-in one, a file, a URL, a folder with one description in it, or
    /// `-`; when absent all built-in ones, each below its name
    #[arg(long, value_name = "API")]
    pub(in crate::cli) spec: Vec<String>,

    /// A header field of the request
    #[arg(long = "header", short = 'H', value_name = "NAME: VALUE", value_parser = header)]
    pub(in crate::cli) headers: Vec<(HeaderName, HeaderValue)>,

    /// The body, or `@FILE` to take it from a file; it is JSON when no Content-Type says otherwise
    #[arg(long = "data", short, value_name = "BODY")]
    pub(in crate::cli) data: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,
}

fn method(text: &str) -> Result<Method, String> {
    Method::from_bytes(text.to_ascii_uppercase().as_bytes())
        .map_err(|_| "not a method such as GET or POST".to_owned())
}

fn target(text: &str) -> Result<Uri, String> {
    let is_path = text.starts_with('/');
    let uri = is_path.then(|| text.parse().ok()).flatten();
    uri.ok_or_else(|| "not a path such as /pets/5?x=y, with %XX for what cannot stand there".into())
}

fn header(text: &str) -> Result<(HeaderName, HeaderValue), String> {
    let parts = text.split_once(':').and_then(|(name, value)| {
        let value = HeaderValue::from_str(value.trim()).ok()?;
        Some((HeaderName::from_bytes(name.trim().as_bytes()).ok()?, value))
    });
    parts.ok_or_else(|| "not of the form `NAME: VALUE`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_as_typed() {
        assert_eq!(method("get"), Ok(Method::GET));
        assert!(method("G T").is_err());
        assert_eq!(target("/a?b=c").unwrap().query(), Some("b=c"));
        for text in ["a", "http://x/a", "/a b", ""] {
            assert!(target(text).is_err(), "{text}");
        }
        let (name, value) = header("X-Key:  a: b ").unwrap();
        assert_eq!((name.as_str(), value.as_bytes()), ("x-key", &b"a: b"[..]));
        for text in ["X-Key", ": a", "X Key: a", "X: \u{1}"] {
            assert!(header(text).is_err(), "{text}");
        }
    }
}
