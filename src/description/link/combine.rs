//! One tree out of all documents.

use crate::description::{
    Source,
    documents::{Document, Documents},
    node::{Content, Node},
    pointer::join,
};

/// The member of the combined tree's root that holds the other documents, by their names.
const OTHERS: &str = "x-mynah-documents";

/// One tree out of all: the first document with the others below one of its members. Also the texts.
pub(super) fn combine(documents: Vec<Document>) -> (Vec<Source>, Node) {
    let mut documents = documents.into_iter();
    let first = documents.next();
    let (mut sources, mut root) = first.map_or_else(
        || (Vec::new(), Node::default()),
        |first| (vec![first.source], *first.tree),
    );
    let mut others = Node::mapping(Vec::new(), root.place);
    for Document { source, tree, .. } in documents {
        // Overlays have left their places only.
        if !matches!(tree.content, Content::Null) {
            others.set(&source.name, *tree);
        }
        sources.push(source);
    }
    if !others.entries().is_empty() {
        root.set(OTHERS, others);
    }
    (sources, root)
}

/// Where a pointer into a document is in the combined tree.
pub(super) fn combined(documents: &Documents, document: u16, pointer: &str) -> String {
    if document == 0 {
        return pointer.to_owned();
    }
    let name = &documents.get(document).source.name;
    format!("{}{pointer}", join(&join("", OTHERS), name))
}

/// The roots of the documents in a combined tree.
pub(in crate::description) fn roots(tree: &Node) -> impl Iterator<Item = &Node> {
    let others = tree.member(OTHERS).map_or(&[][..], Node::entries);
    std::iter::once(tree).chain(others.iter().map(|entry| &entry.value))
}
