//! `mynah mock`: in the place of `prism mock`.

use super::{
    Exit,
    args::Mocking,
    choices::Choices,
    console::Console,
    error::CliError,
    serve::{self, Plan},
};
use crate::contract::{Manner, Precedence};

/// Serves one description at the root as Prism would, until the process is asked to end.
pub(super) fn mock(mocking: &Mocking, console: &mut Console<'_>) -> Result<Exit, CliError> {
    for flag in mocking.idle() {
        console.err.say(&format!("{flag} has no effect"))?;
    }
    let plan = Plan {
        names: std::slice::from_ref(&mocking.spec),
        mounts: &[],
        choices: Choices {
            manner,
            settings: mocking.settings(),
            ..mocking.compiling.choices()
        },
        config: mocking.config(),
        watch: mocking.watching.is_wanted(console.out.is_terminal),
        also_says: Some("Prism is listening on"),
    };
    serve::run(plan, console)
}

/// How Prism refuses.
fn manner() -> Manner {
    Manner {
        precedence: Precedence::PRISM,
        ..Manner::default()
    }
}
