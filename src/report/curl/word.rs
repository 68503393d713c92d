//! Bytes as a word for bash.

use crate::contract::shell_word;

/// A word that stands for bytes, none of which is NUL.
pub(super) fn word(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(char::is_control) => shell_word(text),
        _ => format!("$'{}'", escaped(bytes, &[(b'\'', r"\'")])),
    }
}

/// A word that `printf` prints bytes for, NUL among them.
pub(super) fn printed(bytes: &[u8]) -> String {
    format!("'{}'", escaped(bytes, &[(b'\'', r"\047"), (b'%', "%%")]))
}

/// What is visible as it stands, but for backslashes and what has an escape of its own.
fn escaped(bytes: &[u8], own: &[(u8, &str)]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match (own.iter().find(|(byte, _)| char::from(*byte) == c), c) {
                (Some((_, escape)), _) => text.push_str(escape),
                (None, '\\') => text.push_str(r"\\"),
                (None, '\n') => text.push_str(r"\n"),
                (None, '\r') => text.push_str(r"\r"),
                (None, '\t') => text.push_str(r"\t"),
                (None, c) if c.is_control() => {
                    each(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut text)
                }
                (None, c) => text.push(c),
            }
        }
        each(chunk.invalid(), &mut text);
    }
    text
}

/// Bytes as three octal digits each, which nothing that follows can belong to.
fn each(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        text.push_str(&format!("\\{byte:03o}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_by_what_is_in_them() {
        for (bytes, want) in [
            (&b"a b"[..], "'a b'"),
            (b"it's", r"'it'\''s'"),
            ("grün".as_bytes(), "'grün'"),
            (b"a\n'\\", r"$'a\n\'\\'"),
            (b"\xff1\x01", r"$'\3771\001'"),
        ] {
            assert_eq!(word(bytes), want);
        }
        assert_eq!(printed(b"1%\0'2"), r"'1%%\000\0472'");
    }
}
