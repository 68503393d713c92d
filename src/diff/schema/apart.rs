//! Alternatives that no value fits two of, as far as that can be seen at once.

use super::{
    alternatives::differ_in_type,
    enumeration::{self, Listed},
    view::View,
};
use crate::diff::tree::{Part, Tree};

/// More alternatives than this are not held against each other.
const MAX_BRANCHES: usize = 64;

/// Whether no value fits two of some alternatives, for sure.
pub(super) fn are_apart<'d>(tree: &Tree<'d>, branches: &[Part<'d>]) -> bool {
    if branches.len() > MAX_BRANCHES {
        return false;
    }
    let views = branches
        .iter()
        .map(|branch| View::new(tree, std::slice::from_ref(branch)));
    let views: Vec<_> = views.map(|view| (marks(tree, &view), view)).collect();
    views.iter().enumerate().all(|(index, (marks, view))| {
        let mut others = views[index + 1..].iter();
        others.all(|(others, other)| differ_in_type(view, other) || differ(marks, others))
    })
}

/// The required properties of which a schema lists the values.
type Marks<'d> = Vec<(&'d str, Listed<'d>)>;

fn marks<'d>(tree: &Tree<'d>, view: &View<'d>) -> Marks<'d> {
    let required = view.all("required").flat_map(|list| list.items());
    let required = required.filter_map(|item| item.value.as_str());
    required
        .filter_map(|name| {
            let schemas = view
                .all("properties")
                .filter_map(|properties| properties.get(name));
            let schemas: Vec<Part<'d>> = schemas.collect();
            Some((name, enumeration::values(&View::new(tree, &schemas))?))
        })
        .collect()
}

/// Whether two schemas ask for different values of one property.
fn differ(marks: &Marks<'_>, others: &Marks<'_>) -> bool {
    marks.iter().any(|(name, values)| {
        let mut same = others.iter().filter(|(other, _)| other == name);
        same.any(|(_, listed)| !values.keys().any(|value| listed.contains_key(value)))
    })
}
