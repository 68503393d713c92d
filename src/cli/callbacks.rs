//! What became of callbacks, as the program says it.

use std::io::{self, Write};

use crate::outbound::Listener;

/// Prints each callback in a line on standard error.
pub(super) fn listener() -> Listener {
    Listener::new(|delivery| {
        // Standard error is the last resort: there is nowhere to say that it fails.
        let _ = writeln!(io::stderr(), "mynah: {delivery}");
    })
}
