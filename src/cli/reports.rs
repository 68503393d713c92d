//! The reports of a run, written to where they are wanted.

use std::{
    env,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use super::{
    args::{FormatName, Report, Reporting},
    console::Output,
    error::CliError,
};
use crate::report::{Format, Run, Sources, render};

/// The variable in which GitHub Actions names the file for the summary of a job.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// The variable in which GitHub Actions names the folder of the repository.
const WORKSPACE: &str = "GITHUB_WORKSPACE";

/// Makes the files of the reports that are wanted, empty, with their folders: what cannot be written is
/// told before anything is done, and no report of an earlier run is taken for this one's.
///
/// # Errors
/// One cannot be made, or several are wanted on standard output, where nobody could tell them apart.
pub(super) fn prepare(reporting: &Reporting) -> Result<(), CliError> {
    let on_output = reporting.reports.iter().filter(|it| it.file.is_none());
    if on_output.count() > 1 {
        return Err(CliError::SeveralReports);
    }
    for file in reporting.reports.iter().filter_map(|it| it.file.as_ref()) {
        write(file, "").map_err(|source| unwritable(file, source))?;
    }
    Ok(())
}

/// Writes each report that is wanted: to its file, which is made with its folders and replaced, or
/// to `out`. [`prepare`] comes first.
///
/// # Errors
/// One cannot be written.
pub(super) fn write_reports(
    run: &Run,
    sources: &mut Sources,
    reporting: &Reporting,
    out: &mut Output<'_>,
) -> Result<(), CliError> {
    if let (Some(repository), Ok(current)) = (env::var_os(WORKSPACE), env::current_dir()) {
        sources.set_repository(repository, current);
    }
    for report in &reporting.reports {
        write_report(run, sources, report, out)?;
    }
    Ok(())
}

fn write_report(
    run: &Run,
    sources: &mut Sources,
    report: &Report,
    out: &mut Output<'_>,
) -> Result<(), CliError> {
    match &report.file {
        Some(file) => {
            let text = render(run, sources, report.format.format(false));
            write(file, &text).map_err(|source| unwritable(file, source))?;
        }
        None => {
            let text = render(run, sources, report.format.format(out.colours));
            out.to.write_all(text.as_bytes())?;
            out.to.flush()?;
        }
    }
    match (report.format, env::var_os(STEP_SUMMARY)) {
        (FormatName::Github, Some(file)) if !file.is_empty() => {
            let file = Path::new(&file);
            let text = render(run, sources, Format::Markdown);
            append(file, &text).map_err(|source| unwritable(file, source))
        }
        _ => Ok(()),
    }
}

fn write(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, text)
}

/// Other steps of the job write into the same file.
fn append(file: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(file)?;
    file.write_all(text.as_bytes())
}

fn unwritable(file: &Path, source: io::Error) -> CliError {
    CliError::Unwritable {
        file: file.to_owned(),
        source,
    }
}
