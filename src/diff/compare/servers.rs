//! Where an operation is served.

use super::{
    Comparison, Found, Site,
    paths::{Placed, field_of},
};
use crate::diff::{
    ChangeRule, Subject,
    pairing::{Paired, paired},
    text::{canonical, named},
    tree::{Part, Tree},
};

impl<'d> Comparison<'_, 'd> {
    /// Compares the servers of an operation: its own, its path item's, or the description's.
    pub(super) fn servers(&mut self, site: &Site, old: &Placed<'d>, new: &Placed<'d>) {
        let (old_list, new_list) = (list(self.old, old), list(self.new, new));
        let (old, new) = (keyed(old_list.as_ref()), keyed(new_list.as_ref()));
        let mut found = Vec::new();
        for Paired { key, old, new } in paired(old, new) {
            let name = named(key.split('\n').next().unwrap_or_default());
            let (rule, places, message) = match (&old, &new) {
                (Some(old), None) => (
                    ChangeRule::ServerRemoved,
                    (old.as_ref(), new_list.as_ref()),
                    format!("the server {name} is there no more, or has other variables"),
                ),
                (None, Some(new)) => (
                    ChangeRule::ServerAdded,
                    (old_list.as_ref(), new.as_ref()),
                    format!("the server {name} is new, or has other variables"),
                ),
                _ => continue,
            };
            found.push(Found::new(rule, None, places, message));
        }
        self.add(site, Subject::Operation, None, found, None);
    }
}

/// The servers that count for an operation.
fn list<'d>(tree: &Tree<'d>, placed: &Placed<'d>) -> Option<Part<'d>> {
    let is_stated = |list: &Part<'d>| !list.items().is_empty();
    let own = placed.operation.get("servers").filter(is_stated);
    own.or_else(|| field_of(tree, &placed.item, "servers").filter(is_stated))
        .or_else(|| tree.root().get("servers").filter(is_stated))
}

/// Each server by its URL and its variables; `/` where none is stated.
fn keyed<'d>(list: Option<&Part<'d>>) -> Vec<(String, Option<Part<'d>>)> {
    let Some(list) = list else {
        return vec![("/".to_owned(), None)];
    };
    let key = |server: &Part<'d>| {
        let url = server.text("url").unwrap_or_default().trim_end_matches('/');
        let url = if url.is_empty() { "/" } else { url };
        let variables = server.get("variables").map(|variables| values(&variables));
        match variables {
            Some(variables) => format!("{url}\n{variables}"),
            None => url.to_owned(),
        }
    };
    list.items()
        .into_iter()
        .map(|server| (key(&server), Some(server)))
        .collect()
}

/// What may be put in the place of each variable.
fn values(variables: &Part<'_>) -> String {
    let each = variables.members().into_iter().map(|(name, variable)| {
        let value = |key| variable.value.get(key).map(canonical).unwrap_or_default();
        format!("{name} {} {}", value("default"), value("enum"))
    });
    let mut each: Vec<String> = each.collect();
    each.sort();
    each.join("\n")
}
