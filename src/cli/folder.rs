//! The one description in a folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::error::CliError;

/// The file in a folder that is a description; folders in it are not looked into, since the parts
/// of a description are often kept there.
///
/// # Errors
/// None is one, several are, or the folder cannot be read.
pub(super) fn description(folder: &Path) -> Result<PathBuf, CliError> {
    let unreadable = |source| CliError::Unreadable {
        file: folder.display().to_string(),
        source,
    };
    let mut candidates = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        let may_be = matches!(ending, Some("yaml" | "yml" | "json"));
        // What is no text cannot be a description.
        if may_be && fs::read_to_string(&path).is_ok_and(|text| states_a_version(&text)) {
            candidates.push(path);
        }
    }
    candidates.sort();
    match candidates.as_slice() {
        [one] => Ok(one.clone()),
        _ => Err(CliError::Folder {
            folder: folder.to_owned(),
            candidates,
        }),
    }
}

/// Whether a document has the member `openapi` or `swagger` at its top, even where it is not sound
/// otherwise: a faulty description is one all the same.
fn states_a_version(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        return top_keys(text).any(|key| matches!(key, "openapi" | "swagger"));
    }
    text.lines().any(|line| {
        let key = line
            .split_once(':')
            .map(|(key, _)| key.trim_end().trim_matches(['"', '\'']));
        matches!(key, Some("openapi" | "swagger"))
    })
}

/// The keys one level deep in JSON.
fn top_keys(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find(['{', '[', '}', ']', '"'])?;
            let mark = rest.as_bytes()[at];
            rest = &rest[at + 1..];
            match mark {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {
                    let end = end_of_string(rest)?;
                    let (string, after) = rest.split_at(end);
                    rest = &after[1..];
                    if depth == 1 && rest.trim_start().starts_with(':') {
                        return Some(string);
                    }
                }
            }
        }
    })
}

/// Where a JSON string ends, whose first quote is passed already.
fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_states_its_version_at_the_top() {
        for (text, want) in [
            ("openapi: 3.1.0\npaths: {}", true),
            ("# ours\n\n'swagger': '2.0'", true),
            ("info: {}\nopenapi : 3.0.0", true),
            ("\u{feff}openapi: 3.1.0", true),
            ("openapi: 3.1.0\n  : broken: [", true),
            (
                " {\"info\": {\"x\": \"\\\"\"}, \"openapi\": \"3.1.0\"}",
                true,
            ),
            ("{\"swagger\":\"2.0\"", true),
            ("x:\n  openapi: 3.1.0", false),
            ("{\"x\": {\"openapi\": \"3.1.0\"}}", false),
            ("{\"x\": \"openapi\"}", false),
            ("type: object", false),
            ("", false),
            ("{\"open", false),
        ] {
            assert_eq!(states_a_version(text), want, "{text}");
        }
    }
}
