//! The format of files: that of insta, front matter in YAML between `---`, then the contents.

use super::Snapshot;

/// A file as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// What the description is called.
    pub source: Option<String>,
    /// The reply in a line.
    pub description: Option<String>,
    /// Where it is documented, as a JSON pointer.
    pub documented: Option<String>,
    /// The contents, without blanks at the end.
    pub contents: String,
}

impl Stored {
    /// Reads a file of whoever wrote it. Without front matter all of it is contents.
    pub fn read(text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let parts = text.strip_prefix("---\n").and_then(|rest| {
            let front = rest
                .split_inclusive('\n')
                .take_while(|line| *line != "---\n");
            let length: usize = front.map(str::len).sum();
            Some((&rest[..length], rest.get(length + "---\n".len()..)?))
        });
        let (front, contents) = parts.unwrap_or(("", &text));
        let value = |name: &str| {
            let mut lines = front
                .lines()
                .filter_map(|line| line.trim_start().split_once(": "));
            lines
                .find(|(key, _)| *key == name)
                .map(|(_, value)| unquoted(value))
        };
        Self {
            source: value("source"),
            description: value("description"),
            documented: value("documented"),
            contents: contents.trim_end().to_owned(),
        }
    }
}

impl Snapshot {
    /// The text of its file.
    pub(super) fn accepted(&self) -> String {
        self.text(None)
    }

    /// The text of the file that is to be reviewed, with the line that documents it.
    pub(super) fn pending(&self) -> String {
        self.text(Some(self.location.line))
    }

    fn text(&self, line: Option<usize>) -> String {
        let mut text = format!("---\nsource: {}\n", quoted(&self.source));
        if let Some(line) = line {
            text.push_str(&format!("assertion_line: {line}\n"));
        }
        let documented = format!("#{}", self.documented);
        text.push_str(&format!(
            "description: {}\ninfo:\n  documented: {}\n",
            quoted(&self.description),
            quoted(&documented)
        ));
        if let Some(needs) = &self.needs {
            text.push_str(&format!("  needs: {}\n", quoted(needs)));
        }
        format!("{text}---\n{}\n", self.contents)
    }
}

/// A value as insta writes it, so that a file stays as it is when its tools write it again.
fn quoted(text: &str) -> String {
    let is_special = |c: char| ":{}[],#`\"'\\".contains(c) || c.is_control();
    let begins_like_syntax = text.starts_with(|c| "&*?|-<>=!%@. ".contains(c));
    let is_scalar = text.parse::<f64>().is_ok()
        || text.starts_with("0x")
        || ["yes", "no", "true", "false", "on", "off", "null", "~"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word));
    match text.is_empty()
        || text.ends_with(' ')
        || text.contains(is_special)
        || begins_like_syntax
        || is_scalar
    {
        true => serde_json::json!(text).to_string(),
        false => text.to_owned(),
    }
}

/// The text of a value in a line: plain, or in quotes of either kind.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = inner('\'') {
        return inner.replace("''", "'");
    }
    let read = inner('"').and_then(|_| serde_json::from_str(value).ok());
    read.unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_where_yaml_needs_it() {
        for (text, want) in [
            ("pets.yaml", "pets.yaml"),
            ("a b", "a b"),
            ("GET /: 200", "\"GET /: 200\""),
            ("a \"b\"", r#""a \"b\"""#),
            ("12", "\"12\""),
            ("True", "\"True\""),
            ("../a", "\"../a\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(text), want);
            assert_eq!(unquoted(want), text);
        }
        assert_eq!(unquoted("'it''s'"), "it's");
    }

    #[test]
    fn files_are_read_as_insta_reads_them() {
        let read = |text| {
            let stored = Stored::read(text);
            (stored.source, stored.documented, stored.contents)
        };
        let some = |text: &str| Some(text.to_owned());
        for (text, want) in [
            (
                "---\nsource: a.yaml\ninfo:\n  documented: \"#/a\"\n---\nx\n---\ny\n\n",
                (some("a.yaml"), some("#/a"), "x\n---\ny".to_owned()),
            ),
            (
                "---\r\nsource: a\r\n---\r\nx\r\n",
                (some("a"), None, "x".to_owned()),
            ),
            ("---\nsource: a\n---\n", (some("a"), None, String::new())),
            ("x: y\n", (None, None, "x: y".to_owned())),
            ("---\nno end", (None, None, "---\nno end".to_owned())),
            ("", (None, None, String::new())),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }
}
