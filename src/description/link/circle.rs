//! References that lead to nothing but themselves: nothing would be asked of what they describe.

use super::{Linker, identifiers::Target, walk::Site};
use crate::description::{
    finding::{Finding, FindingCode},
    grammar::Kind,
    keyword::{Holds, is_annotation, is_in_place},
    node::Node,
    pointer::tokens,
    resolve::MAX_HOPS,
};

impl Linker<'_> {
    /// Remembers a reference that says nothing else, where it leads to another or back.
    pub(super) fn chain(&mut self, site: &Site, target: &Target) {
        let from = &site.object;
        let is_alone = |object: &Target| {
            let node = self.documents.node(object);
            node.is_some_and(|node| {
                node.text_of("$ref").is_some()
                    && (site.kind != Kind::Schema
                        || site.context.draft.has_references_alone()
                        || says_nothing_else(node))
            })
        };
        if (is_alone(target) || stands_in(from, target)) && is_alone(from) {
            self.chains.insert(from.clone(), target.clone());
        }
    }

    /// Reports the references that lead back to themselves, or to the schema that asks the same value.
    pub(super) fn report_circles(&mut self) {
        for from in self.chains.keys() {
            let mut end = from;
            let mut hops = 0;
            while let Some(next) = self.chains.get(end).filter(|_| hops < MAX_HOPS) {
                end = next;
                hops += 1;
            }
            if hops == MAX_HOPS || stands_in(from, end) {
                let document = self.documents.get(from.0);
                self.findings.push(Finding::error(
                    FindingCode::ReferenceUnresolved,
                    document.location(document.tree.place_at(&from.1)),
                    "this reference leads back to itself".to_owned(),
                ));
            }
        }
    }
}

fn says_nothing_else(schema: &Node) -> bool {
    let mut keywords = schema.entries().iter().map(|entry| &*entry.key);
    keywords.all(|keyword| keyword == "$ref" || is_annotation(keyword))
}

/// Whether an object is a part of a schema that is held against the same value.
fn stands_in(part: &Target, schema: &Target) -> bool {
    let rest = part.1.strip_prefix(&*schema.1);
    let Some(rest) = rest.filter(|rest| rest.starts_with('/') && part.0 == schema.0) else {
        return false;
    };
    let mut tokens = tokens(rest);
    while let Some(keyword) = tokens.next() {
        let is_whole = match Holds::of(&keyword) {
            Some(Holds::One) => true,
            // Of several parts the index says which, or the name.
            _ => tokens.next().is_some(),
        };
        if !is_whole || !is_in_place(&keyword) {
            return false;
        }
    }
    true
}
