//! Where a command writes, and what may be written there.

use std::{
    io::{self, IsTerminal, Write},
    time::SystemTime,
};

use super::error::CliError;
use crate::{
    Api, Finding,
    report::{self, Format, Run, Sources, Suite},
};

/// A place to write to.
pub(super) struct Output<'a> {
    /// Where to.
    pub(super) to: &'a mut (dyn Write + Send),
    /// Whether a person reads it as it comes.
    pub(super) is_terminal: bool,
    /// Whether colours are shown as such.
    pub(super) colours: bool,
}

impl<'a> Output<'a> {
    /// A stream of the process.
    pub(super) fn stream<S: Write + IsTerminal + Send>(stream: &'a mut S) -> Self {
        let is_terminal = stream.is_terminal();
        Self {
            to: stream,
            is_terminal,
            colours: is_terminal && wants_colours(),
        }
    }

    /// A place that is no terminal.
    pub(super) fn plain(to: &'a mut (dyn Write + Send)) -> Self {
        Self {
            to,
            is_terminal: false,
            colours: false,
        }
    }

    /// Writes findings as people read them; nothing when there are none.
    pub(super) fn findings(
        &mut self,
        findings: &[Finding],
        sources: &mut Sources,
    ) -> Result<(), CliError> {
        if findings.is_empty() {
            return Ok(());
        }
        let run = Run {
            at: SystemTime::now(),
            suites: vec![Suite::of_findings("", findings)],
        };
        self.run(&run, sources)
    }

    /// Writes what a run found as people read it.
    pub(super) fn run(&mut self, run: &Run, sources: &mut Sources) -> Result<(), CliError> {
        let format = Format::Text {
            colours: self.colours,
        };
        self.to
            .write_all(report::render(run, sources, format).as_bytes())?;
        Ok(self.to.flush()?)
    }

    /// Writes what a search through a description finds.
    pub(super) fn review(&mut self, api: &Api) -> Result<(), CliError> {
        let mut sources = Sources::default();
        let texts = api.description().sources().iter().cloned();
        texts.for_each(|source| sources.add(source));
        self.findings(&api.review_examples(), &mut sources)
    }

    /// Writes a line that is said about what is done.
    pub(super) fn say(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.to, "mynah: {line}")?;
        self.to.flush()
    }
}

/// Whether the user takes colours: not with `NO_COLOR` (https://no-color.org), nor on a terminal
/// that says it has none.
fn wants_colours() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}

/// Where a command writes: data to one place, what is said about it to the other.
pub(super) struct Console<'a> {
    /// Data.
    pub(super) out: Output<'a>,
    /// What is said about it.
    pub(super) err: Output<'a>,
}
