//! What is made from the command line's own definition: completions for shells, and manual pages.

use std::{fs, path::Path};

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Exit, args::Arguments, console::Console, error::CliError};

/// What the program is called.
const NAME: &str = "mynah";

/// Prints the completions for a shell.
pub(super) fn completions(shell: Shell, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), NAME, &mut text);
    console.out.to.write_all(&text)?;
    console.out.to.flush()?;
    Ok(Exit::Done)
}

/// Prints the manual page of the program, or writes that of each command into a folder.
pub(super) fn man(folder: Option<&Path>, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let command = Arguments::command();
    match folder {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            console.out.to.write_all(&page)?;
            console.out.to.flush()?;
        }
        Some(folder) => {
            let written =
                fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
            written.map_err(|source| CliError::Unwritable {
                file: folder.to_owned(),
                source,
            })?;
        }
    }
    Ok(Exit::Done)
}
