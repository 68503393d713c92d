//! What is kept of exchanges, and who may ask for it, as typed.

use std::{path::PathBuf, sync::Arc};

use clap::{Args, builder::NonEmptyStringValueParser};

use super::limiting::size;
use crate::{
    Api,
    cli::error::CliError,
    journal::{Coverage, Journal, JournalFile, Secrets, Trouble},
    server::{Access, Config},
};

/// Which file exchanges are written to.
#[derive(Debug, Args)]
pub(in crate::cli) struct Filing {
    /// Write every exchange to a file, one JSON object a line, before its reply is sent
    ///
    /// A file that is there already is appended to. Secrets are left out: credentials, passwords. A fake
    /// answers an exchange that cannot be written with 500, until one can be; a proxy lets it pass.
    #[arg(long, value_name = "FILE", help_heading = "Journal")]
    journal: Option<PathBuf>,

    /// Leave secrets in the file
    #[arg(long, requires = "journal", help_heading = "Journal")]
    journal_secrets: bool,
}

/// What is kept of exchanges, and who may ask for it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Journaling {
    #[command(flatten)]
    filing: Filing,

    /// How many exchanges are kept in memory, the last ones, for /__mynah/journal
    #[arg(
        long,
        value_name = "N",
        default_value = "1000",
        help_heading = "Journal"
    )]
    journal_entries: usize,

    /// How many bytes of them are kept at most
    #[arg(
        long, value_name = "SIZE", default_value = "64MiB", value_parser = size,
        help_heading = "Journal",
    )]
    journal_bytes: usize,

    /// Keep nothing in memory and count nothing, as does `--journal-entries 0`
    #[arg(long, help_heading = "Journal")]
    no_journal: bool,

    /// Let others than this machine ask below /__mynah, with `Authorization: Bearer TOKEN`
    #[arg(
        long, value_name = "TOKEN", env = "MYNAH_ADMIN_TOKEN", hide_env_values = true,
        value_parser = NonEmptyStringValueParser::new(), help_heading = "Journal",
    )]
    admin_token: Option<String>,

    /// Leave the paths below /__mynah to the APIs
    #[arg(long, help_heading = "Journal")]
    no_admin: bool,
}

impl Journaling {
    /// A configuration with what the options mean for these APIs.
    ///
    /// # Errors
    /// The file cannot be opened, or is none to append to.
    pub(in crate::cli) fn config(
        &self,
        config: Config,
        apis: &[Arc<Api>],
    ) -> Result<Config, CliError> {
        Ok(Config {
            journal: self.kept(apis),
            journal_file: self.filing.file()?,
            admin: (!self.no_admin).then(|| Access {
                token: self.admin_token.clone(),
            }),
            ..config
        })
    }

    fn kept(&self, apis: &[Arc<Api>]) -> Option<Arc<Journal>> {
        if self.no_journal || self.journal_entries == 0 {
            return None;
        }
        let journal = Journal::bounded(self.journal_entries, self.journal_bytes);
        Some(Arc::new(journal.counting(Coverage::of(apis))))
    }
}

impl Filing {
    /// The file, opened.
    ///
    /// # Errors
    /// It cannot be opened, or is none to append to.
    pub(in crate::cli) fn file(&self) -> Result<Option<Arc<JournalFile>>, CliError> {
        let Some(path) = &self.journal else {
            return Ok(None);
        };
        let secrets = match self.journal_secrets {
            true => Secrets::Kept,
            false => Secrets::Redacted,
        };
        let shown = path.display().to_string();
        let file = JournalFile::open(path, secrets).map_err(|source| CliError::NoJournal {
            file: shown.clone(),
            source,
        })?;
        let file = file.telling(move |trouble| tell(&shown, trouble));
        Ok(Some(Arc::new(file)))
    }
}

/// Says on standard error what is wrong with a file.
fn tell(file: &str, trouble: &Trouble) {
    use std::io::{self, Write};
    let line = match trouble {
        Trouble::Failed(error) => format!(
            "cannot write to the journal `{file}`: {error}; until it can be written, fakes answer requests with 500"
        ),
        Trouble::Over => format!("the journal `{file}` can be written again"),
    };
    // Standard error is the last resort: there is nowhere to say that it fails.
    let _ = writeln!(io::stderr(), "mynah: {line}");
}
