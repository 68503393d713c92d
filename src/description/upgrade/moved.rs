//! Schemas that change their places when what is around them is raised: references to them follow.

use super::each_object_mut;
use crate::description::{
    keyword::Holds,
    link::Object,
    node::{Content, Node},
    pointer::{self, percent_decode, push, tokens},
};

/// Something that references lead to, and that leaves its place.
#[derive(Clone)]
pub(super) struct Move {
    pub from: String,
    pub to: String,
}

/// What of the things that references lead to will leave their places when schemas are raised.
pub(super) fn moves(tree: &Node, targets: &[String]) -> Vec<Move> {
    let moved = |target: &String| {
        Some(Move {
            from: target.clone(),
            to: moved(tree, target)?,
        })
    };
    let targets = targets.iter().filter(|target| may_move(target));
    targets.filter_map(moved).collect()
}

/// Whether a pointer leads through a keyword that schemas may leave.
fn may_move(pointer: &str) -> bool {
    ["/items/", "/additionalItems", "/dependencies/"]
        .iter()
        .any(|keyword| pointer.contains(keyword))
}

fn moved(tree: &Node, pointer: &str) -> Option<String> {
    let mut node = tree;
    let mut moved = String::new();
    let mut is_name = false;
    for token in tokens(pointer) {
        let has_list = node.member("items").is_some_and(is_list);
        let to = match &*token {
            _ if is_name => &*token,
            "items" if has_list => "prefixItems",
            "additionalItems" if has_list => "items",
            // A list of names is no schema.
            "dependencies" => "dependentSchemas",
            _ => &*token,
        };
        push(&mut moved, to);
        // What is called like a keyword is none.
        is_name = !is_name && (Holds::of(&token) == Some(Holds::Map) || token == "schemas");
        node = node.child(&token)?;
    }
    (moved != pointer).then_some(moved)
}

fn is_list(node: &Node) -> bool {
    matches!(node.content, Content::Sequence(_))
}

/// Changes the references to what has moved.
pub(super) fn redirect(tree: &mut Node, objects: &[Object], moves: &[Move]) {
    // What was no schema after all is still where it was.
    let is_done = |it: &&Move| tree.get(&it.from).is_none() && tree.get(&it.to).is_some();
    let done: Vec<Move> = moves.iter().filter(is_done).cloned().collect();
    redirect_all(tree, objects, &done);
}

/// The same before the moves are made.
pub(super) fn redirect_all(tree: &mut Node, objects: &[Object], moves: &[Move]) {
    if moves.is_empty() {
        return;
    }
    let redirect = |text: &mut Node| {
        let target = text
            .text()
            .and_then(|text| text.strip_prefix('#').map(percent_decode));
        let found = moves.iter().find(|it| target.as_ref() == Some(&it.from));
        if let Some(Move { to, .. }) = found {
            text.content = Content::String(pointer::fragment(to));
        }
    };
    each_object_mut(tree, objects, &mut |node| {
        if let Some(text) = node.member_mut("$ref") {
            redirect(text);
        }
        let discriminator = node.member_mut("discriminator");
        let mapping = discriminator.and_then(|it| it.member_mut("mapping"));
        for entry in mapping.map_or(&mut [][..], Node::entries_mut) {
            redirect(&mut entry.value);
        }
    });
}
