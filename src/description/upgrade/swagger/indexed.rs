//! Parameters that references lead to by their index, in lists that bodies and form fields leave.

use super::{super::moved::Move, parameter};
use crate::description::{
    draft::Draft,
    grammar::Kind,
    link::Object,
    node::{Content, Node},
    pointer::{index, join},
};

/// The member that keeps a list as it was.
const KEPT: &str = "x-mynah-parameters";

/// Keeps the lists that references lead into. Gives where what they lead to will be, and the
/// parameters kept as further objects.
pub(in crate::description::upgrade) fn keep(
    tree: &mut Node,
    objects: &mut Vec<Object>,
    targets: &[String],
) -> Vec<Move> {
    let mut moves = Vec::new();
    for target in targets {
        let Some((around, rest)) = split(tree, target) else {
            continue;
        };
        let kept = join(&around, KEPT);
        moves.push(Move {
            from: target.clone(),
            to: format!("{kept}{rest}"),
        });
        if tree.get(&kept).is_some() {
            continue;
        }
        let list = tree.get(&join(&around, "parameters")).cloned();
        let count = list.as_ref().map_or(0, |list| list.items().len());
        if let (Some(list), Some(node)) = (list, tree.get_mut(&around)) {
            node.set(KEPT, list);
        }
        objects.extend((0..count).map(|index| Object {
            pointer: join(&kept, &index.to_string()),
            kind: Kind::SwaggerParameter,
            draft: Draft::OpenApi30,
        }));
    }
    moves
}

/// The object whose list of parameters a pointer leads into, and the rest of the pointer behind the
/// list's name, where something will leave the list.
fn split(tree: &Node, pointer: &str) -> Option<(String, String)> {
    const LIST: &str = "/parameters/";
    let at = pointer.find(LIST)?;
    let (around, rest) = (&pointer[..at], &pointer[at + LIST.len() - 1..]);
    index(rest[1..].split('/').next()?)?;
    let list = join(around, "parameters");
    let is_list = matches!(tree.get(&list)?.content, Content::Sequence(_));
    let leaves = |listed: &parameter::Listed| matches!(&*listed.place, "body" | "formData");
    let changes = is_list && parameter::list(tree, &list).iter().any(leaves);
    changes.then(|| (around.to_owned(), rest.to_owned()))
}
