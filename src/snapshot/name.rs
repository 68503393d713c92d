//! The names of files.

use std::collections::HashSet;

use super::digest;
use crate::{
    Api,
    cookbook::{Recipe, Shows},
};

/// A longer part is cut: file systems take 255 bytes.
const MAX_PART: usize = 60;

/// The folder of an API.
pub(super) fn folder(api: &Api) -> String {
    match part(api.name()) {
        (name, _) if name.is_empty() => "api".to_owned(),
        (name, _) => name,
    }
}

/// The name of a reply's file, which no other has: `get_pets-id__200__application-json__bello`.
pub(super) fn of(recipe: &Recipe, taken: &mut HashSet<String>) -> String {
    let shows = match &recipe.shows {
        Shows::Example(name) => Some(&**name),
        Shows::Documented => None,
        Shows::Refusal => Some("refusal"),
    };
    let (method, path) = recipe.operation.split_once(' ').unwrap_or_default();
    let key = recipe.key.to_string();
    let below = [Some(&*key), recipe.media_type.as_deref(), shows];
    let parts = [method, path].into_iter();
    let (own, mut is_cut): (Vec<String>, bool) = joined(parts);
    let (below, is_below_cut) = joined(below.into_iter().flatten());
    is_cut |= is_below_cut;
    let mut name = format!("{}__{}", own.join("_"), below.join("__"));
    if is_cut || taken.contains(&name) {
        let identity = format!(
            "{} {key} {:?} {shows:?}",
            recipe.operation, recipe.media_type
        );
        let digest = digest(identity.as_bytes());
        name = format!("{name}-{:08x}", digest & 0xffff_ffff);
    }
    taken.insert(name.clone());
    name
}

/// Parts of a name, none of which is empty, and whether one was cut.
fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> (Vec<String>, bool) {
    let all: Vec<(String, bool)> = parts.map(part).collect();
    let is_cut = all.iter().any(|(_, is_cut)| *is_cut);
    let parts = all.into_iter().map(|(part, _)| part);
    (parts.filter(|part| !part.is_empty()).collect(), is_cut)
}

/// A text as a part of a name that all file systems take and tell apart, and whether more was cut off than
/// what separates its words.
fn part(text: &str) -> (String, bool) {
    let mut name = String::new();
    let mut is_cut = false;
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || c == '.' => name.push(c.to_ascii_lowercase()),
            c if !c.is_ascii() => is_cut = true,
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    if name.len() > MAX_PART {
        name.truncate(MAX_PART);
        is_cut = true;
    }
    let plain = name.trim_matches(['-', '.']);
    (plain.to_owned(), is_cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_file_systems_take() {
        let long = "x".repeat(70);
        for (text, want, is_cut) in [
            ("/pets/{id}", "pets-id", false),
            (
                "application/json; charset=utf-8",
                "application-json-charset-utf-8",
                false,
            ),
            ("../../etc", "etc", false),
            ("grün", "grn", true),
            ("Größe", "gre", true),
            ("", "", false),
            (&long, &long[..MAX_PART], true),
        ] {
            assert_eq!(part(text), (want.to_owned(), is_cut), "{text}");
        }
    }
}
