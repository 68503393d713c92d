//! `mynah requests`: the smallest request for each documented reply.

use super::{Exit, args::Obtaining, console::Console, error::CliError, places};
use crate::{
    cookbook::{Recipe, recipes},
    report::render_recipes,
};

/// Prints the requests.
pub(super) fn requests(obtaining: &Obtaining, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let choices = obtaining.compiling.choices();
    let api = places::one(&obtaining.spec, &choices, &mut console.err)?;
    let recipes: Vec<Recipe> = recipes(&api).collect();
    let text = render_recipes(&recipes, obtaining.format(), &obtaining.url);
    console.out.to.write_all(text.as_bytes())?;
    console.out.to.flush()?;
    Ok(Exit::Done)
}
