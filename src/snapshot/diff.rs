//! What differs between two texts, line by line.

use similar::{ChangeTag, TextDiff};

/// As many lines stand before and after each that differs.
const CONTEXT: usize = 3;

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Line {
    /// It is in both.
    Same(String),
    /// It is gone.
    Removed(String),
    /// It is new.
    Added(String),
    /// Some that are in both are left out.
    Gap,
}

/// The lines that differ, with some of those around them.
pub fn lines(before: &str, after: &str) -> Vec<Line> {
    let diff = TextDiff::from_lines(before, after);
    let mut lines = Vec::new();
    for (index, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if index > 0 {
            lines.push(Line::Gap);
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let text = change.value().trim_end_matches('\n').to_owned();
            lines.push(match change.tag() {
                ChangeTag::Equal => Line::Same(text),
                ChangeTag::Delete => Line::Removed(text),
                ChangeTag::Insert => Line::Added(text),
            });
        }
    }
    lines
}

/// The lines as text, in the colours of a terminal where these are shown.
pub fn text(lines: &[Line], colours: bool) -> String {
    let written = |line: &Line| match line {
        Line::Same(text) => format!("  {text}\n"),
        Line::Gap => "  …\n".to_owned(),
        Line::Removed(text) if colours => format!("\u{1b}[31m- {text}\u{1b}[0m\n"),
        Line::Added(text) if colours => format!("\u{1b}[32m+ {text}\u{1b}[0m\n"),
        Line::Removed(text) => format!("- {text}\n"),
        Line::Added(text) => format!("+ {text}\n"),
    };
    lines.iter().map(written).collect()
}

/// The lines that are in one only: two differences with the same are of a kind.
pub fn kind(lines: &[Line]) -> Vec<&Line> {
    let differs = |line: &&Line| matches!(line, Line::Removed(_) | Line::Added(_));
    lines.iter().filter(differs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_are_shown_with_those_around_them() {
        let before: String = (1..=20).map(|line| format!("{line}\n")).collect();
        let after = before.replace("5\n", "five\n").replace("20\n", "twenty");
        let lines = lines(&before, &after);
        let want = "  2\n  3\n  4\n- 5\n+ five\n  6\n  7\n  8\n  …\n";
        let text = text(&lines, false);
        assert!(text.starts_with(want), "{text}");
        assert!(text.ends_with("  19\n- 20\n+ twenty\n"), "{text}");
        assert!(super::text(&lines, true).contains("\u{1b}[31m- 5\u{1b}[0m"));
        assert_eq!(kind(&lines).len(), 6, "{lines:?}");
    }

    #[test]
    fn the_same_change_elsewhere_is_of_a_kind() {
        let one = lines("a\nb\nc", "a\nB\nc");
        let other = lines("x\nb\nz", "x\nB\nz");
        assert_ne!(one, other);
        assert_eq!(kind(&one), kind(&other));
        assert_ne!(kind(&one), kind(&lines("b", "c")));
    }
}
