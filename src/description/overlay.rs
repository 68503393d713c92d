//! Overlays: changes laid over a description without editing it (Overlay Specification 1.0 and 1.1).
//!
//! What an overlay brings keeps its place, so that a finding in it points into the overlay.

mod cost;

use serde_json_path::JsonPath;

use super::{
    finding::FindingCode,
    node::{Content, Node, Place},
    pointer::{join, tokens},
};
pub(super) use cost::Budget;

/// What is wrong with an overlay: where, of which kind, and whether it changes nothing for it.
pub(super) struct Fault {
    pub place: Place,
    pub code: FindingCode,
    pub message: String,
    /// Whether the description can be served all the same.
    pub is_harmless: bool,
}

/// Applies the actions of an overlay to a document, in their order. What cannot be applied is a fault
/// and leaves the document as it was.
pub(super) fn apply(tree: &mut Node, overlay: &Node, budget: &mut Budget) -> Vec<Fault> {
    let mut faults = Vec::new();
    if overlay.member("overlay").is_none() {
        let message = "this is not an overlay: no `overlay: 1.0.0` at its top".to_owned();
        return vec![fault(overlay.place, FindingCode::Version, message)];
    }
    let Some(actions) = overlay.member("actions") else {
        let message = "an overlay has a list of `actions`".to_owned();
        return vec![fault(overlay.place, FindingCode::Shape, message)];
    };
    for action in actions.items() {
        if let Err(found) = act(tree, action, budget) {
            faults.push(found);
        }
        if budget.is_over() {
            break;
        }
    }
    faults
}

fn act(tree: &mut Node, action: &Node, budget: &mut Budget) -> Result<(), Fault> {
    let Some(target) = action.member("target") else {
        let message = "an action has a `target`, which is a JSONPath".to_owned();
        return Err(fault(action.place, FindingCode::Shape, message));
    };
    let pointers = select(tree, target, budget)?;
    if pointers.is_empty() {
        let path = target.text().unwrap_or_default();
        return Err(Fault {
            is_harmless: true,
            ..fault(
                target.place,
                FindingCode::OverlayWithoutTarget,
                format!("`{path}` is nowhere in the description, so this action changes nothing"),
            )
        });
    }
    if action.flag_of("remove") {
        // From the end, so that no item moves before it is removed.
        pointers
            .iter()
            .rev()
            .for_each(|pointer| remove(tree, pointer));
        return Ok(());
    }
    let update = match (action.member("update"), action.member("copy")) {
        (Some(update), _) => update.clone(),
        (None, Some(from)) => copied(tree, from, budget)?,
        (None, None) => {
            let message = "an action has an `update`, a `copy` or `remove: true`".to_owned();
            return Err(fault(action.place, FindingCode::Shape, message));
        }
    };
    budget
        .add(pointers.len().saturating_mul(update.size()))
        .map_err(|message| fault(action.place, FindingCode::Shape, message))?;
    for pointer in &pointers {
        if let Some(node) = tree.get_mut(pointer) {
            update_at(node, &update);
        }
    }
    Ok(())
}

/// The pointers to what a JSONPath (RFC 9535) selects, in the document's order.
fn select(tree: &Node, target: &Node, budget: &mut Budget) -> Result<Vec<String>, Fault> {
    let text = target.text().unwrap_or_default();
    budget
        .visit(text, tree)
        .map_err(|message| fault(target.place, FindingCode::Shape, message))?;
    let path = JsonPath::parse(text).map_err(|error| {
        let message = format!("`{text}` is not a JSONPath (RFC 9535): {error}");
        fault(target.place, FindingCode::Shape, message)
    })?;
    let value = tree.to_value();
    let located = path.query_located(&value);
    Ok(located.locations().map(|it| it.to_json_pointer()).collect())
}

/// The one node that is copied (Overlay Specification 1.1.0, "Action Object").
fn copied(tree: &Node, from: &Node, budget: &mut Budget) -> Result<Node, Fault> {
    let pointers = select(tree, from, budget)?;
    match &pointers[..] {
        [only] => Ok(tree.get(only).cloned().unwrap_or_default()),
        _ => {
            let count = pointers.len();
            let message = format!("what is copied is one thing; this selects {count}");
            Err(fault(from.place, FindingCode::Shape, message))
        }
    }
}

/// Into an object its members are merged, to an array an item is added, and the rest is replaced.
fn update_at(node: &mut Node, update: &Node) {
    match (&mut node.content, &update.content) {
        (Content::Mapping(_), Content::Mapping(_)) => merge(node, update),
        (Content::Sequence(items), Content::Sequence(more)) => items.extend(more.iter().cloned()),
        (Content::Sequence(items), _) => items.push(update.clone()),
        _ => *node = update.clone(),
    }
}

fn merge(node: &mut Node, update: &Node) {
    for entry in update.entries() {
        match node.member_mut(&entry.key) {
            Some(member) => match (&mut member.content, &entry.value.content) {
                (Content::Mapping(_), Content::Mapping(_)) => merge(member, &entry.value),
                (Content::Sequence(items), Content::Sequence(more)) => {
                    items.extend(more.iter().cloned());
                }
                _ => *member = entry.value.clone(),
            },
            None => node.set(&entry.key, entry.value.clone()),
        }
    }
}

fn remove(tree: &mut Node, pointer: &str) {
    let path: Vec<String> = tokens(pointer).collect();
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let parent = parents
        .iter()
        .fold(String::new(), |at, token| join(&at, token));
    let Some(parent) = tree.get_mut(&parent) else {
        return;
    };
    match &mut parent.content {
        Content::Sequence(items) => {
            if let Some(index) = last
                .parse::<usize>()
                .ok()
                .filter(|index| *index < items.len())
            {
                items.remove(index);
            }
        }
        _ => drop(parent.take(last)),
    }
}

fn fault(place: Place, code: FindingCode, message: String) -> Fault {
    Fault {
        place,
        code,
        message,
        is_harmless: false,
    }
}
