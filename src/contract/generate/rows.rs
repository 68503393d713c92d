//! Where in a value a list has its rows.

use serde_json::Value;

use super::conjunction::{Conjunction, list};
use crate::{
    contract::schema::Schema,
    description::{Description, join},
};

/// The rows of a list.
pub(in crate::contract) struct Rows {
    /// Where the list stands in its value: the value itself, or one of its members.
    pub place: String,
    /// How many there are at least.
    pub least: usize,
    /// Which member of what shows one row is the row; `None` where it is the whole.
    pub within: Option<String>,
    /// Whether a row is described by the same schema there and here.
    pub is_whole: bool,
}

/// The rows of a list beside what shows one row by itself; `None` where the list is none, or of
/// something else.
pub(in crate::contract) fn rows(
    description: &Description,
    list: &Schema,
    row: &Schema,
) -> Option<Rows> {
    let whole = Conjunction::of(description, &[description.at(&list.pointer)?]);
    let row = Conjunction::of(description, &[description.at(&row.pointer)?]);
    let (place, all) = match is_list(&whole) {
        true => (String::new(), whole),
        false => listed(description, &whole, &row)?,
    };
    let items = items(description, &all);
    let is_row = is_same(&items, &row);
    let within = match is_row {
        true => None,
        false => member(description, &row, |member| is_same(&items, member)),
    };
    Some(Rows {
        place,
        least: usize::try_from(all.least("minItems").unwrap_or(0)).ok()?,
        is_whole: is_row || within.is_some(),
        within: within.map(|(name, _)| name.to_owned()),
    })
}

/// The member that is a list of what a row shows, else the only one that is a list of objects.
fn listed<'d>(
    description: &'d Description,
    whole: &Conjunction<'d>,
    row: &Conjunction<'d>,
) -> Option<(String, Conjunction<'d>)> {
    let is_of_rows = |member: &Conjunction<'d>| {
        let items = items(description, member);
        let is_inner = || member_of(description, row, &items);
        is_list(member) && (is_same(&items, row) || is_inner())
    };
    let is_of_objects =
        |member: &Conjunction<'d>| is_list(member) && has_members(&items(description, member));
    let found = member(description, whole, is_of_rows)
        .or_else(|| member(description, whole, is_of_objects))?;
    Some((join("", found.0), found.1))
}

fn member_of<'d>(
    description: &'d Description,
    row: &Conjunction<'d>,
    items: &Conjunction<'d>,
) -> bool {
    member(description, row, |member| is_same(items, member)).is_some()
}

fn member<'d>(
    description: &'d Description,
    whole: &Conjunction<'d>,
    is_it: impl Fn(&Conjunction<'d>) -> bool,
) -> Option<(&'d str, Conjunction<'d>)> {
    let properties = whole
        .all("properties")
        .filter_map(Value::as_object)
        .flatten();
    let mut members =
        properties.map(|(name, schema)| (name.as_str(), Conjunction::of(description, &[schema])));
    members.find(|(_, member)| is_it(member))
}

fn items<'d>(description: &'d Description, all: &Conjunction<'d>) -> Conjunction<'d> {
    let first = all
        .schemas
        .iter()
        .flat_map(|schema| list(schema, "prefixItems").first());
    let asked: Vec<&Value> = first.chain(all.all("items")).collect();
    Conjunction::of(description, &asked)
}

fn is_list(all: &Conjunction<'_>) -> bool {
    all.types().is_some_and(|types| types.contains(&"array"))
}

/// Whether two are of the same schema of the document.
fn is_same(one: &Conjunction<'_>, other: &Conjunction<'_>) -> bool {
    !one.roots.is_empty() && one.roots == other.roots
}

fn has_members(all: &Conjunction<'_>) -> bool {
    all.all("properties").next().is_some()
}
