//! What is done with recorded exchanges, as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use http::Uri;

use super::{
    reading::{Compiling, Reading},
    reporting::Reporting,
    running::percent,
};
use crate::report::CoverageFormat;

/// Which recorded exchanges are held against which description.
#[derive(Debug, Args)]
pub(in crate::cli) struct Judging {
    /// The description: a file, a folder with one in it, `-` for standard input, or a built-in API
    #[arg(value_name = "SPEC")]
    pub(in crate::cli) spec: String,

    /// An HTTP Archive (HAR), as browsers and proxies write it; may be given several times
    #[arg(
        long = "har",
        value_name = "FILE",
        required_unless_present = "journals"
    )]
    pub(in crate::cli) archives: Vec<PathBuf>,

    /// A journal that was written with `--journal`; may be given several times
    #[arg(long = "journal", value_name = "FILE")]
    pub(in crate::cli) journals: Vec<PathBuf>,

    /// Judge what an archive has below this address only; its path is not the API's
    ///
    /// Without it, what was sent to one of the description's `servers` is judged, or everything where
    /// all was sent to one place.
    #[arg(long, value_name = "URL", value_parser = address)]
    pub(in crate::cli) url: Option<Uri>,

    /// Let requests lack credentials: browsers take them out of archives
    #[arg(long)]
    pub(in crate::cli) no_credentials: bool,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,

    #[command(flatten)]
    pub(in crate::cli) reporting: Reporting,
}

/// Which journals are counted, and how that is written.
#[derive(Debug, Args)]
pub(in crate::cli) struct Counting {
    /// The descriptions: files, folders with one in them, or names of built-in APIs
    #[arg(value_name = "API", required = true)]
    pub(in crate::cli) names: Vec<String>,

    /// A journal that was written with `--journal`; several are counted together
    #[arg(long = "journal", value_name = "FILE", required = true)]
    pub(in crate::cli) journals: Vec<PathBuf>,

    /// How it is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(in crate::cli) format: CoverageName,

    /// Fail when less of what is documented was exercised, in percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(in crate::cli) min_coverage: Option<f64>,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,
}

/// Which journals are written as an archive.
#[derive(Debug, Args)]
pub(in crate::cli) struct Archiving {
    /// The journals, as written with `--journal`
    #[arg(value_name = "JOURNAL", required = true)]
    pub(in crate::cli) journals: Vec<PathBuf>,

    /// The descriptions by which secrets are known, where the journal has them in it
    #[arg(long, value_name = "API")]
    pub(in crate::cli) spec: Vec<String>,

    /// Leave the secrets in that the journal has in it
    #[arg(long, conflicts_with = "spec")]
    pub(in crate::cli) secrets: bool,

    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
}

/// The name of a form of coverage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CoverageName {
    /// For people: what was not exercised, and how much was
    #[default]
    Text,
    /// For programs: one object
    Json,
    /// For browsers: one page
    Html,
}

impl CoverageName {
    /// The form.
    pub(in crate::cli) fn format(self) -> CoverageFormat {
        match self {
            Self::Text => CoverageFormat::Text,
            Self::Json => CoverageFormat::Json,
            Self::Html => CoverageFormat::Html,
        }
    }
}

fn address(text: &str) -> Result<Uri, String> {
    let uri: Option<Uri> = text.trim_end_matches('/').parse().ok();
    uri.filter(|uri| uri.scheme().is_some() && uri.query().is_none())
        .ok_or_else(|| "not an address such as https://api.example.com/v1".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_no_query() {
        for (text, want) in [
            ("https://api.example.com/v1/", true),
            ("http://127.0.0.1:4010", true),
            ("api.example.com", false),
            ("/v1", false),
            ("http://x/?a=b", false),
            ("", false),
        ] {
            assert_eq!(address(text).is_ok(), want, "{text}");
        }
    }
}
