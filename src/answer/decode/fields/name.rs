//! Names with brackets.

/// Brackets nest no deeper than this; a name beyond it is no field of any schema.
pub(in crate::answer::decode) const MAX_DEPTH: usize = 32;

/// `a[b][c]` as its parts; a name whose brackets do not match is one part.
pub(in crate::answer::decode) fn path(name: &str) -> Vec<&str> {
    let Some((first, rest)) = name.split_once('[') else {
        return vec![name];
    };
    let Some(inner) = rest.strip_suffix(']') else {
        return vec![name];
    };
    let mut parts = vec![first];
    parts.extend(inner.split("]["));
    let is_plain = |part: &&str| !part.contains(['[', ']']);
    match !first.is_empty() && parts.len() <= MAX_DEPTH && parts[1..].iter().all(is_plain) {
        true => parts,
        false => vec![name],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_at_their_brackets() {
        for (name, want) in [
            ("a", &["a"][..]),
            ("a[b]", &["a", "b"]),
            ("a[b][c]", &["a", "b", "c"]),
            ("a[]", &["a", ""]),
            ("a[b", &["a[b"]),
            ("a[b]c", &["a[b]c"]),
            ("a[b[c]]", &["a[b[c]]"]),
            ("[a]", &["[a]"]),
        ] {
            assert_eq!(path(name), want, "{name}");
        }
    }
}
