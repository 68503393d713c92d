//! Which documented replies requests are wanted for, as typed.

use clap::{Args, ValueEnum};
use http::Uri;

use super::reading::Compiling;
use crate::report::RecipeFormat;

/// Which documented replies requests are wanted for.
#[derive(Debug, Args)]
pub(in crate::cli) struct Obtaining {
    /// The description: a file, a URL, the name of a built-in API, a folder with one description in it,
    /// or `-` for standard input
    #[arg(value_name = "SPEC")]
    pub(in crate::cli) spec: String,

    /// How requests are written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Form,

    /// Where the fake is: what stands before the paths of the description
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:4010", value_parser = base)]
    pub(in crate::cli) url: String,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,
}

/// The name of a form of requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Lines for bash
    #[default]
    Curl,
    /// JavaScript, for browsers and Node
    Fetch,
    /// The messages, as HTTP/1.1 has them
    Http,
    /// For programs: one array
    Json,
}

impl Obtaining {
    /// How requests are written.
    pub(in crate::cli) fn format(&self) -> RecipeFormat {
        match self.format {
            Form::Curl => RecipeFormat::Curl,
            Form::Fetch => RecipeFormat::Fetch,
            Form::Http => RecipeFormat::Http,
            Form::Json => RecipeFormat::Json,
        }
    }
}

/// A URL that paths can follow.
fn base(text: &str) -> Result<String, String> {
    let uri: Option<Uri> = text.parse().ok();
    let is_base = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.query().is_none()
    });
    match is_base && !text.contains('#') {
        true => Ok(text.trim_end_matches('/').to_owned()),
        false => Err("not a URL such as http://127.0.0.1:4010".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_a_url_that_paths_can_follow() {
        for (text, want) in [
            ("http://a:1", Some("http://a:1")),
            ("https://a/b/", Some("https://a/b")),
            ("a:1", None),
            ("ftp://a", None),
            ("http://a/?b", None),
            ("", None),
        ] {
            assert_eq!(base(text).ok().as_deref(), want, "{text}");
        }
    }
}
