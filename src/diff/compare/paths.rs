//! Which operation of the new description is which of the old one.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{Comparison, Found, Reached, Site};
use crate::{
    contract::Direction,
    diff::{
        ChangeRule, Subject,
        pairing::{Paired, paired},
        tree::{Part, Tree},
    },
};

/// The methods that a path item has fields for (OpenAPI 3.2.0, "Path Item Object").
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// One operation, with the path item that it stands in.
#[derive(Clone)]
pub(super) struct Placed<'d> {
    pub(super) path: String,
    pub(super) item: Part<'d>,
    pub(super) operation: Part<'d>,
}

impl<'d> Comparison<'_, 'd> {
    /// Compares the operations of all paths.
    pub(super) fn paths(&mut self) {
        let (old, new) = (items(self.old, "paths"), items(self.new, "paths"));
        let same = same_paths(&old, &new);
        // A path of the new description goes by the name that it has in the old one.
        let renamed = |path: &str| same.get(path).map_or(path, |old| *old).to_owned();
        let old: Vec<_> = old
            .iter()
            .flat_map(|(path, item)| operations(self.old, path, path, item))
            .collect();
        let new: Vec<_> = new
            .iter()
            .flat_map(|(path, item)| operations(self.new, &renamed(path), path, item))
            .collect();
        for Paired { key, old, new } in paired(old, new) {
            let (path, method) = key;
            let label = format!("{method} {path}").into();
            self.one(label, old, new);
        }
    }

    fn one(&mut self, label: Arc<str>, old: Option<Placed<'d>>, new: Option<Placed<'d>>) {
        let pointer = old
            .as_ref()
            .map(|placed| (&*placed.operation.pointer).into());
        let site = Site {
            label,
            reached: pointer.map_or(Reached::Never, Reached::Operation),
            requests: Direction::Request,
        };
        match (old, new) {
            (Some(old), Some(new)) => self.operation(&site, &old, &new),
            (Some(old), None) => {
                let was = match old.operation.flag("deprecated") {
                    true => "the operation is there no more; it was deprecated",
                    false => "the operation is there no more",
                };
                let places = (Some(&old.operation), None);
                let found = Found::new(ChangeRule::OperationRemoved, None, places, was);
                self.add(&site, Subject::Operation, None, vec![found], None);
            }
            (None, Some(new)) => {
                let places = (None, Some(&new.operation));
                let message = "the operation is new";
                let found = Found::new(ChangeRule::OperationAdded, None, places, message);
                self.add(&site, Subject::Operation, None, vec![found], None);
            }
            (None, None) => {}
        }
    }
}

/// The path items of a description, or its webhooks, past references.
pub(super) fn items<'d>(tree: &Tree<'d>, field: &str) -> Vec<(&'d str, Part<'d>)> {
    let items = tree.root().get(field).map(|items| items.members());
    let items = items.into_iter().flatten();
    items.filter(|(name, _)| !name.starts_with("x-")).collect()
}

/// A field of a path item: its own, else that of the one that it refers to.
pub(super) fn field_of<'d>(tree: &Tree<'d>, item: &Part<'d>, field: &str) -> Option<Part<'d>> {
    item.get(field).or_else(|| {
        let target = tree.resolved(item.clone());
        target.get(field)
    })
}

/// The operations of a path item, by the path that is given for them and their methods.
pub(super) fn operations<'d>(
    tree: &Tree<'d>,
    known_as: &str,
    path: &str,
    item: &Part<'d>,
) -> Vec<((String, String), Placed<'d>)> {
    let fixed = METHODS
        .iter()
        .filter_map(|method| Some((method.to_ascii_uppercase(), field_of(tree, item, method)?)));
    let more = field_of(tree, item, "additionalOperations").map(|more| more.members());
    let more = more.into_iter().flatten();
    let more = more.map(|(method, operation)| (method.to_owned(), operation));
    let placed = |operation| Placed {
        path: path.to_owned(),
        item: item.clone(),
        operation,
    };
    fixed
        .chain(more)
        .map(|(method, operation)| ((known_as.to_owned(), method), placed(operation)))
        .collect()
}

/// The new paths that are old ones but for the names of their parameters.
fn same_paths<'d>(
    old: &[(&'d str, Part<'d>)],
    new: &[(&'d str, Part<'d>)],
) -> HashMap<&'d str, &'d str> {
    let before: HashSet<&str> = old.iter().map(|(path, _)| *path).collect();
    let after: HashSet<&str> = new.iter().map(|(path, _)| *path).collect();
    let mut gone: HashMap<String, Vec<&str>> = HashMap::new();
    for (path, _) in old.iter().rev() {
        if !after.contains(path) {
            gone.entry(template(path)).or_default().push(path);
        }
    }
    let mut same = HashMap::new();
    for (path, _) in new {
        if before.contains(path) {
            continue;
        }
        if let Some(was) = gone.get_mut(&template(path)).and_then(Vec::pop) {
            same.insert(*path, was);
        }
    }
    same
}

/// A path without the names of its parameters: `/pets/{}`.
fn template(path: &str) -> String {
    let mut template = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        template.push_str(before);
        template.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    template + rest
}

/// The names of the parameters of a path, in their order.
pub(super) fn names_in(path: &str) -> Vec<&str> {
    let pieces = path.split('{').skip(1);
    pieces
        .filter_map(|piece| Some(piece.split_once('}')?.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_have_no_names() {
        for (path, want, names) in [
            ("/pets/{id}", "/pets/{}", &["id"][..]),
            ("/a/{x}/b/{y}.json", "/a/{}/b/{}.json", &["x", "y"]),
            ("/pets", "/pets", &[]),
            ("/a/{x", "/a/{}", &[]),
        ] {
            assert_eq!(
                (template(path).as_str(), &names_in(path)[..]),
                (want, names)
            );
        }
    }
}
