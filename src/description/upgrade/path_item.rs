//! Path items that say something beside their `$ref` (OpenAPI 3.1.1, "Path Item Object"): what they refer
//! to is theirs as well, unless both say it, which OpenAPI leaves open.

use super::{Remark, each_object, follow};
use crate::description::{
    finding::FindingCode,
    grammar::{Kind, is_method},
    link::Object,
    node::Node,
    pointer::percent_decode,
    resolve::MAX_HOPS,
};

/// Puts what they refer to into the path items that have operations or parameters of their own.
pub(super) fn complete(tree: &mut Node, objects: &[Object]) -> Vec<Remark> {
    let mut references = Vec::new();
    each_object(tree, objects, &mut |node, kind, pointer| {
        if kind == Kind::PathItem && node.text_of("$ref").is_some() {
            references.push(pointer.to_owned());
        }
        kind != Kind::Schema
    });
    let mut remarks = Vec::new();
    for pointer in references {
        complete_one(tree, &pointer, 0, &mut remarks);
    }
    remarks
}

fn complete_one(tree: &mut Node, pointer: &str, depth: usize, remarks: &mut Vec<Remark>) {
    let target = tree.get(pointer).and_then(|node| node.text_of("$ref"));
    let target = target.and_then(|text| text.strip_prefix('#').map(percent_decode));
    let Some(target) = target.filter(|_| depth < MAX_HOPS) else {
        return;
    };
    complete_one(tree, &target, depth + 1, remarks);
    let says_more = |node: &Node| node.entries().iter().any(|entry| counts(&entry.key));
    let Some(referred) = follow(tree, &target).cloned() else {
        return;
    };
    let Some(node) = tree.get_mut(pointer).filter(|node| says_more(node)) else {
        return;
    };
    for entry in referred.entries() {
        match node.member(&entry.key) {
            None => node.set(&entry.key, entry.value.clone()),
            Some(own) if counts(&entry.key) => remarks.push(Remark::fault(
                FindingCode::Shape,
                own.place,
                format!(
                    "`{}` stands here and in what `$ref` leads to, and OpenAPI does not say which counts: \
                     keep one",
                    entry.key
                ),
            )),
            Some(_) => {}
        }
    }
    node.take("$ref");
}

/// Whether a field of a path item says something of requests.
fn counts(field: &str) -> bool {
    is_method(field) || matches!(field, "additionalOperations" | "parameters" | "servers")
}
