//! Places of a description as JSONPath.

use std::fmt::Write;

use crate::description::tokens;

/// A JSON pointer as the normalized path of the same place (RFC 9535 section 2.7). A number is an index in a
/// list only: `is_list` tells, by the pointer of what holds it.
pub(super) fn path(pointer: &str, is_list: impl Fn(&str) -> bool) -> String {
    let mut path = String::from("$");
    let mut holder = 0;
    for token in tokens(pointer) {
        // Writing to a text does not fail.
        let _ = match is_list(&pointer[..holder]) {
            true => write!(path, "[{token}]"),
            false => write!(path, "['{}']", escaped(&token)),
        };
        let next = pointer[holder + 1..].find('/');
        holder = next.map_or(pointer.len(), |at| holder + 1 + at);
    }
    path
}

fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for c in name.chars() {
        match c {
            '\'' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            c if c < ' ' => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_a_path() {
        for (pointer, want) in [
            ("", "$"),
            ("/paths/~1a~1{id}/get", "$['paths']['/a/{id}']['get']"),
            ("/list/0/1", "$['list'][0]['1']"),
            ("/it's/a\\b", "$['it\\'s']['a\\\\b']"),
            ("/a\nb", "$['a\\nb']"),
        ] {
            assert_eq!(path(pointer, |holder| holder == "/list"), want);
        }
    }
}
