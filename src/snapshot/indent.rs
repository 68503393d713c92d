//! JSON on several lines, with its digits, escapes and order of keys as they are.

use serde::de::IgnoredAny;

/// The text on several lines; `None` where it is no JSON.
pub(super) fn indented(text: &str) -> Option<String> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let mut lines = Lines::default();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\t' | '\n' | '\r' => {}
            '{' | '[' => lines.open(c),
            '}' | ']' => lines.close(c),
            ',' => lines.text.push(c),
            ':' => lines.text.push_str(": "),
            c => {
                lines.begin();
                lines.text.push(c);
            }
        }
        match c {
            '"' => copy_string(&mut rest, &mut lines.text),
            ',' => lines.is_at_start = true,
            _ => {}
        }
    }
    Some(lines.text)
}

#[derive(Default)]
struct Lines {
    text: String,
    depth: usize,
    /// Whether what comes is the first of its line.
    is_at_start: bool,
}

impl Lines {
    fn begin(&mut self) {
        if std::mem::take(&mut self.is_at_start) {
            self.break_line();
        }
    }

    fn open(&mut self, bracket: char) {
        self.begin();
        self.text.push(bracket);
        self.depth += 1;
        self.is_at_start = true;
    }

    /// What is empty stays on its line.
    fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if !std::mem::take(&mut self.is_at_start) {
            self.break_line();
        }
        self.text.push(bracket);
    }

    fn break_line(&mut self) {
        self.text.push('\n');
        self.text.push_str(&"  ".repeat(self.depth));
    }
}

/// The rest of a string, with the quote that ends it.
fn copy_string(rest: &mut std::str::Chars<'_>, text: &mut String) {
    while let Some(c) = rest.next() {
        text.push(c);
        match c {
            '\\' => text.extend(rest.next()),
            '"' => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_blanks_changes() {
        for (text, want) in [
            ("1.50", Some("1.50")),
            (r#" "a { b" "#, Some(r#""a { b""#)),
            ("[]", Some("[]")),
            ("{ }", Some("{}")),
            ("[1,[ ], 2e0]", Some("[\n  1,\n  [],\n  2e0\n]")),
            (
                r#"{"a\"\\":{"b":[true]},"c":null}"#,
                Some(
                    "{\n  \"a\\\"\\\\\": {\n    \"b\": [\n      true\n    ]\n  },\n  \"c\": null\n}",
                ),
            ),
            ("{", None),
            ("a", None),
        ] {
            assert_eq!(indented(text).as_deref(), want, "{text}");
        }
    }
}
