//! One line on a terminal that says how far a check is.

use std::time::{Duration, Instant};

use super::console::Output;
use crate::check::Progress;

/// More often nobody can read it.
const EVERY: Duration = Duration::from_millis(100);

/// Back to the beginning of the line, which is cleared (ECMA-48, `EL`).
const CLEAR: &str = "\r\x1b[2K";

/// One line on a terminal, written again and again; nothing where there is no terminal.
pub(super) struct ProgressLine<'o, 'a> {
    out: &'o mut Output<'a>,
    shown: Option<Instant>,
}

impl<'o, 'a> ProgressLine<'o, 'a> {
    pub(super) fn on(out: &'o mut Output<'a>) -> Self {
        Self { out, shown: None }
    }

    /// Shows how far it is.
    pub(super) fn show(&mut self, progress: &Progress) {
        let is_due = self.shown.is_none_or(|shown| shown.elapsed() >= EVERY);
        if !self.out.is_terminal || !is_due {
            return;
        }
        self.shown = Some(Instant::now());
        // A line that cannot be shown is no reason to stop.
        let _ = write!(self.out.to, "{CLEAR}{}", text(progress));
        let _ = self.out.to.flush();
    }

    /// Leaves nothing of it.
    pub(super) fn clear(&mut self) {
        if self.shown.take().is_some() {
            let _ = write!(self.out.to, "{CLEAR}");
            let _ = self.out.to.flush();
        }
    }
}

/// Of a terminal this much is taken for granted.
const WIDTH: usize = 79;

fn text(progress: &Progress) -> String {
    let Progress {
        kind,
        operation,
        done,
        operations,
        sent,
        problems,
    } = progress;
    let text =
        format!("{kind} {done}/{operations}, {sent} requests, {problems} problems: {operation}");
    text.chars().take(WIDTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_shown_on_a_terminal_only_and_leaves_nothing() {
        let progress = Progress {
            kind: "invalid",
            operation: "POST /pets".into(),
            done: 2,
            operations: 9,
            sent: 40,
            problems: 1,
        };
        for (is_terminal, want) in [
            (
                true,
                "\r\u{1b}[2Kinvalid 2/9, 40 requests, 1 problems: POST /pets\r\u{1b}[2K",
            ),
            (false, ""),
        ] {
            let mut to = Vec::new();
            let mut out = Output::plain(&mut to);
            out.is_terminal = is_terminal;
            let mut line = ProgressLine::on(&mut out);
            line.show(&progress);
            line.show(&progress);
            line.clear();
            line.clear();
            assert_eq!(String::from_utf8(to).unwrap(), want);
        }
    }
}
