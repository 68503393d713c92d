//! `Content-Disposition` of a part (RFC 7578 section 4.2).

/// What a part says of itself.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Disposition {
    /// `form-data`, in lower case.
    pub(super) kind: String,
    /// The field's name.
    pub(super) name: Option<String>,
    /// Whether it is a file.
    pub(super) has_filename: bool,
    /// Whether it has two names.
    pub(super) is_ambiguous: bool,
}

impl Disposition {
    /// Reads the field. What cannot be read in it is passed over: `name` alone is needed.
    pub(super) fn parse(field: &str) -> Self {
        let (kind, mut rest) = field.split_once(';').unwrap_or((field, ""));
        let mut disposition = Self {
            kind: kind.trim().to_ascii_lowercase(),
            ..Self::default()
        };
        while let Some((key, value)) = rest.split_once('=') {
            let (value, after) = value_of(value.trim_start());
            match &*key.trim().to_ascii_lowercase() {
                "name" => disposition.is_ambiguous |= disposition.name.replace(value).is_some(),
                "filename" | "filename*" => disposition.has_filename = true,
                _ => {}
            }
            rest = after.trim_start().trim_start_matches(';');
        }
        disposition
    }
}

/// A value, quoted or not, and what follows it.
fn value_of(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return (text[..end].trim().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (unescaped(&value), &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            plain => value.push(plain),
        }
    }
    (unescaped(&value), "")
}

/// Browsers escape quotes and line breaks, and nothing else (WHATWG HTML, "multipart/form-data
/// encoding algorithm").
fn unescaped(value: &str) -> String {
    value
        .replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_quoted_and_not() {
        for (field, want, has_filename) in [
            ("form-data; name=\"a\"", Some("a"), false),
            ("Form-Data;name=a", Some("a"), false),
            (
                "form-data; filename=\"x; name=b\"; name=\"a\"",
                Some("a"),
                true,
            ),
            ("form-data; name=\"a;b\"", Some("a;b"), false),
            (r#"form-data; name="a\"b""#, Some("a\"b"), false),
            ("form-data; name=\"a%22b\"", Some("a\"b"), false),
            ("form-data; name=\"a", Some("a"), false),
            ("form-data; filename*=UTF-8''x.png; name=é", Some("é"), true),
            ("form-data; name", None, false),
            ("form-data", None, false),
        ] {
            let disposition = Disposition::parse(field);
            assert_eq!(disposition.name.as_deref(), want, "{field}");
            assert_eq!(disposition.kind, "form-data", "{field}");
            assert_eq!(disposition.has_filename, has_filename, "{field}");
        }
    }
}
