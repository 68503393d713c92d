//! Single keys of a terminal.

use std::io::{self, Read};

/// What a key says of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Accept,
    /// It, and all others in which the same lines differ.
    AcceptKind,
    Reject,
    Skip,
    Quit,
}

impl Key {
    /// What a byte says; `None` where it says nothing.
    fn of(byte: u8) -> Option<Self> {
        Some(match byte {
            b'a' => Self::Accept,
            b'A' => Self::AcceptKind,
            b'r' => Self::Reject,
            b's' => Self::Skip,
            // Ctrl-C and Ctrl-D come as bytes here.
            b'q' | 3 | 4 => Self::Quit,
            _ => return None,
        })
    }
}

/// The keys of a terminal, each as it is pressed. As long as this lives nothing is echoed.
pub(super) struct Keys {
    #[cfg(unix)]
    before: rustix::termios::Termios,
}

impl Keys {
    /// The keys of standard input.
    #[cfg(unix)]
    pub(super) fn of_terminal() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin())?;
        let mut each = before.clone();
        each.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
        tcsetattr(io::stdin(), OptionalActions::Now, &each)?;
        Ok(Self { before })
    }

    /// The same where terminals give lines: Enter follows each key.
    #[cfg(not(unix))]
    pub(super) fn of_terminal() -> io::Result<Self> {
        Ok(Self {})
    }

    /// The next key that says something. The end of the input says to quit.
    pub(super) fn next(&self) -> io::Result<Key> {
        let mut byte = [0];
        loop {
            match io::stdin().lock().read(&mut byte) {
                Ok(0) => return Ok(Key::Quit),
                Ok(_) => {
                    if let Some(key) = Key::of(byte[0]) {
                        return Ok(key);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(unix)]
impl Drop for Keys {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // A terminal that is gone needs nothing.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}
