//! What to run, and what is asked of it, as typed.

use std::ffi::OsString;

use clap::Args;

use super::{reading::Compiling, reporting::Reporting};
use crate::reach::Reach;

/// What to run, and what is asked of it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Running {
    /// What to serve: the name of a built-in API, a file, a folder with one description in it, or
    /// `-` for standard input; all built-in APIs when nothing is named
    #[arg(value_name = "API")]
    pub(in crate::cli) names: Vec<String>,

    /// The command, with its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub(in crate::cli) command: Vec<OsString>,

    /// Set a variable for the command; in VALUE, `{NAME}` is the URL of the API of that name
    ///
    /// There is a variable for each API anyway: LIBREDESK_URL for `libredesk`, MY_PETS_URL for
    /// `my-pets.yaml`; and MYNAH_URL, where there is one API only. A URL has no `/` at its end.
    #[arg(
        long = "env", value_name = "NAME=VALUE", value_parser = variable,
        help_heading = "Command",
    )]
    pub(in crate::cli) variables: Vec<Variable>,

    /// Fail when less of what is documented is exercised, in percent
    ///
    /// Operations, parameters, media types of requests, documented replies and named examples count.
    #[arg(long, value_name = "PERCENT", value_parser = percent, help_heading = "Verdict")]
    pub(in crate::cli) min_coverage: Option<f64>,

    /// Pass although no request came, to any API or to one that was named
    #[arg(long, help_heading = "Verdict")]
    pub(in crate::cli) allow_no_requests: bool,

    /// Refuse query parameters that are not described
    #[arg(long, help_heading = "Description")]
    pub(in crate::cli) strict: bool,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,

    /// Where documented callbacks may be sent: off, loopback, public or anywhere
    #[arg(
        long,
        value_name = "WHERE",
        default_value = "loopback",
        help_heading = "Server"
    )]
    pub(in crate::cli) callbacks: Reach,

    #[command(flatten)]
    pub(in crate::cli) reporting: Reporting,
}

/// A variable of the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Variable {
    /// Its name.
    pub(in crate::cli) name: String,
    /// Its value, in which `{libredesk}` is the URL of an API.
    pub(in crate::cli) template: String,
}

fn variable(text: &str) -> Result<Variable, String> {
    match text.split_once('=') {
        Some((name, template)) if !name.is_empty() => Ok(Variable {
            name: name.to_owned(),
            template: template.to_owned(),
        }),
        _ => Err("not of the form NAME=VALUE, such as SHOP_API={shop}/v2".to_owned()),
    }
}

fn percent(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim_end_matches('%').parse().ok();
    number
        .filter(|percent| (0.0..=100.0).contains(percent))
        .ok_or_else(|| "not a number from 0 to 100".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_has_a_name_and_a_value() {
        let read = variable("SHOP={shop}/v2?a=b").unwrap();
        assert_eq!((&*read.name, &*read.template), ("SHOP", "{shop}/v2?a=b"));
        assert_eq!(variable("SHOP=").unwrap().template, "");
        for text in ["", "SHOP", "=x"] {
            assert!(variable(text).is_err(), "{text}");
        }
    }

    #[test]
    fn percents_are_from_0_to_100() {
        for (text, want) in [
            ("80", Some(80.0)),
            ("66.6%", Some(66.6)),
            ("0", Some(0.0)),
            ("100", Some(100.0)),
            ("101", None),
            ("-1", None),
            ("NaN", None),
            ("much", None),
        ] {
            assert_eq!(percent(text).ok(), want, "{text}");
        }
    }
}
