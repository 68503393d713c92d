//! JSON pointers (RFC 6901).

use std::borrow::Cow;

use serde_json::Value;

/// A token as it stands in a pointer: `~` and `/` escaped.
pub fn escape_token(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// The pointer to a child of `pointer`.
pub fn join(pointer: &str, token: &str) -> String {
    let mut joined = String::with_capacity(pointer.len() + 1 + token.len());
    joined.push_str(pointer);
    push(&mut joined, token);
    joined
}

/// Lengthens a pointer by a token.
pub(super) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    match token.contains(['~', '/']) {
        true => pointer.push_str(&escape_token(token)),
        false => pointer.push_str(token),
    }
}

/// The item that a token means (RFC 6901 section 4): digits without a zero before them.
pub(super) fn index(token: &str) -> Option<usize> {
    let is_digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = is_digits && (token == "0" || !token.starts_with('0'));
    token.parse().ok().filter(|_| is_plain)
}

/// A token as it is meant.
fn unescape(token: &str) -> Cow<'_, str> {
    match token.contains('~') {
        true => Cow::Owned(token.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(token),
    }
}

/// The unescaped tokens of a pointer.
pub fn tokens(pointer: &str) -> impl Iterator<Item = String> + '_ {
    borrowed_tokens(pointer).map(Cow::into_owned)
}

/// The same, each copied only if it has an escape.
pub(super) fn borrowed_tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

/// The value at a pointer. Unlike `Value::pointer` it copies no name that has no escape.
pub(super) fn lookup<'v>(root: &'v Value, pointer: &str) -> Option<&'v Value> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    borrowed_tokens(pointer).try_fold(root, |value, token| match value {
        Value::Object(members) => members.get(&*token),
        Value::Array(items) => items.get(index(&token)?),
        _ => None,
    })
}

/// A pointer as a URI fragment, with its `#` (RFC 6901 section 6).
pub(crate) fn fragment(pointer: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'~')
        .remove(b'-')
        .remove(b'_')
        .remove(b'.');
    format!("#{}", utf8_percent_encode(pointer, KEPT))
}

/// A URI fragment as a pointer: `%XX` decoded. Broken escapes stay as they are.
pub(crate) fn percent_decode(fragment: &str) -> String {
    if !fragment.contains('%') {
        return fragment.to_owned();
    }
    let bytes = fragment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%')
            .then(|| fragment.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(escape.unwrap_or(bytes[at]));
        at += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| fragment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_the_inverse_of_join() {
        let pointer = join(&join("", "/a/{id}"), "x~y");
        assert_eq!(pointer, "/~1a~1{id}/x~0y");
        assert_eq!(tokens(&pointer).collect::<Vec<_>>(), ["/a/{id}", "x~y"]);
    }

    #[test]
    fn an_index_is_digits_only() {
        let list = serde_json::json!([10, 11]);
        assert_eq!(lookup(&list, "/1"), Some(&serde_json::json!(11)));
        for token in ["/01", "/+1", "/-", "/2", "/"] {
            assert_eq!(lookup(&list, token), None, "{token}");
        }
    }

    #[test]
    fn fragments_decode_and_broken_escapes_stay() {
        assert_eq!(percent_decode("/paths/~1a~1%7Bid%7D"), "/paths/~1a~1{id}");
        assert_eq!(percent_decode("/100%/%zz"), "/100%/%zz");
    }
}
