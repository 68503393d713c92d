//! Which reports are wanted, as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum, builder::PossibleValue};

use crate::report::Format;

/// Which reports are wanted.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Reporting {
    /// Write what was found in this format, to a file or to standard output; may be given several times
    ///
    /// FORMAT is text, json, junit, sarif, github or markdown. `github` prints annotations of a
    /// change, and appends to the job's summary where there is one (GITHUB_STEP_SUMMARY).
    #[arg(
        long = "report", value_name = "FORMAT[=FILE]", value_parser = report,
        help_heading = "Reports",
    )]
    pub(in crate::cli) reports: Vec<Report>,
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Report {
    /// Its format.
    pub(in crate::cli) format: FormatName,
    /// The file that it is written to; standard output when there is none.
    pub(in crate::cli) file: Option<PathBuf>,
}

/// The name of a format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FormatName {
    /// For people: source lines with the places marked
    #[default]
    Text,
    /// For programs: one object
    Json,
    /// For CI systems: JUnit's XML
    Junit,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations of a change
    Github,
    /// For summaries and comments
    Markdown,
}

impl FormatName {
    /// The format, where colours are shown or not.
    pub(in crate::cli) fn format(self, colours: bool) -> Format {
        match self {
            Self::Text => Format::Text { colours },
            Self::Json => Format::Json,
            Self::Junit => Format::Junit,
            Self::Sarif => Format::Sarif,
            Self::Github => Format::Github,
            Self::Markdown => Format::Markdown,
        }
    }
}

fn report(text: &str) -> Result<Report, String> {
    let (name, file) = match text.split_once('=') {
        Some((_, "")) => return Err("the name of the file is missing after `=`".to_owned()),
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let Ok(format) = FormatName::from_str(name, false) else {
        let known = FormatName::value_variants().iter();
        let known: Vec<PossibleValue> = known.filter_map(ValueEnum::to_possible_value).collect();
        let known: Vec<&str> = known.iter().map(PossibleValue::get_name).collect();
        return Err(format!(
            "no format is called `{name}`; there are: {}",
            known.join(", ")
        ));
    };
    Ok(Report { format, file })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_a_format_and_perhaps_a_file() {
        for (text, want) in [
            ("json", Some((FormatName::Json, None))),
            ("junit=out.xml", Some((FormatName::Junit, Some("out.xml")))),
            ("sarif=a=b", Some((FormatName::Sarif, Some("a=b")))),
            ("junit=", None),
            ("JSON", None),
            ("", None),
            ("=x", None),
        ] {
            let want = want.map(|(format, file)| Report {
                format,
                file: file.map(PathBuf::from),
            });
            assert_eq!(report(text).ok(), want, "{text}");
        }
    }
}
