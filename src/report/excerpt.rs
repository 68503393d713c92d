//! The part of a source that a place is shown in.

use std::ops::Range;

/// How many lines before the place are shown, for its surroundings.
const BEFORE: usize = 2;

/// More characters of one line are no help: descriptions exist that are one line.
const MAX_LINE: usize = 160;

/// How much of a long line is shown before the place.
const LEAD: usize = 60;

/// Some lines of a source, one of them with a marked part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The lines, joined again.
    pub text: String,
    /// The number of the first line.
    pub first_line: usize,
    /// The marked part, in bytes of the text.
    pub mark: Range<usize>,
    /// Whether the marked line is shown without its beginning.
    pub is_cropped: bool,
}

/// The lines around a place; lines and columns count from 1. `None` when the source has no such
/// place, as when the file was changed since.
pub(super) fn excerpt(source: &str, line: usize, column: usize) -> Option<Excerpt> {
    let first_line = line.saturating_sub(BEFORE).max(1);
    let mut lines = source.lines().skip(first_line - 1);
    let before = lines.by_ref().take(line.checked_sub(first_line)?);
    let mut text: String = before
        .map(|line| format!("{}\n", cropped(line, 0).0))
        .collect();
    let (shown, hidden) = cropped(lines.next()?, column.saturating_sub(LEAD));
    let (start, _) = char_at(&shown, (column - hidden).checked_sub(1)?)?;
    let mark = text.len() + start..text.len() + start + extent(&shown[start..]);
    text.push_str(&shown);
    Some(Excerpt {
        text,
        first_line,
        mark,
        is_cropped: hidden > 0,
    })
}

/// A line, or the part of a long one from a character on; and how many characters are missing
/// before it.
fn cropped(line: &str, from: usize) -> (String, usize) {
    if line.chars().nth(MAX_LINE).is_none() {
        return (line.to_owned(), 0);
    }
    let part = line.chars().skip(from).take(MAX_LINE).collect();
    (part, from)
}

/// The character of an index, and its place in bytes; one past the end is the end.
fn char_at(text: &str, index: usize) -> Option<(usize, char)> {
    text.char_indices().chain([(text.len(), '\n')]).nth(index)
}

/// How many bytes the value that a text begins with takes, on this line.
fn extent(text: &str) -> usize {
    let ends = match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].find(quote).map(|at| at + 2),
        Some('{' | '[') => closing(text),
        _ => text
            .char_indices()
            .find(|&(at, c)| match c {
                ',' | ']' | '}' => true,
                ':' => text[at + 1..].is_empty() || text[at + 1..].starts_with(' '),
                '#' => text[..at].ends_with(' '),
                _ => false,
            })
            .map(|(at, _)| at),
    };
    let value = &text[..ends.unwrap_or(text.len())];
    value.trim_end().len()
}

/// Where the bracket that a text begins with is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_at_the_place_is_marked() {
        for (line, column, want) in [
            ("    type: obj", 11, "obj"),
            ("    type: obj # really", 11, "obj"),
            (
                "schema: {type: obj, required: [a]}",
                9,
                "{type: obj, required: [a]}",
            ),
            ("schema: {type: obj, required: [a]}", 16, "obj"),
            ("a: {b: [x, y]", 4, "{b: [x, y]"),
            ("  \"type\" : \"a, b\",", 12, "\"a, b\""),
            ("  name: it's: so", 9, "it's"),
            ("  url: http://x/y", 8, "http://x/y"),
            ("/pets: x", 1, "/pets"),
            ("ä: ö", 4, "ö"),
            ("a:", 3, ""),
        ] {
            let excerpt = excerpt(line, 1, column).expect(line);
            assert_eq!(&excerpt.text[excerpt.mark], want, "{line}");
        }
    }

    #[test]
    fn the_lines_before_are_shown_too() {
        let excerpt = excerpt("a\nb\nc\nd\ne", 4, 1).unwrap();
        assert_eq!((&*excerpt.text, excerpt.first_line), ("b\nc\nd", 2));
        assert_eq!(excerpt.mark, 4..5);
    }

    #[test]
    fn of_a_very_long_line_a_part_is_shown() {
        let line = format!("{}\"here\"{}", "ä".repeat(1000), "x".repeat(1000));
        let excerpt = excerpt(&line, 1, 1001).unwrap();
        assert_eq!(excerpt.text.chars().count(), MAX_LINE);
        assert_eq!(&excerpt.text[excerpt.mark], "\"here\"");
    }

    #[test]
    fn a_place_that_is_not_there_has_no_excerpt() {
        for (line, column) in [(0, 1), (1, 0), (1, 4), (2, 1)] {
            assert_eq!(excerpt("ab", line, column), None, "{line}:{column}");
        }
    }
}
